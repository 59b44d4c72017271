import { addDays, daysBetween, lastDayOfMonth, shanghaiDay } from '../calendar';
import type { Deadline } from '../rulebook';

/** Whether an authority works on a day. */
export type WorkingDays = (day: string) => boolean;

/** Monday to Friday, where no calendar of the year is on the ledger. */
export const weekdays: WorkingDays = (day) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** The day so many working days after one, which is not counted itself. */
export function addWorkingDays(day: string, count: number, isWorking: WorkingDays): string {
  let at = day;
  for (let left = count; left > 0; left -= Number(isWorking(at))) at = addDays(at, 1);
  return at;
}

/** What a deadline is counted from. */
export interface Counting {
  /** RFC 3339: when the state was entered. */
  readonly since: string;
  /** Content of the record that led there. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly isWorking: WorkingDays;
}

function dayOf(deadline: Deadline, { since, content, isWorking }: Counting): string | undefined {
  if ('field' in deadline) {
    const stated = content[deadline.field];
    return typeof stated === 'string' ? stated : undefined;
  }
  const from = shanghaiDay(since);
  return deadline.count === 'natural' ? addDays(from, deadline.days) : addWorkingDays(from, deadline.days, isWorking);
}

/** The earliest day (Asia/Shanghai) of those that can be told; undefined where none can. */
export function untilOf(deadlines: readonly Deadline[], counting: Counting): string | undefined {
  const days = deadlines.map((one) => dayOf(one, counting)).filter((day) => day !== undefined);
  return days.sort()[0];
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
  const last = period.length === 4 ? `${period}-12-31` : lastDayOfMonth(period);
  const [over, ahead] = [addDays(last, 1), addDays(due, -AHEAD_DAYS)];
  return over < due ? over : ahead;
}
