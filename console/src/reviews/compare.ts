import { Decimal, isDecimalText, type Subject } from '@carbon-ledger/core';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';

/** A figure beside what it was before. */
export interface ComparedFigure {
  readonly name: string;
  readonly unit: string;
  readonly value: string;
  readonly formula: string | undefined;
  /** Where it stands in the documents of the record. */
  readonly source: string;
  readonly before: string | undefined;
  readonly yearBefore: string | undefined;
  /** Change against the period before in percent, one decimal; undefined where there is none. */
  readonly change: string | undefined;
}

/** The period before, and the same one a year before; undefined for records of no period. */
export function periodsBefore({
  period,
}: Subject): { readonly before: string; readonly yearBefore: string } | undefined {
  if (/^\d{4}$/.test(period)) {
    const before = String(Number(period) - 1);
    return { before, yearBefore: before };
  }
  if (!/^\d{4}-\d{2}$/.test(period)) return undefined;
  const [year = 0, month = 0] = period.split('-').map(Number);
  const at = (months: number): string =>
    `${String(Math.floor(months / 12))}-${String((months % 12) + 1).padStart(2, '0')}`;
  const months = year * 12 + month - 1;
  return { before: at(months - 1), yearBefore: at(months - 12) };
}

type Figures = ReadonlyMap<
  string,
  { readonly value: string; readonly unit: string; readonly formula?: string | undefined }
>;

function figuresOf(view: AnchoredRecordView | undefined): Figures {
  if (view === undefined) return new Map();
  const open = (view.figures ?? []).map(({ name, ...figure }) => [name, figure] as const);
  return new Map([...open, ...Object.entries(view.record.totals)]);
}

function changeOf(value: string, before: string | undefined): string | undefined {
  if (before === undefined || !isDecimalText(value) || !isDecimalText(before)) return undefined;
  const from = new Decimal(before);
  if (from.isZero()) return undefined;
  const change = new Decimal(value).minus(from).div(from).times(100);
  return `${change.isPositive() && !change.isZero() ? '+' : ''}${change.toFixed(1)}`;
}

function sourceOf(view: AnchoredRecordView, name: string): string {
  const source = (view.figures ?? []).find((figure) => figure.name === name)?.source;
  return source === undefined ? '' : `${view.record.documents[source.document]?.name ?? ''} ${source.place}`;
}

/** Every figure of a record beside its neighbours in time; members of families (days) are left out. */
export function compareFigures(
  view: AnchoredRecordView,
  before: AnchoredRecordView | undefined,
  yearBefore: AnchoredRecordView | undefined,
): readonly ComparedFigure[] {
  const [own, last, year] = [figuresOf(view), figuresOf(before), figuresOf(yearBefore)];
  return [...own]
    .filter(([name]) => !name.includes('.'))
    .map(([name, { value, unit, formula }]) => ({
      name,
      unit,
      value,
      formula,
      source: sourceOf(view, name),
      before: last.get(name)?.value,
      yearBefore: year.get(name)?.value,
      change: changeOf(value, last.get(name)?.value),
    }));
}
