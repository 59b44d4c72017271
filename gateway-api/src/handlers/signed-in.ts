import { LedgerError } from '@carbon-ledger/core';
import type { Caller } from '../records/visibility';

/** The party of a route that asks for one. @throws LedgerError UNAUTHENTICATED */
export function partyOf(caller: Caller | undefined): string {
  if (caller === undefined) throw new LedgerError('UNAUTHENTICATED');
  return caller.party;
}
