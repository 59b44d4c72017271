import { LedgerError, type RecordStatus } from '@carbon-ledger/core';
import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import type { RecordReader } from './record-reader';
import { rowsOf, type ListSource, type Row, type Rows } from './record-rows';
import { mayHold } from './text-search';

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
  /** Code of the state in which the current version stands. */
  readonly state?: string | undefined;
  /** Somewhere in the record as it was signed, or its business key; capitals count for nothing. */
  readonly text?: string | undefined;
  /** Anchored at or after, and before: RFC 3339 in whole seconds. */
  readonly since?: string | undefined;
  readonly before?: string | undefined;
  /** Brought to where they stand at or after, and before. Then they come in the order of these changes. */
  readonly changedSince?: string | undefined;
  readonly changedBefore?: string | undefined;
  readonly sort?: 'key' | 'anchored' | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
  /** What else is asked of a record, where its own fields do not tell. */
  readonly asked?: ((entry: AnchoredEntry) => Promise<boolean>) | undefined;
  /** Whether that may be so of records with this business key: asked first, where the index names it. */
  readonly askedOfKey?: ((key: string) => Promise<boolean>) | undefined;
}

export interface Page<Item> {
  readonly items: Item[];
  readonly next?: string;
}

/** A page never looks at more index entries than this; a page may be short or empty and still have a next one. */
const EXAMINED_PER_PAGE = 1_000;
/** Most pages are full after a few; where few are wanted, many are looked at in one read of the store. */
const FIRST_EXAMINED = 100;
const NEXT_EXAMINED = 300;

/**
 * Lists records by the narrowest index that filter and order allow; the rest of the filter is applied to what it yields.
 * @throws LedgerError BAD_REQUEST for a cursor of another query
 */
export async function listRecords(
  source: ListSource,
  filter: RecordFilter,
  { cursor, limit }: Readonly<{ cursor?: string | undefined; limit: number }>,
): Promise<Page<AnchoredEntry>> {
  const rows = await rowsOf(source, filter);
  const items: AnchoredEntry[] = [];
  let after = cursor === undefined ? undefined : parseCursor(cursor, rows);
  for (let examined = 0, step = FIRST_EXAMINED; examined < EXAMINED_PER_PAGE; examined += step) {
    step = examined === 0 ? FIRST_EXAMINED : NEXT_EXAMINED;
    const found = await rows.read(after, step);
    const entries = await entriesOf(source.reader, found, filter);
    const wanted = await Promise.all(found.map((row, index) => isWanted(entries[index], filter, row)));
    for (const [index, row] of found.entries()) {
      const entry = entries[index];
      after = row.cursor;
      if (entry !== undefined && wanted[index] === true) items.push(entry);
      if (items.length === limit) return nextPage(items, after);
    }
    if (found.length < step) return { items };
  }
  return nextPage(items, after);
}

/** What rows name; of what can be told without its record that it is not asked for, nothing is read but that. */
async function entriesOf(
  reader: RecordReader,
  rows: readonly Row[],
  filter: RecordFilter,
): Promise<(AnchoredEntry | undefined)[]> {
  const isSought = holding(filter.text);
  const sought = await soughtIn(reader, rows, filter);
  if (sought === undefined)
    return reader.records(
      rows.map(({ id }) => id),
      isSought,
    );
  const found = await reader.records(sought, isSought);
  const byId = new Map(found.map((entry) => [entry?.id, entry]));
  return rows.map(({ id }) => byId.get(id));
}

/** Ids of those that may be asked for, where their keys or endings tell; undefined where neither does. */
async function soughtIn(
  reader: RecordReader,
  rows: readonly Row[],
  { status, askedOfKey }: RecordFilter,
): Promise<string[] | undefined> {
  if (status !== undefined && status !== 'current') {
    const endings = await reader.endings(rows.map(({ id }) => id));
    return rows.flatMap(({ id }) => (endings.get(id) === status ? [id] : []));
  }
  if (askedOfKey === undefined) return undefined;
  const asked = await Promise.all(rows.map(async ({ key }) => key === undefined || (await askedOfKey(key))));
  return rows.flatMap(({ id }, at) => (asked[at] === true ? [id] : []));
}

/**
 * Whether a text may be in a record as it is stored, so that others need not be parsed. Each part of a business key stands in its
 * record; what may go over two of them is looked for when it is parsed.
 */
function holding(text: string | undefined): ((stored: string) => boolean) | undefined {
  return text === undefined || /[/\n]/.test(text) ? undefined : mayHold(text);
}

function nextPage(items: AnchoredEntry[], after: string | undefined): Page<AnchoredEntry> {
  return after === undefined ? { items } : { items, next: Buffer.from(after).toString('base64url') };
}

function parseCursor(cursor: string, rows: Rows): string {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (rows.isOwn(text)) return text;
  const message = 'the cursor belongs to another query';
  throw new LedgerError('BAD_REQUEST', message, { faults: [{ path: '/cursor', code: 'BAD_REQUEST', message }] });
}

async function isWanted(entry: AnchoredEntry | undefined, filter: RecordFilter, row: Row): Promise<boolean> {
  if (entry === undefined || !matches(entry, filter, row)) return false;
  return filter.asked === undefined || filter.asked(entry);
}

/** Whether a record is one that a filter asks for, by what it says itself. */
export function isMatch(entry: AnchoredEntry, filter: RecordFilter): boolean {
  return matches(entry, filter, {});
}

/** `row.by`: only where that record was the last to change this one. */
function matches(entry: AnchoredEntry, filter: RecordFilter, { by }: Pick<Row, 'by'>): boolean {
  const { record } = entry;
  const wanted: readonly (readonly [string | undefined, string])[] = [
    [filter.type, record.type],
    [filter.key, entry.key],
    [filter.party, record.subject.uscc],
    [filter.issuer, record.issuer],
    [filter.unit, record.subject.unit],
    [filter.period, record.subject.period],
    [filter.status, entry.status],
    [by, entry.changedBy ?? entry.id],
  ];
  const isWanted = wanted.every(([want, have]) => want === undefined || want === have);
  return isWanted && matchesState(entry, filter) && matchesTime(entry, filter) && matchesLinks(entry, filter);
}

/** A version that was replaced stands in no state any more. */
function matchesState({ state, status }: AnchoredEntry, filter: RecordFilter): boolean {
  return filter.state === undefined || (filter.state === state && status !== 'superseded');
}

function matchesTime({ anchoredAt, text, key }: AnchoredEntry, { since, before, text: wanted }: RecordFilter): boolean {
  const isIn = (since === undefined || anchoredAt >= since) && (before === undefined || anchoredAt < before);
  return isIn && (wanted === undefined || `${key}\n${text}`.toLowerCase().includes(wanted.toLowerCase()));
}

function matchesLinks({ record }: AnchoredEntry, { document, cites }: RecordFilter): boolean {
  const named = document === undefined || record.documents.some((one) => [one.sha256, one.sm3].includes(document));
  return named && (cites === undefined || record.cites.some((citation) => citation.record === cites));
}
