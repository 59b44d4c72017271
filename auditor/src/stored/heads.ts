import {
  businessKey,
  changesOf,
  firstState,
  typeOfKind,
  type ActingRecord,
  type LedgerRecord,
} from '@carbon-ledger/core';
import type { HeadEntry } from './entries';
import { keys } from './keys';
import type { BatchOperation } from './store';

/** A record that is taken in. `time` is that of its transaction, RFC 3339. */
export interface Arrival {
  readonly id: string;
  readonly record: Pick<LedgerRecord, 'subject' | 'version'> & ActingRecord;
  readonly time: string;
}

/** A head that a record changes: its own key's, and those of what it acts on. */
export interface HeadChange {
  readonly key: string;
  readonly before: HeadEntry | undefined;
  readonly after: HeadEntry;
}

/** The heads that a record changes, in this order; `read` gives them as they stood before it. */
export function* headsAfter({ id, record, time }: Arrival): Generator<string, HeadChange[], HeadEntry | undefined> {
  const key = businessKey(record);
  const changes: HeadChange[] = [];
  for (const { record: other, key: at, state } of changesOf(record)) {
    const before = yield at;
    if (before?.record === other) changes.push({ key: at, before, after: { ...before, state, since: time, by: id } });
  }
  const before = yield key;
  const after = { record: id, version: record.version, state: firstState(record), since: time, by: id };
  return [...changes, { key, before, after }];
}

/** What is written for a head, and under which state it is not found any more. */
export function headWrites({ key, before, after }: HeadChange): { puts: BatchOperation[]; removed: string[] } {
  const type = typeOfKind(key.split('/')[3] ?? '');
  const value = JSON.stringify(after);
  const isMoved = before !== undefined && before.state !== after.state;
  return {
    puts: [
      { type: 'put', key: keys.head(key), value },
      { type: 'put', key: keys.byState(after.state, type, key), value },
    ],
    removed: isMoved ? [keys.byState(before.state, type, key)] : [],
  };
}
