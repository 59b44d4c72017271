import { LedgerError } from '../errors';

/** Calendar days are days of Asia/Shanghai (UTC+8 all year), written `YYYY-MM-DD`. */
const dayMillis = 86_400_000;
const shanghaiOffsetMillis = 8 * 3_600_000;
const dayPattern = /^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$/;

export function isDay(text: string): boolean {
  if (!dayPattern.test(text)) return false;
  const day = Number(text.slice(8));
  return day <= 28 || day <= Number(lastDayOfMonth(text).slice(8));
}

function dayNumber(day: string): number {
  if (!isDay(day)) throw new LedgerError('BAD_RECORD', `${JSON.stringify(day)} is not a day (YYYY-MM-DD)`);
  return Date.parse(`${day}T00:00:00Z`) / dayMillis;
}

export function addDays(day: string, days: number): string {
  return new Date((dayNumber(day) + days) * dayMillis).toISOString().slice(0, 10);
}

/** Natural days from one day to another; negative when `to` lies before. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Last day of a month `YYYY-MM`. */
export function lastDayOfMonth(month: string): string {
  const index = Number(month.slice(5, 7));
  const days = index === 2 && isLeapYear(Number(month.slice(0, 4))) ? 29 : (DAYS_OF_MONTH[index - 1] ?? NaN);
  return `${month.slice(0, 7)}-${String(days)}`;
}

export function hoursOfMonth(month: string): number {
  return Number(lastDayOfMonth(month).slice(8)) * 24;
}

/** The last answer of {@link shanghaiDay}: all records of a submission are asked about at one instant. */
let lastDay = { instant: '', day: '' };

/** The day in Asia/Shanghai of an instant in RFC 3339. */
export function shanghaiDay(instant: string): string {
  if (lastDay.instant !== instant)
    lastDay = { instant, day: new Date(Date.parse(instant) + shanghaiOffsetMillis).toISOString().slice(0, 10) };
  return lastDay.day;
}

/** The twelve months of a year, `YYYY-01` … `YYYY-12`. */
export function monthsOfYear(year: string): string[] {
  return Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`);
}
