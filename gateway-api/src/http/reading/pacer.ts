import type { Steps } from '@carbon-ledger/core';

/**
 * Lets the event loop turn between pieces of work that strangers may make long: of all that are at it at one time, one
 * piece is done in a turn, in the order of asking, so that however many there are, others are served in between.
 */
export class Pacer {
  readonly #waiting: (() => void)[] = [];
  readonly #nextTurn: (task: () => void) => void;

  constructor(nextTurn: (task: () => void) => void = setImmediate) {
    this.#nextTurn = nextTurn;
  }

  /** Settles when it is the caller's turn to do one piece. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) this.#nextTurn(this.#next);
    });
  }

  /** Runs all steps, at most `perTurn` of them in a turn. What ends within the first turn never waits. */
  async run<Result>(steps: Steps<Result>, perTurn: number): Promise<Result> {
    for (let done = 1; ; done += 1) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (done % perTurn === 0) await this.turn();
    }
  }

  readonly #next = (): void => {
    const [first] = this.#waiting;
    first?.();
    this.#waiting.shift();
    if (this.#waiting.length > 0) this.#nextTurn(this.#next);
  };
}
