import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { Book, BookRecord } from '@carbon-ledger/core';
import { baseBook, bare, type Draft } from './books';

/** Changes of a base book: `U1/2024-05/test-report#Cad_pct`, `…/issued` a field, `…@anchoredAt` of the envelope; null takes away. */
export type Changes = Readonly<Record<string, unknown>>;

export interface Fixtures {
  /** Name of the book that both start from. */
  readonly on?: string;
  /** Other enterprises with the same book, a little otherwise. */
  readonly copies?: number;
  /** Every so many copies have a laboratory in common. */
  readonly labs?: number;
  /** What the rule's parameters are learnt to be, where nothing is learnt before a ledger is read. */
  readonly limits?: Readonly<Record<string, string>>;
  /** Several where one book has not what all of its checks look at. */
  readonly pass?: Changes | readonly Changes[];
  /** One for each way in which the rule can be broken, where there are several. */
  readonly fail?: Changes | readonly Changes[];
}

interface Written {
  readonly id: string;
  readonly fixtures?: Fixtures;
}

/** Every rule of the folder rules/ with its fixtures. */
export function writtenFixtures(): Written[] {
  const folder = path.join(__dirname, '../../rules');
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml') && name !== 'about.yaml');
  return files.flatMap((name) => parse(readFileSync(path.join(folder, name), 'utf8'), { merge: true }) as Written[]);
}

const settings = ['file', 'anchored', 'on'];
const place = /^(?:([^:]+):)?([^/]+)\/([^/]+)\/([^/#@]+)([/#@])(.+)$/;

function matcher(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
}

interface Whose {
  readonly own: string;
  readonly other: string;
  /** Whose book it is. */
  readonly self: string;
}

/** `@own` and `@other` are enterprises, `@self` one of each book's own; `@KEY#figure` is what stands there. */
function resolved(value: unknown, records: readonly Draft[], { own, other, self }: Whose): unknown {
  if (value === '@own') return own;
  if (value === '@other') return other;
  if (value === '@self') return `BUYER-${self}`;
  const [, key, figure = ''] = typeof value === 'string' ? (/^@([^#]+)#(.+)$/.exec(value) ?? []) : [];
  if (key === undefined) return value;
  return records.find((record) => record.key === `${own}/${key}`)?.figures.get(figure);
}

function setFigure(record: Draft, name: string, value: unknown): void {
  const figures = new Map(record.figures);
  const names = name.includes('*') ? [...figures.keys()].filter((one) => matcher(name).test(one)) : [name];
  for (const one of names) {
    if (value === null) figures.delete(one);
    else figures.set(one, value as string);
  }
  record.figures = figures;
}

function citesOf(value: Readonly<Record<string, readonly string[]>>, own: string): BookRecord['cites'] {
  return Object.fromEntries(Object.entries(value).map(([role, keys]) => [role, keys.map((key) => `${own}/${key}`)]));
}

function setValue(record: Draft, mark: string, name: string, value: unknown): void {
  const { uscc } = record.subject;
  if (mark === '#') setFigure(record, name, value);
  else if (mark === '/') record.content = { ...record.content, [name]: value };
  else if (name === 'cites') record.cites = { ...record.cites, ...citesOf(value as Record<string, string[]>, uscc) };
  else Object.assign(record, { [name]: value });
}

/** The records that a change is about; a new one where there is none. */
function meant(records: Draft[], uscc: string, pattern: string): Draft[] {
  const isMeant = matcher(`${uscc}/${pattern}`);
  const found = records.filter(({ key }) => isMeant.test(key));
  if (found.length > 0) return found;
  const made = bare(`${uscc}/${pattern}`);
  records.push(made);
  return [made];
}

/** Of which enterprise a change is: the one that is looked at, the others, or one by its name. */
function usccOf(of: string | undefined, { own, other }: Whose): string {
  if (of === undefined) return own;
  return of === 'other' || of === 'others' ? other : of;
}

function apply(records: Draft[], change: string, value: unknown, whose: Whose): void {
  const [, of, unit = '', period = '', kind = '', mark = '', name = ''] = place.exec(change) ?? [];
  for (const record of meant(records, usccOf(of, whose), `${unit}/${period}/${kind}`))
    setValue(record, mark, name, resolved(value, records, whose));
}

function isFor(change: string, index: number): boolean {
  const [, of] = place.exec(change) ?? [];
  if (of === 'others') return index > 0;
  return of === 'other' ? index === 1 : index === 0;
}

const otherUscc = (index: number): string => `OTHER-${String(index).padStart(3, '0')}`;

function moved(text: string, from: string, to: string): string {
  return text.startsWith(`${from}/`) ? `${to}${text.slice(from.length)}` : text;
}

function withOwnSulphur({ figures }: BookRecord, index: number): BookRecord['figures'] {
  const sulphur = figures.get('St_ad_pct');
  return sulphur === undefined
    ? figures
    : new Map([...figures, ['St_ad_pct', (Number(sulphur) + index / 100).toFixed(2)]]);
}

/** Another enterprise with almost the same year. */
function copyOf(book: Book, index: number, labs: number): Draft[] {
  const [from, to] = [book.uscc, otherUscc(index)];
  const lab = labs === 0 ? undefined : `LAB-${String(index % labs)}`;
  return book.records.map((record) => ({
    ...record,
    key: moved(record.key, from, to),
    subject: record.subject.uscc === from ? { ...record.subject, uscc: to } : record.subject,
    documents: record.documents.map((one) => ({ ...one, sha256: one.sha256.replace(from, to) })),
    figures: withOwnSulphur(record, index),
    issuer: record.type === 'test-report' && lab !== undefined ? lab : record.issuer,
    cites: Object.fromEntries(
      Object.entries(record.cites).map(([role, keys]) => [role, keys.map((key) => moved(key, from, to))]),
    ),
  }));
}

function changedBook(base: Book, index: number, changes: Changes, labs: number): Book {
  const own = index === 0 ? base.uscc : otherUscc(index);
  const records: Draft[] = index === 0 ? base.records.map((record) => ({ ...record })) : copyOf(base, index, labs);
  const whose = { own: base.uscc, other: index === 0 ? otherUscc(1) : own, self: own };
  for (const [change, value] of Object.entries(changes)) {
    if (!settings.includes(change) && isFor(change, index)) apply(records, change, value, whose);
  }
  return { ...base, uscc: own, records };
}

/** Every way in which the fixtures break their rule. */
export function failuresOf({ fail = [] }: Fixtures): readonly Changes[] {
  return [fail].flat();
}

/** Every book over which a rule is silent. */
export function passesOf({ pass = {} }: Fixtures): readonly Changes[] {
  return [pass].flat();
}

/** The books of a fixture: the one that is looked at, then the others. */
export function booksOf(fixtures: Fixtures, changes: Changes): Book[] {
  const file = changes['file'] as Parameters<typeof baseBook>[1];
  const { on = fixtures.on ?? 'coal' } = changes as { readonly on?: string };
  const base = baseBook(on, file);
  const withLedger = changes['anchored'] === true ? { ...base, anchored: base.records } : base;
  const count = 1 + (fixtures.copies ?? 0);
  return Array.from({ length: count }, (_, index) => changedBook(withLedger, index, changes, fixtures.labs ?? 0));
}
