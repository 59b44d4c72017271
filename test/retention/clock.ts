/** Lets the date be moved for everything that asks what day it is; timers go on as they are. Ended by `jest.useRealTimers`. */
export function takeClock(): void {
  jest.useFakeTimers({
    now: new Date(),
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
}

export function letPass(years: number, days = 0): void {
  const date = new Date();
  date.setUTCFullYear(date.getUTCFullYear() + years);
  date.setUTCDate(date.getUTCDate() + days);
  jest.setSystemTime(date);
}

/** RFC 3339 in whole seconds, so many minutes from now. */
export function minutesFromNow(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d+Z$/, 'Z');
}
