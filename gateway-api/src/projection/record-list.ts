import { LedgerError, type RecordStatus } from '@carbon-ledger/core';
import { type AnchoredEntry, prefixes, type Store } from '@carbon-ledger/auditor/stored';
import type { RecordReader } from './record-reader';

export interface RecordFilter {
  readonly type?: string | undefined;
  readonly key?: string | undefined;
  readonly party?: string | undefined;
  readonly issuer?: string | undefined;
  readonly unit?: string | undefined;
  readonly period?: string | undefined;
  readonly document?: string | undefined;
  readonly cites?: string | undefined;
  readonly status?: RecordStatus | undefined;
}

export interface Page<Item> {
  readonly items: Item[];
  readonly next?: string;
}

/** A page never looks at more index entries than this; a page may be short or empty and still have a next one. */
const EXAMINED_PER_PAGE = 2_000;
const EXAMINED_AT_ONCE = 100;

/** Lists records by the narrowest index that the filter allows; the rest of the filter is applied to what it yields. */
export async function listRecords(
  { store, reader }: Readonly<{ store: Store; reader: RecordReader }>,
  filter: Readonly<RecordFilter>,
  { cursor, limit }: Readonly<{ cursor?: string | undefined; limit: number }>,
): Promise<Page<AnchoredEntry>> {
  const prefix = prefixOf(filter);
  const items: AnchoredEntry[] = [];
  let after = cursor === undefined ? undefined : parseCursor(cursor, prefix);
  for (let examined = 0; examined < EXAMINED_PER_PAGE; examined += EXAMINED_AT_ONCE) {
    const rows = await store.range({ prefix, after, limit: EXAMINED_AT_ONCE });
    const entries = await reader.records(rows.map(([, id]) => id));
    for (const [index, entry] of entries.entries()) {
      after = rows[index]?.[0];
      if (entry !== undefined && matches(entry, filter)) items.push(entry);
      if (items.length === limit) return nextPage(items, after);
    }
    if (rows.length < EXAMINED_AT_ONCE) return { items };
  }
  return nextPage(items, after);
}

function nextPage(items: AnchoredEntry[], after: string | undefined): Page<AnchoredEntry> {
  return after === undefined ? { items } : { items, next: Buffer.from(after).toString('base64url') };
}

/** @throws LedgerError BAD_REQUEST for a cursor of another query */
function parseCursor(cursor: string, prefix: string): string {
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (key.startsWith(prefix)) return key;
  const message = 'the cursor belongs to another query';
  throw new LedgerError('BAD_REQUEST', message, { faults: [{ path: '/cursor', code: 'BAD_REQUEST', message }] });
}

/** Index prefixes from the narrowest on. Without any filter, records come in order of their business keys. */
const choices: readonly ((filter: RecordFilter) => string | undefined)[] = [
  ({ document }) => document && prefixes.document(document),
  ({ cites }) => cites && prefixes.cited(cites),
  ({ key }) => key && prefixes.versions(key),
  ({ party, unit, period }) => party && prefixes.party(party, unit, period),
  ({ period }) => period && prefixes.period(period),
  ({ issuer }) => issuer && prefixes.issuer(issuer),
  ({ type }) => type && prefixes.type(type),
];

function prefixOf(filter: RecordFilter): string {
  for (const choice of choices) {
    const prefix = choice(filter);
    if (prefix !== undefined && prefix !== '') return prefix;
  }
  return 'v/';
}

function matches(entry: AnchoredEntry, filter: RecordFilter): boolean {
  const { record } = entry;
  const wanted: readonly (readonly [string | undefined, string])[] = [
    [filter.type, record.type],
    [filter.key, entry.key],
    [filter.party, record.subject.uscc],
    [filter.issuer, record.issuer],
    [filter.unit, record.subject.unit],
    [filter.period, record.subject.period],
    [filter.status, entry.status],
  ];
  return wanted.every(([want, have]) => want === undefined || want === have) && matchesLinks(entry, filter);
}

function matchesLinks({ record }: AnchoredEntry, { document, cites }: RecordFilter): boolean {
  const named = document === undefined || record.documents.some((one) => [one.sha256, one.sm3].includes(document));
  return named && (cites === undefined || record.cites.some((citation) => citation.record === cites));
}
