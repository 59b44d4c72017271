import {
  addDays,
  daysBetween,
  lastDayOfMonth,
  shanghaiDay,
  workingDeadline,
  type WorkingDayTable,
  type WorkingPeriod,
} from '../calendar';
import type { Deadline } from '../rulebook';

type InWorkingDays = Extract<Deadline, { readonly count: 'working' }>;

/** Working days of a year as the national authority filed them, with how many the rules give for what. */
export interface WorkingYear extends WorkingDayTable {
  readonly periods: Readonly<Record<WorkingPeriod, number>>;
}

/** A day until when, and how it was come to where it is one of working days. */
export interface Until {
  readonly day: string;
  /** `weekdays`: Monday to Friday, for want of a calendar of a year that it runs through. */
  readonly counted?: 'calendar' | 'weekdays';
}

/** What a deadline is counted from. */
export interface Counting {
  /** RFC 3339: when the state was entered. */
  readonly since: string;
  /** Content of the record that led there. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly calendars: readonly WorkingYear[];
}

/** How many days there are is said by the calendar of the year, else by the last one before it; where there is none, no day can be told. */
function inWorkingDays(from: string, { period }: InWorkingDays, calendars: readonly WorkingYear[]): Until | undefined {
  const known = calendars.filter(({ year }) => year <= from.slice(0, 4));
  const [last] = [...known].sort((a, b) => b.year.localeCompare(a.year, 'en'));
  if (last === undefined) return undefined;
  const { day, isByCalendar } = workingDeadline(from, last.periods[period], calendars);
  return { day, counted: isByCalendar ? 'calendar' : 'weekdays' };
}

function dayOf(deadline: Deadline, { since, content, calendars }: Counting): Until | undefined {
  if ('field' in deadline) {
    const stated = content[deadline.field];
    return typeof stated === 'string' ? { day: stated } : undefined;
  }
  const from = shanghaiDay(since);
  return deadline.count === 'natural'
    ? { day: addDays(from, deadline.days) }
    : inWorkingDays(from, deadline, calendars);
}

/** The earliest day (Asia/Shanghai) of those that can be told; undefined where none can. */
export function untilOf(deadlines: readonly Deadline[], counting: Counting): Until | undefined {
  const days = deadlines.map((one) => dayOf(one, counting)).filter((day) => day !== undefined);
  return days.sort((a, b) => a.day.localeCompare(b.day, 'en'))[0];
}

/** Natural days behind a day, from 1; undefined in time. */
export function daysLate(until: string | undefined, today: string): number | undefined {
  const late = until === undefined ? 0 : daysBetween(until, today);
  return late > 0 ? late : undefined;
}

/** How long before its day something that is due before its period begins is told. */
const AHEAD_DAYS = 60;

/** From when what is filed for a period is told as to be done: once the period is over, or so long before it is due. */
export function toldFrom(period: string, due: string): string {
  const [over, ahead] = [overFrom(period), addDays(due, -AHEAD_DAYS)];
  return over < due ? over : ahead;
}

/** The first day on which a period, a year or a month, is over. */
export function overFrom(period: string): string {
  return addDays(period.length === 4 ? `${period}-12-31` : lastDayOfMonth(period), 1);
}
