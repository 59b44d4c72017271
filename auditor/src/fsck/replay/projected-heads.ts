import { businessKey, formatRecordId } from '@carbon-ledger/core';
import { standingsAfter } from '../../stored/index-writes';
import { keys } from '../../stored/keys';
import { purgedBy } from '../../stored/purges';
import { asBuffer } from '../blocks/bytes';
import type { NamespaceSet } from '../blocks/rwset';
import type { RecordSlice, SlicedRecord } from './records';
import type { WorkStore } from './work-store';

/** In the work store, what the projection must hold of tables that change stands under its own key behind this letter. */
export const PROJECTED = 'P';

function headOf(store: WorkStore, key: string): string | undefined {
  const bytes = store.get(PROJECTED + keys.head(key));
  return bytes && (JSON.parse(bytes.toString('utf8')) as { readonly record: string }).record;
}

function projectRecord(store: WorkStore, id: string, record: SlicedRecord): void {
  const key = businessKey(record);
  const previous = record.version > 1 ? headOf(store, key) : undefined;
  store.put(PROJECTED + keys.head(key), Buffer.from(JSON.stringify({ record: id, version: record.version })));
  for (const [other, standing] of standingsAfter(id, record, previous))
    store.put(PROJECTED + keys.ended(other), Buffer.from(JSON.stringify(standing)));
}

/** Heads, endings, parties and cosigners after one transaction: the part of the projection that later records may change. */
export function projectChanges(store: WorkStore, own: NamespaceSet, slices: readonly RecordSlice[]): void {
  for (const { key, value } of own.writes) {
    if (key.startsWith('party/')) store.put(PROJECTED + keys.party(key.slice('party/'.length)), asBuffer(value));
    for (const [txId, purged] of purgedBy(key, value))
      store.put(PROJECTED + keys.purged(txId), Buffer.from(JSON.stringify(purged)));
    if (key.startsWith('cosigner/'))
      store.put(PROJECTED + keys.cosigner(key.slice('cosigner/'.length)), asBuffer(value));
  }
  for (const { leafHash, record } of slices) projectRecord(store, formatRecordId(leafHash), record);
}
