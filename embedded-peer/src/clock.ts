import { LedgerError } from '@carbon-ledger/core';
import { decodeEnvelope, InvalidTransaction } from './block/transaction';
import { BlockIndex } from './ledger/blocks';
import type { Store } from './ledger/store';
import type { PeerSettings } from './options';

/** As far ahead of a transaction's time as a party may sign: clocks that differ by less are in order. */
const TOLERANCE_MS = 10 * 60_000;

/** Latest time of the last block's transactions, or undefined where none can be read: then something else is wrong. */
function lastTime(store: Store): Date | undefined {
  const blocks = new BlockIndex(store);
  const { height } = blocks.tip();
  const envelopes = (height === 0 ? undefined : blocks.block(height - 1)?.envelopes) ?? [];
  const times = envelopes.flatMap((bytes) => timeOf(bytes) ?? []);
  return times.reduce<Date | undefined>((last, time) => (last === undefined || time > last ? time : last), undefined);
}

function timeOf(envelope: Uint8Array): Date | undefined {
  try {
    return decodeEnvelope(envelope).channelHeader.getTimestamp()?.toDate();
  } catch (error) {
    if (error instanceof InvalidTransaction) return undefined;
    throw error;
  }
}

/**
 * What a peer signs with a clock that went back is dated before what stands there already, and its own certificates may not
 * be valid yet, which looks like damage and is none.
 * @throws LedgerError CLOCK_BEHIND
 */
export function assertClock(store: Store, settings: PeerSettings): void {
  const last = lastTime(store);
  const now = settings.clock();
  if (last === undefined || now.getTime() + TOLERANCE_MS >= last.getTime()) return;
  const message = `the clock says ${now.toISOString()}, but the last block is of ${last.toISOString()}`;
  throw new LedgerError('CLOCK_BEHIND', message, { details: { clock: now.toISOString(), last: last.toISOString() } });
}
