/** Work that stops between two steps, for whoever has other things to do in between; what it gives comes at the end. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** All steps at once. */
export function runToEnd<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
