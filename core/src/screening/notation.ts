import { LedgerError } from '../errors';

/** Which record a value is read from, seen from the record that is looked at. */
const relations = ['own', 'plant', 'previous', 'last-year', 'anchored', 'issuer', 'subject', 'party'] as const;
type Relation = (typeof relations)[number];
/** Several records: their values make a list. */
const lists = ['units', 'months', 'cited'] as const;
type ListRelation = (typeof lists)[number];

/**
 * `own-other-months` of the same unit and year · `own-history` the 24 months before · `own-year` all months of the year · `peers` units of the same sector,
 * class, fuel and province in the same year · `same-lab`, `other-labs` reports of the year by laboratory · `market` all records of the kind in the year.
 */
const windows = ['own-other-months', 'own-history', 'own-year', 'peers', 'same-lab', 'other-labs', 'market'] as const;
export type Window = (typeof windows)[number];
export const wideWindows: readonly Window[] = ['peers', 'same-lab', 'other-labs', 'market'];

export type Input =
  | {
      readonly from: 'record';
      readonly relation: Relation | ListRelation;
      /** Kind of the related record, or role in which it is cited; absent: the record's own kind. */
      readonly kind?: string;
      readonly mark: '#' | '/' | '@';
      readonly name: string;
    }
  | { readonly from: 'trait' | 'calendar' | 'table'; readonly name: string }
  | { readonly from: 'series'; readonly of: string; readonly over: Window; readonly least: number };

const recordPattern =
  /^(?:([a-z-]+):)?([a-z][a-z-]*(?:\.[A-Za-z0-9_-]+)?)?([#/@])([A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*(?:\.\*)?)$/;
const seriesPattern = /^([A-Za-z][A-Za-z0-9_]*) over ([a-z-]+)(?:, least ([0-9]{1,4}))?$/;
const otherPattern = /^(trait|calendar|table):([A-Za-z][A-Za-z0-9_.@-]*)$/;
const calendarNames = ['hours', 'days', 'month', 'monthEnd', 'due', 'yearDays', 'yearHours'];

function isOneOf<Name extends string>(names: readonly Name[], text: string): text is Name {
  return (names as readonly string[]).includes(text);
}

function bad(text: string): LedgerError {
  return new LedgerError('BAD_FORMULA', `${JSON.stringify(text)} is not an input of a screening rule`);
}

function parseRecord(text: string): Input | undefined {
  const [, relation = 'own', kind, mark, name = ''] = recordPattern.exec(text) ?? [];
  if (mark === undefined) return undefined;
  if (!isOneOf(relations, relation) && !isOneOf(lists, relation)) throw bad(text);
  const shown = mark as '#' | '/' | '@';
  return { from: 'record', relation, mark: shown, name, ...(kind === undefined ? {} : { kind }) };
}

function parseSeries(text: string): Input | undefined {
  const [, of, over = '', least = '2'] = seriesPattern.exec(text) ?? [];
  if (of === undefined) return undefined;
  if (!isOneOf(windows, over)) throw bad(text);
  return { from: 'series', of, over, least: Number(least) };
}

function parseOther(text: string): Input | undefined {
  const [, from, name = ''] = otherPattern.exec(text) ?? [];
  if (from === undefined) return undefined;
  if (from === 'calendar' && !calendarNames.includes(name)) throw bad(text);
  return { from: from as 'trait' | 'calendar' | 'table', name };
}

/**
 * `#NCVar_GJ_t` a figure of the record, `/issued` a field, `@version` of its envelope; `test-report#Cad_pct` of the record that it cites in this role, or
 * that stands for the same unit and period; `plant:`, `previous:`, `last-year:`, `anchored:`, `issuer:`, `subject:` of a related one, `units:`, `months:`,
 * `cited:` of several; `trait:capacity_MW`, `calendar:monthEnd`, `table:Be.@class` of the year's parameters; `cc over own-other-months, least 6`.
 * @throws LedgerError BAD_FORMULA
 */
export function parseInput(text: string): Input {
  const input = parseSeries(text) ?? parseOther(text) ?? parseRecord(text);
  if (input === undefined) throw bad(text);
  return input;
}

type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'present' | 'absent';
const comparisons: readonly Comparison[] = ['=', '!=', '<', '<=', '>', '>=', 'in', 'present', 'absent'];

export interface Condition {
  /** Name of a variable, or an input. */
  readonly of: string;
  readonly op: Comparison;
  readonly value: string;
}

/** `heat = 0`, `trait:class in I,II`, `test-report/issued present`. @throws LedgerError BAD_FORMULA */
export function parseCondition(text: string): Condition {
  const [of = '', op = '', ...rest] = text.split(' ');
  const value = rest.join(' ');
  const isUnary = op === 'present' || op === 'absent';
  if (!isOneOf(comparisons, op) || of === '' || isUnary !== (value === ''))
    throw new LedgerError('BAD_FORMULA', `${JSON.stringify(text)} is not a condition of a screening rule`);
  return { of, op, value };
}
