import { setTimeout as pause } from 'node:timers/promises';
import type { LedgerBlock } from './port';

const SHORTEST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;

/**
 * Blocks in order by asking for each in turn; for a client whose event streams do not resume by themselves. Asks quickly
 * after a block and ever more slowly while there is none.
 */
export async function* polledBlocks(
  read: (number: bigint) => Promise<LedgerBlock | undefined>,
  from: bigint,
  signal: AbortSignal,
): AsyncGenerator<LedgerBlock, void, undefined> {
  let next = from;
  let wait = SHORTEST_PAUSE_MS;
  while (!signal.aborted) {
    const block = await read(next);
    if (block?.number === next) {
      next += 1n;
      wait = SHORTEST_PAUSE_MS;
      yield block;
    } else {
      await pause(wait, undefined, { signal }).catch(() => undefined);
      wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
    }
  }
}
