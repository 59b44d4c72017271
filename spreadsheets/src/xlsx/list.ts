import { fittingColumns, sheetName, writeXlsx, type CellToWrite, type SheetToWrite } from './write';

/** A list with headers as a sheet. Texts are written as texts: no program runs a formula out of one. */
export interface ListSheet {
  readonly name: string;
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A list whose rows are made as they are asked for, each time anew. */
export interface LongList extends Omit<ListSheet, 'rows'> {
  readonly rows: Iterable<readonly string[]>;
}

/** Rows that say how wide columns are. */
const measured = 200;

function first(rows: Iterable<readonly string[]>, most: number): (readonly string[])[] {
  const found: (readonly string[])[] = [];
  for (const row of rows) {
    if (found.length === most) break;
    found.push(row);
  }
  return found;
}

function* cellsOf({ headers, rows }: LongList): Generator<readonly CellToWrite[]> {
  yield headers.map((text): CellToWrite => ({ text, look: 'header' }));
  for (const row of rows) yield row.map((text): CellToWrite => (text === '' ? undefined : { text, look: 'wrapped' }));
}

function listSheet(list: LongList): SheetToWrite {
  return {
    name: sheetName(list.name),
    rows: cellsOf(list),
    columns: fittingColumns([list.headers, ...first(list.rows, measured)], 'wrapped'),
    frozenRows: 1,
  };
}

/** Workbook of lists, one sheet each. */
export function writeLists(lists: readonly LongList[]): Uint8Array {
  return writeXlsx(lists.map(listSheet));
}
