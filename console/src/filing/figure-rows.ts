import { lastDayOfMonth, type FigureSpec } from '@carbon-ledger/core';
import type { Filing } from './draft';

export interface FigureRow {
  readonly name: string;
  readonly spec: FigureSpec;
  /** Whether a person may state it; others only follow from formulas. */
  readonly isStated: boolean;
}

/** `01` to the last day of the month, as figures of days end. */
function daysOf(month: string): string[] {
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) return [];
  const last = Number(lastDayOfMonth(month).slice(8));
  return Array.from({ length: last }, (_, at) => String(at + 1).padStart(2, '0'));
}

/** Members of a family: those that are there, and the days of the month where it is one of days that is wanted. */
function membersOf({ name }: FigureSpec, { figures, subject, content }: Filing): string[] {
  const prefix = name.slice(0, -1);
  const there = Object.keys(figures).filter((one) => one.startsWith(prefix));
  const isDaily = prefix.startsWith('daily.') && content['dailyRecords'] === true;
  const wanted = isDaily ? daysOf(subject.period).map((day) => `${prefix}${day}`) : [];
  return [...new Set([...there, ...wanted])].sort();
}

/** Lines of the form: each figure once, families by their members. */
export function figureRows(specs: readonly FigureSpec[], filing: Filing): FigureRow[] {
  return specs.flatMap((spec) => {
    const isStated = spec.stated || spec.cases.length === 0;
    const names = spec.name.endsWith('.*') ? membersOf(spec, filing) : [spec.name];
    return names.map((name) => ({ name, spec, isStated }));
  });
}
