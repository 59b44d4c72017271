import type { LedgerRecord } from '@carbon-ledger/core';
import type { Parties } from '../projection/parties';

/** Who asks: a party that signed in, as the ledger knows it now. */
export interface Caller {
  readonly party: string;
  readonly kind: string;
  /** GB/T 2260. */
  readonly region: string;
}

/** Digits of the region code that an authority answers for. */
const REACH: Readonly<Record<string, number>> = {
  'national-authority': 0,
  'province-authority': 2,
  'city-authority': 4,
};

/**
 * Private figures are open to the party that filed them, the party that they are about, the readers that the record
 * names, and the authorities of the region in which the subject is registered. To nobody else, registries included.
 */
export async function maySeeFigures(
  caller: Caller | undefined,
  record: LedgerRecord,
  parties: Parties,
): Promise<boolean> {
  if (caller === undefined) return false;
  const named = [record.issuer, record.subject.uscc, ...(record.readers ?? [])];
  if (named.includes(caller.party)) return true;
  const digits = REACH[caller.kind];
  if (digits === undefined) return false;
  if (digits === 0) return true;
  const region = (await parties.find(record.subject.uscc))?.content.region;
  return region?.slice(0, digits) === caller.region.slice(0, digits);
}
