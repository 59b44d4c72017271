import type { Cell } from '../model';
import { dayOf, readDay } from './day';
import { plainWidth, quoted, refused, type Reading } from './reading';

const minutesOfDay = 1440;
const msOfMinute = 60_000;
/** In minutes: times of a workbook are thirds of seconds away from what was typed. */
const halfASecond = 0.5 / 60;
/** Asia/Shanghai, whole years round. */
const chinaMinutes = 480;

const written = /[T ]\s*(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** Minutes east of Greenwich of `Z`, `+08:00`, `-0330`. */
function minutesOfZone(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return sign === '-' ? -size : size;
}

function clock(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** A day with minutes from its begin, which may lead into another day. */
function moment(day: string, minutes: number): string {
  const at = new Date(Date.parse(`${day}T00:00:00Z`) + minutes * msOfMinute);
  const text = at.toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 16)}`;
}

function ofText(day: string, text: string): string | undefined {
  const [, hours, minutes, zone] = written.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return day;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const own = Number(hours) * 60 + Number(minutes);
  return moment(day, zone === undefined ? own : own + chinaMinutes - minutesOfZone(zone));
}

/** A workbook counts days: what stands behind the point is the time, and 0 of it no time at all. */
function ofSerial(day: string, serial: number): string {
  const minutes = Math.floor((serial - Math.floor(serial)) * minutesOfDay + halfASecond);
  return minutes === 0 ? day : `${day} ${clock(minutes)}`;
}

/**
 * A day, and the time of it where it is told: `2025-12-08`, or `2025-12-08 17:30` in Asia/Shanghai. Seconds are left out; a time that
 * names another zone is that of Shanghai then.
 */
export function readMoment(cell: Cell, from1904: boolean): Reading {
  const day = dayOf(cell, from1904);
  if (day === undefined) return readDay(cell, from1904);
  const text = plainWidth(cell.text);
  const serial = /^\d{5}(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
  const value = serial === undefined ? ofText(day, text) : ofSerial(day, serial);
  if (value !== undefined) return { value };
  return refused('CELL_NOT_A_MOMENT', `${quoted(cell.text)} has no time of a day`, 'a day as 2024-01-31 17:30');
}
