import { utf8Decode, type PurgeState } from '@carbon-ledger/core';

const PREFIX = 'purge/';

/** That private figures are gone, since when, and by which rule. */
export interface Purged {
  /** RFC 3339. */
  readonly at: string;
  /** Years that they were kept at least. */
  readonly years: number;
  /** The transaction that purged them. */
  readonly txId: string;
}

/** What one write of the contract says was purged; empty for any other write. */
export function purgedBy(key: string, value: Uint8Array): readonly (readonly [txId: string, purged: Purged])[] {
  if (!key.startsWith(PREFIX)) return [];
  const { at, years, transactions } = JSON.parse(utf8Decode(value)) as PurgeState;
  return transactions.map((id) => [id, { at, years, txId: key.slice(PREFIX.length) }] as const);
}

/** Place in the log of a transaction that has private figures, as it is stored. */
export function placeText(first: number, count: number): string {
  return `${String(first)} ${String(count)}`;
}
