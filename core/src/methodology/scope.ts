import type { Figure } from '../records/figure';
import type { LedgerRecord } from '../records/record';

/** A figure as a record carries it, public or private alike. */
export interface FigureValue {
  readonly value: string;
  readonly unit: string;
  readonly formula?: string;
}

/** Figures under their names. */
export interface FigureBook extends ReadonlyMap<string, FigureValue> {
  /** Told when all names that begin so are asked for; refuses where it cannot tell whether it holds them all. */
  family?(prefix: string): void;
}

/** A record with its figures and what it cites, as far as it was given: all that a formula may look at. */
export interface RecordScope {
  readonly id: string;
  readonly key: string;
  readonly record: LedgerRecord;
  readonly figures: FigureBook;
  /** By role, in the order of the cited business keys. */
  readonly cited: ReadonlyMap<string, readonly RecordScope[]>;
}

/** Public totals and private figures of one record under their names. */
export function figureMap(record: LedgerRecord, figures: readonly Figure[]): Map<string, FigureValue> {
  const map = new Map<string, FigureValue>(
    Object.entries(record.totals).map(([name, total]) => [name, toFigureValue(total)]),
  );
  for (const figure of figures) map.set(figure.name, toFigureValue(figure));
  return map;
}

function toFigureValue(of: { value: string; unit: string; formula?: string | undefined }): FigureValue {
  return of.formula === undefined
    ? { value: of.value, unit: of.unit }
    : { value: of.value, unit: of.unit, formula: of.formula };
}
