/**
 * A workbook as it lies in the file: nothing converted, nothing rounded. `text` of a number is the text of the file
 * (`1.1000000000000001`), because a JavaScript number has already forgotten it.
 */
export interface Cell {
  readonly row: number;
  readonly column: number;
  readonly kind: 'number' | 'text' | 'boolean' | 'error';
  readonly text: string;
  /** Formula of the cell; `text` is then its saved value, empty where none was saved. */
  readonly formula?: string;
  /** How the cell is shown, as far as it changes what a number means. */
  readonly shownAs?: 'date' | 'percent';
}

export interface Row {
  /** From 1, as the program shows it. */
  readonly number: number;
  readonly hidden: boolean;
  /** By column, from 1; absent where empty. */
  readonly cells: ReadonlyMap<number, Cell>;
}

/** A rectangle of cells, both ends included. */
export interface CellRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** Rows that hold a cell, in order. */
  readonly rows: readonly Row[];
  readonly merges: readonly CellRange[];
  readonly hiddenColumns: readonly number[];
}

export interface Workbook {
  readonly format: 'xlsx' | 'csv';
  /** Of a CSV file: which encoding was found. */
  readonly encoding?: 'utf-8' | 'gb18030';
  /** Days are counted from 1904-01-01 instead of 1900 (workbooks of old Macintosh programs). */
  readonly from1904: boolean;
  readonly sheets: readonly Sheet[];
}

/** `28` → `AB`. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

export function cellName(row: number, column: number): string {
  return `${columnName(column)}${String(row)}`;
}

/** Sheet names with anything but letters, digits and `_` stand in quotes, as formulas write them. */
export function placeName(sheet: string, cell: string): string {
  const name = /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(sheet) ? sheet : `'${sheet.replaceAll("'", "''")}'`;
  return `${name}!${cell}`;
}

export const rowsOfSheet = 1_048_576;
export const columnsOfSheet = 16_384;

/** Number of letters from a place on, and the column that they name. */
function readLetters(text: string, from: number): { readonly end: number; readonly column: number } {
  let column = 0;
  let end = from;
  for (; end < text.length; end += 1) {
    const letter = text.charCodeAt(end) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return { end, column };
}

/** Reads `B7` or `$B$7`, letter by letter: a sheet of 100,000 rows asks this a million times. Undefined for what is no cell. */
export function parseCellName(text: string): { row: number; column: number } | undefined {
  const { end, column } = readLetters(text, text.startsWith('$') ? 1 : 0);
  const digits = text.slice(text.charAt(end) === '$' ? end + 1 : end);
  const row = Number(digits);
  const isRow = row >= 1 && row <= rowsOfSheet && String(row) === digits;
  return isRow && column >= 1 && column <= columnsOfSheet ? { row, column } : undefined;
}

/** Reads `A3:B4`, or one cell. */
export function parseRange(text: string): CellRange | undefined {
  const [first = '', last = first] = text.split(':');
  const from = parseCellName(first);
  const to = parseCellName(last);
  if (!from || !to) return undefined;
  return { top: from.row, left: from.column, bottom: to.row, right: to.column };
}
