import type { FindingKind, Severity } from './kinds';
import { cellNameOf, type InputRow, type OtherSide } from './rows';

/** One thing that is to be said of a row: which cell says it, and what the other side says. */
export interface Finding {
  readonly kind: FindingKind;
  /** Cell of this row. */
  readonly cell?: string;
  readonly found?: string;
  readonly expected?: string;
  readonly other?: OtherSide;
  /** Where it weighs more than its kind: after the deadline. */
  readonly severity?: Severity;
  /** Tonnes at stake. */
  readonly tonnes?: string;
}

/** A row on its way to its answer. */
export interface JudgedRow {
  readonly input: InputRow;
  readonly uscc: string;
  readonly year: string;
  /** Identity of the project, however it is written. */
  readonly project: string;
  /** Identity of the number of the cancellation, however it is written. */
  readonly number: string | undefined;
  readonly qty: bigint;
  readonly findings: Finding[];
  /** What could not be looked at, because neither files nor ledger say it. */
  readonly unchecked: string[];
  counterpart: JudgedRow | undefined;
}

/** A finding at a column of a row. */
export function findingAt(
  { input }: JudgedRow,
  kind: FindingKind,
  column: string,
  more: Omit<Finding, 'kind' | 'cell' | 'found'> = {},
): Finding {
  const cell = cellNameOf(input, column);
  const found = input.values[column];
  return { kind, ...(cell === undefined ? {} : { cell }), ...(found === undefined ? {} : { found }), ...more };
}

/** Who agrees with a record whose word is in doubt is told why. */
export function tellDoubt(
  row: JudgedRow,
  column: string,
  { doubts, record = '' }: { readonly doubts?: string; readonly record?: string },
): void {
  if (doubts !== undefined) row.findings.push(findingAt(row, 'IN_DOUBT', column, { other: { record, value: doubts } }));
}
