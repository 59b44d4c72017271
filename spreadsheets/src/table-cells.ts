import { isLedgerError, mostCells, type TableCell } from '@carbon-ledger/core';
import { cellName } from './model';
import { readWorkbook } from './read-workbook';

/** A year of minutes has half a million rows: what a commitment takes bounds them. */
const bounds = { rows: mostCells, cells: mostCells };

/**
 * Every cell of a table, as it lies in the file.
 * @throws LedgerError SHEET_UNREADABLE, SHEET_PASSWORD, SHEET_MACROS for what is none, SHEET_TOO_LARGE for more than a commitment takes
 */
export function readTableCells(bytes: Uint8Array): TableCell[] {
  const found: TableCell[] = [];
  for (const { name: sheet, rows } of readWorkbook(bytes, undefined, bounds).sheets)
    for (const { cells } of rows)
      for (const { row, column, text } of cells.values()) found.push({ sheet, cell: cellName(row, column), text });
  return found;
}

/** The same; undefined for what is none, cannot be read as one, or has too many. */
export function tableCells(bytes: Uint8Array): TableCell[] | undefined {
  try {
    return readTableCells(bytes);
  } catch (error) {
    if (isLedgerError(error)) return undefined;
    throw error;
  }
}
