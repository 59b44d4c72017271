import { catalogue, LedgerError, type ErrorCode, type Fault } from '@carbon-ledger/core';
import { cellName, placeName } from '../model';

/** One fault at one cell, as a clerk needs it: where, what stands there, what should, what to do. */
export interface SheetFault {
  readonly code: ErrorCode;
  readonly sheet: string;
  /** `B7`; empty where the whole sheet or file is meant. */
  readonly cell: string;
  /** From 1; 0 where the whole sheet is meant. */
  readonly row: number;
  /** Text of the cell as it lies in the file. */
  readonly found: string;
  readonly expected: string;
  readonly message: string;
}

export interface FaultPlace {
  readonly sheet: string;
  readonly row?: number;
  readonly column?: number;
}

/** Of what stands in a cell, enough to know it again: thousands of faults are told at once. */
const longestFound = 200;

export function sheetFault(
  code: ErrorCode,
  { sheet, row = 0, column = 0 }: FaultPlace,
  words: { readonly found?: string; readonly expected?: string; readonly message?: string },
): SheetFault {
  const { found: whole = '', expected = '', message = catalogue[code].en } = words;
  const found = whole.length > longestFound ? `${whole.slice(0, longestFound)}…` : whole;
  const cell = column === 0 ? (row === 0 ? '' : String(row)) : cellName(row, column);
  return { code, sheet, cell, row, found, expected, message };
}

/** The same as every other error of the project tells it: the place is its path. */
export function toFault({ code, sheet, cell, row, found, expected, message }: SheetFault): Fault {
  const path = cell === '' ? sheet : placeName(sheet, cell);
  return { path, code, message, details: { sheet, cell, row, found, expected } };
}

/** @throws LedgerError SHEET_FAULTS with every fault at its cell, or returns where there is none */
export function assertNoSheetFaults(faults: readonly SheetFault[], file: string): void {
  if (faults.length === 0) return;
  const count = faults.length === 1 ? '1 cell' : `${String(faults.length)} cells`;
  throw new LedgerError('SHEET_FAULTS', `${file}: ${count} cannot be taken`, { faults: faults.map(toFault) });
}

/** What people should know of a reading although nothing is wrong: hidden rows that were read, totals that were not. */
export interface SheetNote {
  readonly sheet: string;
  readonly row: number;
  readonly note:
    'hidden-row' | 'hidden-column' | 'hidden-sheet' | 'unread-sheet' | 'like-sheet' | 'total-row' | 'unknown-column';
  readonly text: string;
}
