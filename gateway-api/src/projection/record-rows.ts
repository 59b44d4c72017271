import { changesOf, formatRecordId, type LedgerRecord } from '@carbon-ledger/core';
import { keys, padded, parseStored, prefixes, type LogTree, type Store } from '@carbon-ledger/auditor/stored';
import type { RecordFilter } from './record-list';
import type { RecordReader } from './record-reader';

/** What a list looks at next: a record, and where to go on behind it. */
export interface Row {
  readonly cursor: string;
  readonly id: string;
  /** Its business key, where the index names it. */
  readonly key?: string;
  /** Only where this record was the last to change the other. */
  readonly by?: string;
}

/** Records in one order, from anywhere on. */
export interface Rows {
  read(after: string | undefined, limit: number): Promise<readonly Row[]>;
  /** Whether a cursor is of these rows. */
  isOwn(cursor: string): boolean;
}

export interface ListSource {
  readonly store: Store;
  readonly reader: RecordReader;
  readonly log: Pick<LogTree, 'leaf' | 'size'>;
}

/** Part of the log: from one index on, and up to another. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** An index, and whether what it yields comes in the order of the log. */
interface Choice {
  readonly prefix: string;
  readonly isLog: boolean;
}

const VERSIONS = 'v/';

type Choose = (filter: RecordFilter) => Choice | undefined;

const log = (prefix: string): Choice => ({ prefix, isLog: true });
const named = (prefix: string): Choice => ({ prefix, isLog: false });

/** Indexes from the narrowest on. */
const choices: readonly Choose[] = [
  ({ document }) => (document === undefined ? undefined : log(prefixes.document(document))),
  ({ cites }) => (cites === undefined ? undefined : log(prefixes.cited(cites))),
  ({ key }) => (key === undefined ? undefined : named(prefixes.versions(key))),
  ({ state, type, party }) =>
    state === undefined || (party !== undefined && type === undefined)
      ? undefined
      : named(prefixes.state(state, type, party)),
  ({ party, unit, period }) => (party === undefined ? undefined : named(prefixes.party(party, unit, period))),
  ({ party }) => (party === undefined ? undefined : log(prefixes.subject(party))),
  ({ period }) => (period === undefined ? undefined : log(prefixes.period(period))),
  ({ issuer }) => (issuer === undefined ? undefined : log(prefixes.issuer(issuer))),
  ({ type }) => (type === undefined ? undefined : log(prefixes.type(type))),
  // Without any filter, records come in the order of their business keys.
  () => named(VERSIONS),
];

/** A list over a time comes in the order of the log, like one that is sorted so. */
function isByLog({ sort, since, before }: RecordFilter): boolean {
  return sort === 'anchored' || (sort === undefined && (since !== undefined || before !== undefined));
}

