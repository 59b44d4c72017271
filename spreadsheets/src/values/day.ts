import { isDay } from '@carbon-ledger/core';
import type { Cell } from '../model';
import { plainWidth, quoted, refused, type Reading } from './reading';

const msOfDay = 86_400_000;
/** Serials of 1990-01-01 and 2100-01-01: a number outside is no day of this market. */
const firstSerial = 32_874;
const lastSerial = 73_051;
/** Days between the origins of the two calendars of workbooks. */
const days1904 = 1462;

function dayOfSerial(serial: number, from1904: boolean): string | undefined {
  const days = Math.floor(serial) + (from1904 ? days1904 : 0);
  if (!(days >= firstSerial && days < lastSerial)) return undefined;
  // 1899-12-30 makes good for 1900-02-29, a day that Excel counts and that never was.
  return new Date(Date.UTC(1899, 11, 30) + days * msOfDay).toISOString().slice(0, 10);
}

function calendarDay(year: string, month: string, day: string): string | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(text) ? text : undefined;
}

const time = String.raw`(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?`;
/** Year first, which no locale reads otherwise; `1/2/2024` is a day in January here and in February there. */
const dayPatterns = [
  new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${time}$`),
  new RegExp(String.raw`^(\d{4})(年)(\d{1,2})月(\d{1,2})日${time}$`),
  /^(\d{4})()(\d{2})(\d{2})$/,
];

function dayOfText(text: string): string | undefined {
  for (const pattern of dayPatterns) {
    const [, year, , month, day] = pattern.exec(text) ?? [];
    if (year !== undefined && month !== undefined && day !== undefined) return calendarDay(year, month, day);
  }
  return undefined;
}

/** The day of a cell; undefined where it holds none. */
export function dayOf({ kind, text }: Cell, from1904: boolean): string | undefined {
  const written = plainWidth(text);
  if (kind === 'boolean') return undefined;
  if (kind === 'number' || /^\d{5}(?:\.\d+)?$/.test(written)) {
    return dayOfSerial(Number(written), from1904) ?? dayOfText(written);
  }
  return dayOfText(written);
}

/** A day as `YYYY-MM-DD`: of a serial number, or written with the year first. A time of day is left out. */
export function readDay(cell: Cell, from1904: boolean): Reading {
  const day = dayOf(cell, from1904);
  if (day !== undefined) return { value: day };
  return refused('CELL_NOT_A_DAY', `${quoted(cell.text)} is not a day`, 'a day as 2024-01-31');
}

/** A month as `YYYY-MM`: written so, or of a day in it. */
export function readMonth(cell: Cell, from1904: boolean): Reading {
  if (/^\d{4}\.1$/.test(plainWidth(cell.text))) {
    // A program keeps 2024.10 that is typed as a number without its nought, and saves it so as CSV too.
    return refused('CELL_NOT_A_MONTH', `${cell.text} may be January or October`, 'a month as 2024-01');
  }
  // The year bounds what is a month: 45292 is the serial number of a day, not February 4529.
  const [, year, month] = /^((?:19|20)\d{2})(?:[-/.年]?)(0?[1-9]|1[0-2])月?$/.exec(plainWidth(cell.text)) ?? [];
  if (cell.shownAs !== 'date' && year !== undefined && month !== undefined)
    return { value: `${year}-${month.padStart(2, '0')}` };
  const day = dayOf(cell, from1904);
  if (day !== undefined) return { value: day.slice(0, 7) };
  return refused('CELL_NOT_A_MONTH', `${quoted(cell.text)} is not a month`, 'a month as 2024-01');
}

export function readYear(cell: Cell): Reading {
  const [, year] = /^((?:19|20)\d{2})(?:年(?:度)?)?$/.exec(plainWidth(cell.text)) ?? [];
  if (cell.shownAs !== 'date' && year !== undefined) return { value: year };
  return refused('CELL_NOT_A_YEAR', `${quoted(cell.text)} is not a year`, 'a year as 2024');
}
