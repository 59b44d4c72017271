import { businessKey, type LedgerRecord } from '@carbon-ledger/core';
import type { RecordPlace } from './entries';
import { keys } from './keys';
import type { BatchOperation } from './store';

const put = (key: string, value: string): BatchOperation => ({ type: 'put', key, value });

/** Everything that is written for one record: itself, its key's head and version, and what it is found by. */
export function recordWrites(id: string, record: LedgerRecord, text: string, place: RecordPlace): BatchOperation[] {
  const key = businessKey(record);
  return [
    put(keys.record(id), `${JSON.stringify(place)}\n${text}`),
    put(keys.head(key), JSON.stringify({ record: id, version: record.version })),
    put(keys.version(key, record.version), id),
    put(keys.byType(record.type, place.i), id),
    put(keys.byIssuer(record.issuer, place.i), id),
    put(keys.byPeriod(record.subject.period, place.i), id),
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

/** A revocation withdraws what it cites; a next version supersedes the version before it. */
export function endingWrites(id: string, record: LedgerRecord, previous: string | undefined): BatchOperation[] {
  const ended = record.type === 'revocation' ? record.cites.filter((citation) => citation.role === 'revoked') : [];
  return [
    ...ended.map((citation) => put(keys.ended(citation.record), JSON.stringify({ status: 'withdrawn', by: id }))),
    ...(previous === undefined ? [] : [put(keys.ended(previous), JSON.stringify({ status: 'superseded', by: id }))]),
  ];
}

/** `text` is the canonical JSON of the figures. */
export function figureWrites(id: string, text: string | undefined): BatchOperation[] {
  return text === undefined ? [] : [put(keys.figures(id), text)];
}
