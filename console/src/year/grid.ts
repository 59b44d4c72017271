import { monthsOfYear, recordTypeNames, recordTypes, type RecordType } from '@carbon-ledger/core';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';

/** What stands for one unit, one period and one type: the newest version, or nothing. */
export interface YearCell {
  readonly unit: string;
  readonly period: string;
  readonly type: RecordType;
  readonly view: AnchoredRecordView | undefined;
}

function newest(
  views: readonly AnchoredRecordView[],
  unit: string,
  period: string,
  type: RecordType,
): AnchoredRecordView | undefined {
  const own = views.filter(
    ({ record }) =>
      record.type === type && record.subject.unit === unit && record.subject.period === period && record.kind === type,
  );
  return own.reduce<AnchoredRecordView | undefined>(
    (best, view) => (best === undefined || view.record.version > best.record.version ? view : best),
    undefined,
  );
}

/** Types that are filed for each month, in the order of the rulebook: those that the views hold. */
export function monthlyTypes(views: readonly AnchoredRecordView[]): readonly RecordType[] {
  const there = new Set(views.map(({ record }) => record.type));
  return recordTypeNames.filter((type) => recordTypes[type].period === 'month' && there.has(type));
}

/** Units that anything is about in the year, the plant last. */
export function unitsOfYear(views: readonly AnchoredRecordView[], registered: readonly string[]): readonly string[] {
  const named = views.map(({ record }) => record.subject.unit).filter((unit) => unit !== '-' && unit !== 'PLANT');
  return [...new Set([...registered, ...named])].sort();
}

/** Twelve months, for each of them a cell of every unit and type. */
export function monthRows(
  views: readonly AnchoredRecordView[],
  year: string,
  units: readonly string[],
  types: readonly RecordType[],
): readonly { readonly period: string; readonly cells: readonly YearCell[] }[] {
  return monthsOfYear(year).map((period) => ({
    period,
    cells: units.flatMap((unit) =>
      types.map((type) => ({ unit, period, type, view: newest(views, unit, period, type) })),
    ),
  }));
}

/** Records about the whole year, newest versions only, in the order of the rulebook. */
export function yearly(views: readonly AnchoredRecordView[], year: string): readonly AnchoredRecordView[] {
  const own = views.filter(({ record }) => record.subject.period === year);
  const latest = new Map<string, AnchoredRecordView>();
  for (const view of own) {
    const before = latest.get(view.key);
    if (before === undefined || view.record.version > before.record.version) latest.set(view.key, view);
  }
  const order = (view: AnchoredRecordView): number => recordTypeNames.indexOf(view.record.type);
  return [...latest.values()].sort((a, b) => order(a) - order(b) || (a.key < b.key ? -1 : 1));
}
