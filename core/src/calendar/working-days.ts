import { addDays, daysBetween } from './calendar';

/** Which days of one year depart from the week: weekdays that are off, and days of the weekend that are worked (调休). */
export interface WorkingDayTable {
  /** `YYYY`. */
  readonly year: string;
  readonly holidays: readonly string[];
  readonly workdays: readonly string[];
}

/** Saturday or Sunday. 5 January 1970 was a Monday. */
export function isWeekend(day: string): boolean {
  const sinceMonday = ((daysBetween('1970-01-05', day) % 7) + 7) % 7;
  return sinceMonday >= 5;
}

/** undefined where no table is given for the year of the day: nobody guesses at holidays. */
function isWorkingDay(day: string, tables: readonly WorkingDayTable[]): boolean | undefined {
  const table = tables.find(({ year }) => year === day.slice(0, 4));
  if (table === undefined) return undefined;
  return isWeekend(day) ? table.workdays.includes(day) : !table.holidays.includes(day);
}

/** What the rules give in working days; how many days each has is said by the calendar of the year. */
export const workingPeriods = ['notice', 'objection', 'decision', 'redetermination'] as const;
export type WorkingPeriod = (typeof workingPeriods)[number];

/** The day that a number of working days comes to, and whether tables said of every day in between that it counts. */
export interface WorkingDeadline {
  readonly day: string;
  readonly isByCalendar: boolean;
}

/**
 * The day on which so many working days have passed: the day itself is not counted (民法典 art. 201). Years without a table
 * are counted Monday to Friday, and the answer says so.
 * @param count from 1
 */
export function workingDeadline(day: string, count: number, tables: readonly WorkingDayTable[]): WorkingDeadline {
  let at = day;
  let isByCalendar = true;
  for (let left = count; left > 0;) {
    at = addDays(at, 1);
    const works = isWorkingDay(at, tables);
    isByCalendar &&= works !== undefined;
    left -= Number(works ?? !isWeekend(at));
  }
  return { day: at, isByCalendar };
}

/** The same day, or undefined where a day falls into a year without a table. */
export function workingDaysAfter(day: string, count: number, tables: readonly WorkingDayTable[]): string | undefined {
  const deadline = workingDeadline(day, count, tables);
  return deadline.isByCalendar ? deadline.day : undefined;
}
