import {
  assertOpens,
  cellsOf,
  parseOpening,
  type CellsCommitment,
  type CellsOpening,
  type TableCell,
} from '../../../core/src/cells';
import { isLedgerError } from '../../../core/src/errors';
import { tableCells } from '../../../spreadsheets/src/table-cells';
import { cellDifferences, type CellDifference } from '../inspection/cells';

/* Loaded when a table was changed and what it was is at hand, or an opening was dropped: few who come bring either. */

type Cells = readonly TableCell[];

/** @throws LedgerError BAD_FILE; SyntaxError for what is no JSON */
export function readOpening(text: string): CellsOpening {
  return parseOpening(JSON.parse(text));
}

/** Whether an opening is, cell by cell, the table that was anchored. */
export function opens(opening: CellsOpening, committed: CellsCommitment): boolean {
  try {
    assertOpens(opening, committed);
    return true;
  } catch (error) {
    if (isLedgerError(error)) return false;
    throw error;
  }
}

export { cellsOf };

export async function cellsIn(file: Blob): Promise<Cells | undefined> {
  return tableCells(new Uint8Array(await file.arrayBuffer()));
}

/** Where a table is not what it was. */
export function changesOf(found: Cells, original: Cells): readonly CellDifference[] {
  return cellDifferences([], '', found, original);
}
