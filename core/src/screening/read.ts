import { daysBetween, hoursOfMonth, isDay, lastDayOfMonth, shanghaiDay } from '../calendar';
import { Decimal, isDecimalText } from '../decimal';
import { provinceOf } from '../identifiers';
import { contentText } from '../methodology';
import { dueDay, valuesOf } from '../rulebook/due';
import { dueTermsOf } from '../rulebook/due-terms';
import { addressOf, type BookIndex, type BookRecord } from './book';
import { Lacking } from './lacking';
import type { Input } from './notation';
import type { UnitTraits } from './traits';

export type Value = Decimal | readonly Decimal[] | string;
type RecordInput = Extract<Input, { from: 'record' }>;

/** What a value was read from. */
export interface Read {
  readonly value: Value;
  readonly addresses: readonly string[];
}

export interface Place {
  readonly index: BookIndex;
  readonly traits: UnitTraits;
  readonly record: BookRecord;
}

const dayZero = '1970-01-01';

/** Days since 1970-01-01. */
function dayNumber(day: string): Decimal {
  return new Decimal(daysBetween(dayZero, day));
}

/** Days and decimals are numbers to formulas; everything else is text. */
export function valueOfText(text: string): Decimal | string {
  if (isDay(text)) return dayNumber(text);
  return isDecimalText(text) ? new Decimal(text) : text;
}

/** Values that were read last: a month's figure is read by a dozen rules. */
const recent = new Map<string, Decimal | string>();
const mostRecent = 5000;

function readText(text: string): Decimal | string {
  const known = recent.get(text);
  if (known !== undefined) return known;
  if (recent.size >= mostRecent) recent.clear();
  const value = valueOfText(text);
  recent.set(text, value);
  return value;
}

function describe({ relation, kind, mark, name }: RecordInput): string {
  const of = [relation === 'own' ? '' : relation, kind ?? ''].filter((part) => part !== '').join(' ');
  const what = { '#': 'figure', '/': 'field', '@': 'envelope' }[mark];
  return `${what} ${name}${of === '' ? '' : ` of ${of}`}`;
}

type Find = (place: Place, kind: string, related: BookRecord | undefined) => BookRecord | undefined;

/** The one record that a relation stands for. `related` is the record's own or related one of the kind. */
const finders: Readonly<Record<string, Find>> = {
  own: (_place, _kind, related) => related,
  plant: ({ index, record }, kind) => index.ofPlant(record, kind),
  previous: ({ index, record }, _kind, related) => index.shifted(related ?? record, 'previous'),
  'last-year': ({ index, record }, _kind, related) => index.shifted(related ?? record, 'last-year'),
  anchored: ({ index }, _kind, related) => (related === undefined ? undefined : index.anchored(related.key)),
  issuer: ({ index, record }, kind) => index.at(`${record.issuer}/-/-/${kind}`),
  party: named,
  subject: ({ index, record }, kind) => index.at(`${record.subject.uscc}/-/-/${kind}`),
};

function relatedOf(place: Place, { relation, kind = place.record.kind }: RecordInput): BookRecord | undefined {
  const { index, record } = place;
  const related = kind === record.kind ? record : index.related(record, kind);
  return finders[relation]?.(place, kind, related);
}

function isOfList({ record }: Place, other: BookRecord, relation: 'units' | 'months'): boolean {
  const [own, its] = [record.subject, other.subject];
  if (relation === 'units') return its.period === own.period && its.unit !== 'PLANT';
  return its.unit === own.unit && its.period.startsWith(own.period.slice(0, 4)) && its.period.length === 7;
}

/** @throws Lacking where one of them is not there */
function citedAll({ index, record }: Place, role: string): readonly BookRecord[] {
  const found = index.cited(record, role);
  if (found.length < (record.cites[role] ?? []).length) throw new Lacking(`not every cited ${role}`);
  return found;
}

