import { fittingColumns, sheetName, writeXlsx, type CellToWrite, type SheetToWrite } from './write';

/** A list with headers as a sheet. Texts are written as texts: no program runs a formula out of one. */
export interface ListSheet {
  readonly name: string;
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function listSheet({ name, headers, rows }: ListSheet): SheetToWrite {
  const header = headers.map((text): CellToWrite => ({ text, look: 'header' }));
  const cells = rows.map((row) =>
    row.map((text): CellToWrite => (text === '' ? undefined : { text, look: 'wrapped' })),
  );
  return {
    name: sheetName(name),
    rows: [header, ...cells],
    columns: fittingColumns([headers, ...rows], 'wrapped'),
    frozenRows: 1,
  };
}

/** Workbook of lists, one sheet each. */
export function writeLists(lists: readonly ListSheet[]): Uint8Array {
  return writeXlsx(lists.map(listSheet));
}
