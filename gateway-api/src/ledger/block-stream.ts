import { setTimeout as pause } from 'node:timers/promises';
import { isLedgerError } from '@carbon-ledger/core';
import type { LedgerBlock } from './port';

export type OpenBlocks<Raw> = (from: bigint) => Promise<AsyncIterable<Raw> & { close(): void }>;

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Blocks in order across broken streams: after a break it asks again from the first block it has not handed out.
 * A block that comes out of order breaks the stream too, so that a gap is never handed on.
 */
export async function* resumingBlocks<Raw>(
  open: OpenBlocks<Raw>,
  read: (raw: Raw) => LedgerBlock,
  from: bigint,
  signal: AbortSignal,
): AsyncGenerator<LedgerBlock, void, undefined> {
  let next = from;
  let wait = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    for await (const block of oneStream(open, read, next, signal)) {
      if (block.number !== next) break;
      wait = FIRST_PAUSE_MS;
      next += 1n;
      yield block;
    }
    await pause(wait, undefined, { signal }).catch(() => undefined);
    wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
  }
}

/** One connection's blocks; ends quietly when it breaks or the signal aborts. */
async function* oneStream<Raw>(
  open: OpenBlocks<Raw>,
  read: (raw: Raw) => LedgerBlock,
  from: bigint,
  signal: AbortSignal,
): AsyncGenerator<LedgerBlock, void, undefined> {
  const stream = await open(from).catch(() => undefined);
  if (stream === undefined) return;
  const close = (): void => {
    stream.close();
  };
  signal.addEventListener('abort', close, { once: true });
  try {
    for await (const raw of stream) yield read(raw);
  } catch (error) {
    // What no peer of the profile can give, or gave wrong, is no broken stream.
    if (isLedgerError(error)) throw error;
    // The peer went away or was told to: the caller asks again from where it stands.
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}
