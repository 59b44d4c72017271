import { LedgerError } from '@carbon-ledger/core';
import { boundsOfForms, type Bounds } from './bounds';
import { readCsv } from './csv/read';
import type { Workbook } from './model';
import { readXlsx } from './xlsx/read';
import { isOle, isZip, refusalOfOle } from './xlsx/unpack';

/** Largest file that is read: an exchange file of 100,000 rows comes to some 20 MB. */
const mostBytes = 128 * 1024 * 1024;

/**
 * Reads a workbook or a CSV file: which of both is told by its bytes, not by its name.
 * @param name of the sheet of a CSV file
 * @throws LedgerError SHEET_UNREADABLE, SHEET_PASSWORD, SHEET_MACROS, SHEET_TOO_LARGE
 */
export function readWorkbook(bytes: Uint8Array, name?: string, bounds: Bounds = boundsOfForms): Workbook {
  if (bytes.length > mostBytes) throw new LedgerError('SHEET_TOO_LARGE', `the file has ${String(bytes.length)} bytes`);
  if (bytes.length === 0) throw new LedgerError('SHEET_UNREADABLE', 'the file is empty');
  if (isOle(bytes)) throw refusalOfOle(bytes);
  return isZip(bytes) ? readXlsx(bytes, bounds) : readCsv(bytes, name, bounds);
}
