import { isLedgerError, type TableCell } from '@carbon-ledger/core';
import { cellName } from './model';
import { readWorkbook } from './read-workbook';

/** Every cell of a table, as it lies in the file. Undefined for what is none, or cannot be read as one. */
export function tableCells(bytes: Uint8Array): TableCell[] | undefined {
  try {
    return readWorkbook(bytes).sheets.flatMap(({ name: sheet, rows }) =>
      rows.flatMap(({ cells }) =>
        [...cells.values()].map(({ row, column, text }) => ({ sheet, cell: cellName(row, column), text })),
      ),
    );
  } catch (error) {
    if (isLedgerError(error)) return undefined;
    throw error;
  }
}
