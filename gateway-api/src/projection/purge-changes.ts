import { keys, purgedBy, type BatchOperation, type Store } from '@carbon-ledger/auditor/stored';
import { formatRecordId } from '@carbon-ledger/core';
import type { LedgerTransaction } from '../ledger';

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