/** The first index of the log whose record was anchored at an instant or later. */
async function firstFrom({ log: tree, reader }: ListSource, instant: string): Promise<number> {
  let [low, high] = [0, tree.size];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const entry = await reader.record(formatRecordId(await tree.leaf(middle)));
    if (entry !== undefined && entry.anchoredAt < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The part of the log that was anchored in a time. */
export async function spanOf(source: ListSource, since: string | undefined, before: string | undefined): Promise<Span> {
  return {
    from: since === undefined ? 0 : await firstFrom(source, since),
    to: before === undefined ? source.log.size : await firstFrom(source, before),
  };
}

/** Some indexes hold the id, that of states more about the head. */
function idIn(value: string): string {
  return value.startsWith('{') ? (parseStored(value, 'of states') as { readonly record: string }).record : value;
}

/** Versions stand under their business key. */
function keyIn(cursor: string): { readonly key?: string } {
  return cursor.startsWith(VERSIONS) ? { key: cursor.slice(VERSIONS.length, cursor.lastIndexOf('/')) } : {};
}

class IndexRows implements Rows {
  readonly #store: Store;
  readonly #prefix: string;
  readonly #reverse: boolean;
  readonly #span: Span | undefined;

  /** @param span of an index in the order of the log: the part to look at */
  constructor(store: Store, prefix: string, reverse: boolean, span: Span | undefined) {
    this.#store = store;
    this.#prefix = prefix;
    this.#reverse = reverse;
    this.#span = span;
  }

  isOwn(cursor: string): boolean {
    return cursor.startsWith(this.#prefix);
  }

  async read(after: string | undefined, limit: number): Promise<readonly Row[]> {
    const range = { prefix: this.#prefix, after: after ?? this.#beginning(), limit, reverse: this.#reverse };
    const rows = await this.#store.range(range);
    return rows
      .filter(([key]) => this.#isInside(key))
      .map(([cursor, value]) => ({ cursor, id: idIn(value), ...keyIn(cursor) }));
  }

  /** Just before the first entry that is to be read. */
  #beginning(): string | undefined {
    if (this.#span === undefined) return undefined;
    if (this.#reverse) return `${this.#prefix}${padded(this.#span.to)}`;
    return this.#span.from === 0 ? undefined : `${this.#prefix}${padded(this.#span.from - 1)}`;
  }

  #isInside(key: string): boolean {
    if (this.#span === undefined) return true;
    const place = key.slice(this.#prefix.length);
    return place >= padded(this.#span.from) && place < padded(this.#span.to);
  }
}

const LOG_CURSOR = /^l\/([0-9a-f]{12})(?:\/([0-9]{1,4}))?$/;

/** The log itself, or what each of its records changed last. */
class LogRows implements Rows {
  readonly #source: ListSource;
  readonly #span: Span;
  readonly #reverse: boolean;
  readonly #ofChanges: boolean;

  constructor(source: ListSource, span: Span, reverse: boolean, ofChanges: boolean) {
    this.#source = source;
    this.#span = span;
    this.#reverse = reverse;
    this.#ofChanges = ofChanges;
  }

  isOwn(cursor: string): boolean {
    return LOG_CURSOR.test(cursor);
  }

  async read(after: string | undefined, limit: number): Promise<readonly Row[]> {
    const rows: Row[] = [];
    const { from, to } = this.#span;
    const step = this.#reverse ? -1 : 1;
    const { index, seen } = this.#placeBehind(after, step);
    for (let at = index; at >= from && at < to && rows.length < limit; at += step)
      rows.push(...(await this.#rowsAt(at)).slice(at === index ? seen : 0));
    return rows.slice(0, limit);
  }

  /** The first index to look at, and how many of its rows were read before. */
  #placeBehind(after: string | undefined, step: number): { readonly index: number; readonly seen: number } {
    const [, place, done] = LOG_CURSOR.exec(after ?? '') ?? [];
    if (place === undefined) return { index: this.#reverse ? this.#span.to - 1 : this.#span.from, seen: 0 };
    const index = parseInt(place, 16);
    return done === undefined ? { index: index + step, seen: 0 } : { index, seen: Number(done) + 1 };
  }

  async #rowsAt(index: number): Promise<Row[]> {
    const id = formatRecordId(await this.#source.log.leaf(index));
    const cursor = `l/${padded(index)}`;
    if (!this.#ofChanges) return [{ cursor, id }];
    const entry = await this.#source.reader.record(id);
    const changed = entry === undefined ? [] : await this.#changedBy(entry.record, entry.key);
    return [id, ...changed].map((other, place) => ({ cursor: `${cursor}/${String(place)}`, id: other, by: id }));
  }

  /** What a record changed: what it acts on, and the version that it replaced. */
  async #changedBy(record: LedgerRecord, key: string): Promise<string[]> {
    const acted = changesOf(record).map(({ record: id }) => id);
    const before =
      record.version === 1 ? undefined : await this.#source.store.text(keys.version(key, record.version - 1));
    return before === undefined ? acted : [...acted, before];
  }
}

/** The records of a list in its order, as few as the indexes allow. */
export async function rowsOf(source: ListSource, filter: RecordFilter): Promise<Rows> {
  const { since, before, changedSince, changedBefore, order } = filter;
  const isReverse = order === 'desc';
  if (changedSince !== undefined || changedBefore !== undefined)
    return new LogRows(source, await spanOf(source, changedSince, changedBefore), isReverse, true);
  const isLog = isByLog(filter);
  const found = choices
    .map((choose) => choose(filter))
    .find((choice) => choice !== undefined && (!isLog || choice.isLog));
  const span = isLog ? await spanOf(source, since, before) : undefined;
  if (found !== undefined) return new IndexRows(source.store, found.prefix, isReverse, span);
  return new LogRows(source, span ?? { from: 0, to: source.log.size }, isReverse, false);
}
