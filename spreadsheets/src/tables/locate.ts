import { conversionTold } from '@carbon-ledger/core';
import type { Cell, Sheet } from '../model';
import { symbolOf } from '../values/units';
import { ColumnIndex, isUnitOf, parseHeader, rowsSearched, unitOfHeader, type Profile } from './header';
import { sheetFault, type SheetFault, type SheetNote } from './fault';
import { headerOf, type ColumnSpec, type TableSpec } from './spec';

/** Where a template's hidden sheet says that headers stand now: the program moved these places along with the cells. */
export interface StampedHeader {
  readonly column: string;
  readonly row: number;
  readonly at: number;
}

export interface Located {
  readonly headerRow: number;
  /** Column of the sheet by column id. */
  readonly columns: ReadonlyMap<string, number>;
  readonly faults: readonly SheetFault[];
  readonly notes: readonly SheetNote[];
}

interface Hit {
  readonly id: string;
  readonly cell: Cell;
  readonly isOtherUnit: boolean;
}

function hitsOf(cells: Iterable<Cell>, table: TableSpec, profile: Profile): Hit[] {
  const index = new ColumnIndex(table, profile);
  return [...cells].flatMap((cell) => {
    const header = parseHeader(cell.text);
    const named = header === undefined ? [] : index.namedBy(header);
    return named.map(({ column, match }) => ({ id: column.id, cell, isOtherUnit: match === 'other-unit' }));
  });
}

/** The row in which most columns are named; the first of several. */
function headerRowOf(sheet: Sheet, table: TableSpec, profile: Profile): { row: number; hits: readonly Hit[] } {
  let best: { row: number; hits: readonly Hit[] } = { row: 0, hits: [] };
  for (const row of sheet.rows.slice(0, rowsSearched)) {
    const hits = hitsOf(row.cells.values(), table, profile);
    if (new Set(hits.map(({ id }) => id)).size > new Set(best.hits.map(({ id }) => id)).size)
      best = { row: row.number, hits };
  }
  return best;
}

function cellAt(sheet: Sheet, row: number, column: number): Cell | undefined {
  return sheet.rows.find(({ number }) => number === row)?.cells.get(column);
}

class Locating {
  readonly columns = new Map<string, number>();
  readonly faults: SheetFault[] = [];
  readonly notes: SheetNote[] = [];
  readonly #sheet: Sheet;
  readonly #taken = new Set<number>();

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
  }

  /** A header that names a column. */
  take({ id, cell, isOtherUnit }: Hit, column: ColumnSpec | undefined): void {
    if (!column) return;
    const { row, column: at, text: found } = cell;
    const place = { sheet: this.#sheet.name, row, column: at };
    if (this.columns.has(id)) {
      this.faults.push(sheetFault('COLUMN_TWICE', place, { found, expected: `one column ${headerOf(column)}` }));
      return;
    }
    if (isOtherUnit) this.faults.push(wrongUnit(place, found, column));
    this.columns.set(id, at);
    this.#taken.add(at);
  }

  /** A header that was renamed: the template still knows where it stands. */
  takeStamped({ row, at }: StampedHeader, column: ColumnSpec | undefined): void {
    if (!column || this.columns.has(column.id) || this.#taken.has(at)) return;
    const header = cellAt(this.#sheet, row, at)?.text ?? '';
    const unit = unitOfHeader(header);
    if (column.unit !== undefined && unit !== undefined && !isUnitOf(unit, column))
      this.faults.push(wrongUnit({ sheet: this.#sheet.name, row, column: at }, header, column));
    this.columns.set(column.id, at);
    this.#taken.add(at);
  }

  missing(column: ColumnSpec, row: number): void {
    if (!column.required || this.columns.has(column.id)) return;
    this.faults.push(sheetFault('COLUMN_MISSING', { sheet: this.#sheet.name, row }, { expected: headerOf(column) }));
  }

  unknown(row: number): void {
    const cells = this.#sheet.rows.find(({ number }) => number === row)?.cells.values() ?? [];
    for (const { column, text } of cells) {
      if (this.#taken.has(column)) continue;
      this.notes.push({ sheet: this.#sheet.name, row, note: 'unknown-column', text });
    }
  }
}

function wrongUnit(
  place: { sheet: string; row: number; column: number },
  found: string,
  column: ColumnSpec,
): SheetFault {
  const unit = unitOfHeader(found) ?? '';
  const conversion = conversionTold({ value: '1', unit: symbolOf(unit) }, column.unit ?? '');
  const how = conversion === undefined ? '' : `: 1 ${unit} is ${conversion.factor} ${column.unit ?? ''}`;
  const message = `the column is in ${unit}, not in ${column.unit ?? ''}${how}`;
  return sheetFault('WRONG_UNIT', place, { found, expected: headerOf(column), message });
}

/**
 * Finds the columns of a table in a sheet: by their headers, else by what a mapping profile names, else where the template's
 * hidden sheet has them. Tells every column that is missing, there twice, or in another unit.
 */
export function locate(
  sheet: Sheet,
  table: TableSpec,
  { profile = {}, stamped = [] }: { readonly profile?: Profile; readonly stamped?: readonly StampedHeader[] } = {},
): Located {
  const { row, hits } = headerRowOf(sheet, table, profile);
  const headerRow = stamped[0]?.row ?? row;
  const locating = new Locating(sheet);
  const columnOf = (id: string): ColumnSpec | undefined => table.columns.find((column) => column.id === id);
  for (const hit of hitsIn(sheet, headerRow, row, hits, table, profile)) locating.take(hit, columnOf(hit.id));
  for (const header of stamped) locating.takeStamped(header, columnOf(header.column));
  for (const column of table.columns) locating.missing(column, headerRow);
  locating.unknown(headerRow);
  const { columns, faults, notes } = locating;
  return { headerRow, columns, faults, notes };
}

/** Hits of the header row, which the template may know to be another than the one that looks most like it. */
function hitsIn(
  sheet: Sheet,
  headerRow: number,
  searched: number,
  hits: readonly Hit[],
  table: TableSpec,
  profile: Profile,
): readonly Hit[] {
  if (headerRow === searched) return hits;
  const cells = sheet.rows.find(({ number }) => number === headerRow)?.cells.values() ?? [];
  return hitsOf(cells, table, profile);
}
