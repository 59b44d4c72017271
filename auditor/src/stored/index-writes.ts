import { businessKey, changesOf, type ActingRecord, type LedgerRecord, type RecordStatus } from '@carbon-ledger/core';
import type { RecordPlace } from './entries';
import { keys } from './keys';
import type { BatchOperation } from './store';

const put = (key: string, value: string): BatchOperation => ({ type: 'put', key, value });

/** Everything that is written for one record: itself, its key's head and version, and what it is found by. */
export function recordWrites(id: string, record: LedgerRecord, text: string, place: RecordPlace): BatchOperation[] {
  const key = businessKey(record);
  return [
    put(keys.record(id), `${JSON.stringify(place)}\n${text}`),
    put(keys.version(key, record.version), id),
    put(keys.byType(record.type, place.i), id),
    put(keys.byIssuer(record.issuer, place.i), id),
    put(keys.byPeriod(record.subject.period, place.i), id),
    put(keys.bySubject(record.subject.uscc, place.i), id),
    ...documentWrites(id, record, place.i),
    ...record.cites.map((citation) => put(keys.byCited(citation.record, place.i), id)),
  ];
}

function documentWrites(id: string, record: LedgerRecord, index: number): BatchOperation[] {
  return record.documents.flatMap((document) => [
    put(keys.byDocument(document.sha256, index), id),
    put(keys.byDocument(document.sm3, index), id),
    put(keys.byName(document.name, index), id),
  ]);
}

/** How a record stands after another acted on it: stored under the record, the last word counts. */
export interface StoredStanding {
  readonly status: RecordStatus;
  /** Absent for `superseded`: the state stays what it was. */
  readonly state?: string;
  readonly by: string;
}

/** What a record does to the standing of others: those that it acts on, and the version before it. */
export function standingsAfter(
  id: string,
  record: ActingRecord,
  previous: string | undefined,
): (readonly [record: string, standing: StoredStanding])[] {
  const changed = changesOf(record).map(
    ({ record: other, status, state }) => [other, { status, state, by: id }] as const,
  );
  return previous === undefined ? changed : [...changed, [previous, { status: 'superseded', by: id }]];
}

export function standingWrites(id: string, record: LedgerRecord, previous: string | undefined): BatchOperation[] {
  return standingsAfter(id, record, previous).map(([other, standing]) =>
    put(keys.ended(other), JSON.stringify(standing)),
  );
}

/** `text` is the canonical JSON of the figures. */
export function figureWrites(id: string, text: string | undefined): BatchOperation[] {
  return text === undefined ? [] : [put(keys.figures(id), text)];
}
