import type { z } from 'zod';
import { addDays } from '../calendar';
import type { ParameterTable } from '../methodology/spec';
import type { RecordScope } from '../methodology/scope';
import type { LedgerRecord } from '../records/record';
import { citedOf } from './cited';
import { dayOfDigits } from './parameters';

/** A last day that the parameters of a sector's year set; of several terms the first that is set counts. */
export type DueTerm =
  /** The parameter names the day, in eight digits: 20250331. */
  | { readonly day: string }
  /** The parameter says how many natural days after a day (Asia/Shanghai). */
  | { readonly days: string; readonly after: string };

/** Values of one `parameter` record, by name. */
export type YearValues = ParameterTable['values'];

/** What a day is asked for. */
export type DueRecord = Pick<LedgerRecord, 'subject' | 'kind'>;

interface HasDue {
  readonly due?: (record: DueRecord) => readonly DueTerm[];
}

function valueOf(values: YearValues, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name]?.value : undefined;
}

/** Days after a day, where both are there. A `parameter` record is held to whole numbers (rulebook/types/parameter). */
export function daysAfter(after: string, values: YearValues, name: string): string | undefined {
  const days = valueOf(values, name);
  return days !== undefined && /^\d{1,3}$/.test(days) ? addDays(after, Number(days)) : undefined;
}

function dayOfTerm(term: DueTerm, values: YearValues): string | undefined {
  return 'day' in term ? dayOfDigits(valueOf(values, term.day)) : daysAfter(term.after, values, term.days);
}

/**
 * The last day on which the first version of a record is in time. Undefined where its type knows none, or the parameters of
 * its sector and year set none: then nobody is late, and nothing is said of a day.
 */
export function dueDay({ due }: HasDue, record: DueRecord, values: YearValues | undefined): string | undefined {
  if (due === undefined || values === undefined) return undefined;
  for (const term of due(record)) {
    const day = dayOfTerm(term, values);
    if (day !== undefined) return day;
  }
  return undefined;
}

/** The values of a `parameter` record, as far as it is one. */
export function valuesOf(record: Pick<LedgerRecord, 'content'> | undefined): YearValues | undefined {
  const values = record?.content['values'];
  return typeof values === 'object' && values !== null ? (values as YearValues) : undefined;
}

/** The same day for a type whose content states it (`due`), where nothing is stated yet. */
export function statedDue(
  spec: HasDue & { readonly content: z.ZodType },
  record: DueRecord,
  content: Readonly<Record<string, unknown>>,
  values: YearValues | undefined,
): { readonly due?: string } {
  const isAsked = 'shape' in spec.content && Object.hasOwn(Object(spec.content.shape) as object, 'due');
  const due = isAsked && (content['due'] ?? '') === '' ? dueDay(spec, record, values) : undefined;
  return due === undefined ? {} : { due };
}

/** The values of the parameters that a record cites. */
export function citedValues(scope: RecordScope): YearValues {
  return citedOf(scope, 'parameters', 'parameter')[0]?.content.values ?? {};
}
