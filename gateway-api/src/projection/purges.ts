import { formatRecordId, utf8Decode, type PurgeState } from '@carbon-ledger/core';
import type { LedgerTransaction } from '../ledger';
import { keys } from './keys';
import type { BatchOperation, Store } from './store';

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

export interface PurgeSources {
  readonly store: Store;
  /** Leaf hash of a log index. */
  readonly leaf: (index: number) => Promise<Uint8Array>;
}

/** What the projection writes and removes for the purges of a transaction. */
export async function purgeChanges(
  { writes }: LedgerTransaction,
  sources: PurgeSources,
): Promise<{ readonly operations: BatchOperation[]; readonly removed: string[] }> {
  const operations: BatchOperation[] = [];
  const removed: string[] = [];
  for (const [txId, purged] of writes.flatMap(({ key, value }) => purgedBy(key, value))) {
    operations.push({ type: 'put', key: keys.purged(txId), value: JSON.stringify(purged) });
    removed.push(keys.awaited(txId), ...(await figureKeys(txId, sources)));
  }
  return { operations, removed };
}

async function figureKeys(txId: string, { store, leaf }: PurgeSources): Promise<string[]> {
  const place = await store.text(keys.transaction(txId));
  if (place === undefined) return [];
  const [first = 0, count = 0] = place.split(' ').map(Number);
  const leaves = await Promise.all(Array.from({ length: count }, (_, index) => leaf(first + index)));
  return leaves.map((hash) => keys.figures(formatRecordId(hash)));
}
