import { boundsOfForms, Tally, type Bounds } from '../bounds';
import type { Workbook } from '../model';
import { readSharedStrings, readStyles, readWorkbookParts } from './parts';
import { Package } from './unpack';
import { readWorksheet } from './worksheet';

/**
 * Reads a workbook of Excel, WPS or LibreOffice (ECMA-376), every sheet of cells, as it lies in the file.
 * @throws LedgerError SHEET_UNREADABLE, SHEET_TOO_LARGE, SHEET_MACROS
 */
export function readXlsx(bytes: Uint8Array, bounds: Bounds = boundsOfForms): Workbook {
  const parts = new Package(bytes, new Tally(bounds));
  const { sheets, from1904, sharedStrings, styles } = readWorkbookParts(parts);
  const shared = { strings: readSharedStrings(parts, sharedStrings), styles: readStyles(parts, styles) };
  return { format: 'xlsx', from1904, sheets: sheets.map((sheet) => readWorksheet(parts, sheet, shared)) };
}