/** @throws Lacking where there is none */
function listOf(place: Place, { relation, kind = place.record.kind }: RecordInput): readonly BookRecord[] {
  const { index } = place;
  const found =
    relation === 'cited'
      ? citedAll(place, kind)
      : index.each(`${kind}@any`).filter((other) => isOfList(place, other, relation === 'units' ? 'units' : 'months'));
  if (found.length === 0) throw new Lacking(`no ${relation} ${kind}`);
  return found;
}

/** The party that the record's content names. */
function named({ index, record }: Place, kind: string): BookRecord | undefined {
  const party = record.content['party'];
  return typeof party === 'string' ? index.at(`${party}/-/-/${kind}`) : undefined;
}

const envelope: Readonly<Record<string, (record: BookRecord) => string | undefined>> = {
  version: ({ version }) => String(version),
  issuer: ({ issuer }) => issuer,
  period: ({ subject }) => subject.period,
  year: ({ subject }) => subject.period.slice(0, 4),
  unit: ({ subject }) => subject.unit,
  uscc: ({ subject }) => subject.uscc,
  region: ({ subject }) => provinceOf(subject.uscc.slice(2, 8)),
  key: ({ key }) => key,
  documents: ({ documents }) => String(documents.length),
  anchored: ({ anchoredAt }) => (anchoredAt === undefined ? undefined : shanghaiDay(anchoredAt)),
  seconds: ({ anchoredAt }) => (anchoredAt === undefined ? undefined : String(Date.parse(anchoredAt) / 1000)),
};

/** One value of one record as text. */
export function textOf(record: BookRecord, mark: '#' | '/' | '@', name: string): string | undefined {
  if (mark === '#') return record.figures.get(name);
  if (mark === '@') return Object.hasOwn(envelope, name) ? envelope[name]?.(record) : undefined;
  return contentText(record.content[name]);
}

function oneOf(record: BookRecord, input: RecordInput): Read {
  const text = textOf(record, input.mark, input.name);
  if (text === undefined) throw new Lacking(`no ${describe(input)}`);
  return { value: readText(text), addresses: [addressOf(record.key, input.name)] };
}

function numberOf({ value }: Read, input: RecordInput): Decimal {
  if (value instanceof Decimal) return value;
  throw new Lacking(`${describe(input)} is no number`);
}

/** All members of a family `daily.fc_t.*` in order. */
function familyOf(record: BookRecord, input: RecordInput): Read {
  const prefix = input.name.slice(0, -1);
  const names = [...record.figures.keys()].filter((name) => name.startsWith(prefix)).sort();
  if (names.length === 0) throw new Lacking(`no ${describe(input)}`);
  const value = names.map((name) => numberOf(oneOf(record, { ...input, name }), input));
  return { value, addresses: [addressOf(record.key, input.name)] };
}

/** Of a family, the members of the records that have it: daily readings need not be kept for every month. */
function membersOf(record: BookRecord, input: RecordInput): Read[] {
  if (!input.name.endsWith('.*')) return [oneOf(record, input)];
  const prefix = input.name.slice(0, -1);
  const names = [...record.figures.keys()].filter((name) => name.startsWith(prefix)).sort();
  return names.map((name) => oneOf(record, { ...input, name }));
}

function readRecord(place: Place, input: RecordInput): Read {
  if (input.relation === 'units' || input.relation === 'months' || input.relation === 'cited') {
    const all = listOf(place, input).flatMap((record) => membersOf(record, input));
    return { value: all.map((read) => numberOf(read, input)), addresses: all.flatMap(({ addresses }) => addresses) };
  }
  const record = relatedOf(place, input);
  if (record === undefined) throw new Lacking(`no ${describe(input)}`);
  return input.name.endsWith('.*') ? familyOf(record, input) : oneOf(record, input);
}

