import { formatRecordId, typeOfKind } from '@carbon-ledger/core';
import { type HeadEntry, headsAfter, keys, purgedBy, standingsAfter, worldPlace } from '../../stored';
import { asBuffer } from '../blocks/bytes';
import type { NamespaceSet } from '../blocks/rwset';
import type { RecordSlice, SlicedRecord } from './records';
import type { WorkStore } from './work-store';
import { afterTable, workTables } from './work-tables';

const PROJECTED = workTables.projected;
const HEADS = keys.head('');

const BY_STATE = /^a\/[^/]+\/[^/]+\/(.+)$/s;

/** Key under which a head is found by its state. @param head the entry of the head under its own key */
function byState(key: string, head: Buffer): string {
  const { state } = JSON.parse(head.toString('utf8')) as HeadEntry;
  return keys.byState(state, typeOfKind(key.split('/')[3] ?? ''), key);
}

/** What a key of the tables that change must hold. Heads by state are not kept: they follow from the heads. */
export function projectedValue(store: WorkStore, key: string): Buffer | undefined {
  const of = BY_STATE.exec(key)?.[1];
  if (of === undefined) return store.get(PROJECTED + key);
  const head = store.get(PROJECTED + keys.head(of));
  return head !== undefined && byState(of, head) === key ? head : undefined;
}

type Entry = readonly [key: string, value: Buffer];

function* entriesOf(key: string, value: Buffer): Generator<Entry> {
  yield [key, value];
  if (key.startsWith(HEADS)) yield [byState(key.slice(HEADS.length), value), value];
}

/** Every entry of the tables that change which the projection must hold, many at a time. */
export async function* projectedEntries(store: WorkStore): AsyncGenerator<readonly Entry[]> {
  for await (const batch of store.batches(PROJECTED, afterTable(PROJECTED)))
    yield batch.flatMap(([entry, value]) => [...entriesOf(entry.slice(1), value)]);
}

function headOf(store: WorkStore, key: string): HeadEntry | undefined {
  const bytes = store.get(PROJECTED + keys.head(key));
  return bytes && (JSON.parse(bytes.toString('utf8')) as HeadEntry);
}

function projectRecord(store: WorkStore, id: string, record: SlicedRecord, time: string): void {
  const steps = headsAfter({ id, record, time });
  let step = steps.next();
  while (step.done !== true) step = steps.next(headOf(store, step.value));
  const previous = step.value.at(-1)?.before?.record;
  for (const { key, after } of step.value) store.put(PROJECTED + keys.head(key), Buffer.from(JSON.stringify(after)));
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
