import { setImmediate as nextTurn } from 'node:timers/promises';

/** Turns of the event loop between two large bodies: what the first led to is on its way to the peer by then. */
const TURNS_BETWEEN = 20;

/**
 * One large body after another: reading and judging one keeps the process busy for tens of milliseconds, and those that
 * came together would be read in one go before the first of them is sent on. In between, what is ready goes out, and the
 * peer works while the next is read.
 */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Settles when it is the caller's turn, in the order of asking. */
  take(): Promise<void> {
    const mine = this.#last;
    this.#last = mine.then(rest);
    return mine;
  }
}

async function rest(): Promise<void> {
  for (let turn = 0; turn < TURNS_BETWEEN; turn += 1) await nextTurn();
}