const calendar: Readonly<Record<string, (period: string) => Decimal>> = {
  hours: (period) => new Decimal(hoursOfMonth(period)),
  days: (period) => new Decimal(lastDayOfMonth(period).slice(8)),
  monthEnd: (period) => dayNumber(lastDayOfMonth(period)),
  month: (period) => new Decimal(period.slice(5, 7)),
  yearDays: (period) => new Decimal(daysBetween(`${period.slice(0, 4)}-01-01`, `${period.slice(0, 4)}-12-31`) + 1),
  yearHours: (period) =>
    new Decimal(24 * (daysBetween(`${period.slice(0, 4)}-01-01`, `${period.slice(0, 4)}-12-31`) + 1)),
};

const yearly = ['yearDays', 'yearHours'];

/** Of what cites none itself (a laboratory's report), those that the month, else the plan of its unit is computed with. */
const byRulesOf = ['monthly-evidence', 'quality-control-plan'] as const;

/** The parameters by which a record is judged: those that it cites, else its unit's of the month or year. */
function parametersOf({ index, record }: Place): BookRecord | undefined {
  const beside = byRulesOf.flatMap((kind) => index.related(record, kind) ?? []);
  return [record, ...beside].flatMap((one) => index.cited(one, 'parameters')[0] ?? [])[0];
}

/** The day that the parameters by which the record is judged set for it. */
function readDue(place: Place): Read {
  const { record } = place;
  const table = parametersOf(place);
  const { type, kind, subject } = record;
  const due = dueTermsOf(type);
  const day = due && dueDay({ due }, { subject, kind }, valuesOf(table));
  if (day === undefined) throw new Lacking('the parameters of the year set no day for it');
  return { value: dayNumber(day), addresses: [] };
}

function readCalendar(place: Place, name: string): Read {
  if (name === 'due') return readDue(place);
  const { period } = place.record.subject;
  const isMonth = /^[0-9]{4}-(?:0[1-9]|1[0-2])$/.test(period);
  const isThere = isMonth || (yearly.includes(name) && /^[0-9]{4}/.test(period));
  const value = isThere ? calendar[name]?.(period) : undefined;
  if (value === undefined) throw new Lacking('not a month');
  return { value, addresses: [] };
}

/** `table:Be.@class`: a value of the parameters by which the record is judged, for the unit's class. */
function readTable(place: Place, name: string): Read {
  const { record, traits } = place;
  const asked = name.replace(/@([a-z]+)$/, (_, trait: string) => traits.value(record, trait) ?? '?');
  const values = parametersOf(place)?.content['values'] as Readonly<Record<string, { value?: unknown }>> | undefined;
  const value = values && Object.hasOwn(values, asked) ? values[asked]?.value : undefined;
  if (typeof value !== 'string' || !isDecimalText(value)) throw new Lacking(`no parameter ${asked} of the year`);
  return { value: new Decimal(value), addresses: [] };
}

function readTrait({ record, traits }: Place, name: string): Read {
  const value = traits.value(record, name);
  if (value === undefined) throw new Lacking(`${name} of the unit is not known`);
  return { value: valueOfText(value), addresses: [] };
}

/** @throws Lacking */
export function readInput(place: Place, input: Exclude<Input, { from: 'series' }>): Read {
  if (input.from === 'record') return readRecord(place, input);
  if (input.from === 'calendar') return readCalendar(place, input.name);
  return input.from === 'table' ? readTable(place, input.name) : readTrait(place, input.name);
}

/** Where an input stands, whether there is a value or not. */
export function addressesOf(place: Place, input: Input): readonly string[] {
  if (input.from !== 'record') return [];
  const { relation, name } = input;
  if (relation === 'units' || relation === 'months' || relation === 'cited') {
    try {
      return listOf(place, input).map(({ key }) => addressOf(key, name));
    } catch (error) {
      if (error instanceof Lacking) return [];
      throw error;
    }
  }
  const found = relatedOf(place, input);
  return found === undefined ? [] : [addressOf(found.key, name)];
}
