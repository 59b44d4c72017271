import { formatRecordId } from '@carbon-ledger/core';
import { type HeadEntry, headsAfter, headWrites, keys, purgedBy, standingsAfter, worldPlace } from '../../stored';
import { asBuffer } from '../blocks/bytes';
import type { NamespaceSet } from '../blocks/rwset';
import type { RecordSlice, SlicedRecord } from './records';
import type { WorkStore } from './work-store';
import { workTables } from './work-tables';

export const PROJECTED = workTables.projected;

function headOf(store: WorkStore, key: string): HeadEntry | undefined {
  const bytes = store.get(PROJECTED + keys.head(key));
  return bytes && (JSON.parse(bytes.toString('utf8')) as HeadEntry);
}

function projectRecord(store: WorkStore, id: string, record: SlicedRecord, time: string): void {
  const steps = headsAfter({ id, record, time });
  let step = steps.next();
  while (step.done !== true) step = steps.next(headOf(store, step.value));
  const previous = step.value.at(-1)?.before?.record;
  for (const { puts, removed } of step.value.map(headWrites)) {
    for (const key of removed) store.put(PROJECTED + key, undefined);
    for (const { key, value } of puts) store.put(PROJECTED + key, Buffer.from(value));
  }
  for (const [other, standing] of standingsAfter(id, record, previous))
    store.put(PROJECTED + keys.ended(other), Buffer.from(JSON.stringify(standing)));
}

function projectWrite(store: WorkStore, { key, value, isDelete }: NamespaceSet['writes'][number]): void {
  const place = worldPlace(key);
  if (place !== undefined) store.put(PROJECTED + place, isDelete ? undefined : asBuffer(value));
  if (key.startsWith('party/')) store.put(PROJECTED + keys.party(key.slice('party/'.length)), asBuffer(value));
  for (const [txId, purged] of purgedBy(key, value))
    store.put(PROJECTED + keys.purged(txId), Buffer.from(JSON.stringify(purged)));
  if (key.startsWith('cosigner/')) store.put(PROJECTED + keys.cosigner(key.slice('cosigner/'.length)), asBuffer(value));
}

/**
 * Heads, states, endings, parties and cosigners after one transaction: the part of the projection that later records may
 * change. `time` is that of the transaction, RFC 3339 in whole seconds.
 */
export function projectChanges(
  store: WorkStore,
  own: NamespaceSet,
  slices: readonly RecordSlice[],
  time: string,
): void {
  for (const write of own.writes) projectWrite(store, write);
  for (const { leafHash, record } of slices) projectRecord(store, formatRecordId(leafHash), record, time);
}
