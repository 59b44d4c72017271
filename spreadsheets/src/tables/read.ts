import { cellName, type Cell, type Row, type Sheet } from '../model';
import { isRefused, plainWidth } from '../values/reading';
import { ColumnReadings } from '../values/column-readings';
import { sheetFault, type SheetFault, type SheetNote } from './fault';
import type { Profile } from './header';
import { locate, type Located, type StampedHeader } from './locate';
import { MergedCells } from './merged';
import { headerOf, type ColumnSpec, type TableSpec } from './spec';

export interface ReadRow {
  /** From 1, as the program shows it. */
  readonly number: number;
  readonly hidden: boolean;
  /** By column id; absent where the cell is empty or cannot be taken. */
  readonly values: Readonly<Record<string, string>>;
  /** By column id, `B7`. */
  readonly cells: Readonly<Record<string, string>>;
  readonly faults: readonly SheetFault[];
}

export interface TableReading<Kept = ReadRow> {
  readonly table: string;
  readonly sheet: string;
  readonly rows: readonly Kept[];
  /** Every fault of headers and rows, in the order of the sheet. */
  readonly faults: readonly SheetFault[];
  readonly notes: readonly SheetNote[];
}

export interface ReadOptions {
  readonly from1904?: boolean;
  readonly profile?: Profile;
  readonly stamped?: readonly StampedHeader[];
}

/** Rows that add up the others. */
const totals = /^(?:合计|小计|总计|累计|total|sum)$/i;

/** What looks empty is empty: a cell of nothing but spaces, or whose formula gave an empty text. */
function filledCell(row: Row | undefined, at: number): Cell | undefined {
  const cell = row?.cells.get(at);
  const isBlank = cell?.kind === 'text' && plainWidth(cell.text) === '';
  return isBlank ? undefined : cell;
}

class TableReader {
  readonly #sheet: Sheet;
  readonly #table: TableSpec;
  readonly #columns: readonly (readonly [ColumnSpec, number, ColumnReadings])[];
  readonly #merged: MergedCells;
  readonly #rows: ReadonlyMap<number, Row>;

  constructor(sheet: Sheet, table: TableSpec, located: Located, from1904: boolean) {
    this.#sheet = sheet;
    this.#table = table;
    this.#columns = table.columns.flatMap((column) => {
      const at = located.columns.get(column.id);
      return at === undefined ? [] : [[column, at, new ColumnReadings(column, from1904)] as const];
    });
    this.#merged = new MergedCells(sheet);
    this.#rows = new Map(sheet.merges.length > 0 ? sheet.rows.map((row) => [row.number, row]) : []);
  }

  isTotal(row: Row): boolean {
    return totals.test(this.#firstFilled(row)?.text.replace(/\s/g, '') ?? '');
  }

  isEmpty(row: Row): boolean {
    return this.#firstFilled(row) === undefined;
  }

  #firstFilled(row: Row): Cell | undefined {
    for (const [, at] of this.#columns) {
      const cell = filledCell(row, at);
      if (cell !== undefined) return cell;
    }
    return undefined;
  }

  read(row: Row): ReadRow {
    const values: Record<string, string> = {};
    const cells: Record<string, string> = {};
    const faults: SheetFault[] = [];
    for (const [column, at, readings] of this.#columns) {
      const cell = filledCell(row, at) ?? this.#fromMerge(row.number, at, column, faults);
      if (cell === undefined) continue;
      cells[column.id] = cellName(cell.row, cell.column);
      const reading = readings.read(cell);
      if (isRefused(reading)) faults.push(this.#refusal(cell, column, reading));
      else values[column.id] = reading.value;
    }
    this.#findEmpty(row, cells, faults);
    return { number: row.number, hidden: row.hidden, values, cells, faults };
  }

  #place(row: number, column: number): { sheet: string; row: number; column: number } {
    return { sheet: this.#sheet.name, row, column };
  }

  #refusal(
    cell: Cell,
    column: ColumnSpec,
    { fault, message, expected }: { fault: SheetFault['code']; message: string; expected: string },
  ): SheetFault {
    const words = { found: cell.text, expected, message: `${headerOf(column)}: ${message}` };
    return sheetFault(fault, this.#place(cell.row, cell.column), words);
  }

  /** A word that is written once for several rows below each other stands for each of them; a number does not. */
  #fromMerge(row: number, at: number, column: ColumnSpec, faults: SheetFault[]): Cell | undefined {
    const range = this.#merged.covering(row, at);
    if (!range) return undefined;
    const cell = filledCell(this.#rows.get(range.top), range.left);
    if (cell === undefined) return undefined;
    if (range.left === at && column.rule.kind !== 'decimal') return cell;
    const words = { found: cell.text, expected: headerOf(column) };
    faults.push(sheetFault('CELL_MERGED', this.#place(row, at), words));
    return undefined;
  }

  #findEmpty(row: Row, cells: Readonly<Record<string, string>>, faults: SheetFault[]): void {
    for (const [column, at] of this.#columns) {
      if (!column.required || cells[column.id] !== undefined) continue;
      const place = this.#place(row.number, at);
      const cell = cellName(row.number, at);
      if (faults.some((fault) => fault.cell === cell)) continue;
      const message = `${headerOf(column)}: the cell is empty, but a value is asked for`;
      faults.push(sheetFault('CELL_EMPTY', place, { expected: headerOf(column), message }));
    }
  }

  /** Two rows about the same thing, each of which was read. */
  twice(rows: readonly ReadRow[]): SheetFault[] {
    const { key, columns } = this.#table;
    if (!key) return [];
    const asked = columns.filter(({ id, required }) => required && key.includes(id));
    const seen = new Map<string, ReadRow>();
    return rows.flatMap((row) => {
      const { number, values } = row;
      if (asked.some(({ id }) => values[id] === undefined)) return [];
      const identity = JSON.stringify(key.map((id) => values[id] ?? ''));
      const before = seen.get(identity);
      if (before === undefined) {
        seen.set(identity, row);
        return [];
      }
      const found = key.flatMap((id) => values[id] ?? []).join(' · ');
      const message = `row ${String(number)} is about the same as row ${String(before.number)}: ${found}`;
      const at = this.#columns.find(([column]) => column.id === key[0])?.[1] ?? 1;
      const words = { found, expected: `one row (see ${before.cells[key[0] ?? ''] ?? ''})`, message };
      return [sheetFault('ROW_TWICE', this.#place(number, at), words)];
    });
  }
}

function hiddenNotes(sheet: Sheet, located: Located): SheetNote[] {
  const notes: SheetNote[] = [];
  if (sheet.hidden) notes.push({ sheet: sheet.name, row: 0, note: 'hidden-sheet', text: sheet.name });
  const used = new Set(located.columns.values());
  for (const column of sheet.hiddenColumns.filter((one) => used.has(one)))
    notes.push({ sheet: sheet.name, row: 0, note: 'hidden-column', text: cellName(1, column).replace('1', '') });
  return notes;
}

function rowNote(sheet: Sheet, { number, hidden }: Row, isTotal: boolean): SheetNote[] {
  if (isTotal) return [{ sheet: sheet.name, row: number, note: 'total-row', text: '' }];
  return hidden ? [{ sheet: sheet.name, row: number, note: 'hidden-row', text: String(number) }] : [];
}

function readEach<Kept>(
  sheet: Sheet,
  located: Located,
  reader: TableReader,
  keep: (row: ReadRow) => Kept,
): Pick<TableReading<Kept>, 'rows' | 'notes'> {
  const rows: Kept[] = [];
  const notes: SheetNote[] = [];
  for (const row of sheet.rows) {
    if (row.number <= located.headerRow || reader.isEmpty(row)) continue;
    const isTotal = reader.isTotal(row);
    notes.push(...rowNote(sheet, row, isTotal));
    if (!isTotal) rows.push(keep(reader.read(row)));
  }
  return { rows, notes: [...located.notes, ...notes, ...hiddenNotes(sheet, located)] };
}

/**
 * Reads the rows of a table out of a sheet, strictly in value: nothing is rounded, nothing guessed, and every cell that cannot
 * be taken is told with what was expected there. Rows of totals are left out and told.
 */
export function readTable(sheet: Sheet, table: TableSpec, options: ReadOptions = {}): TableReading {
  const located = locate(sheet, table, options);
  const reader = new TableReader(sheet, table, located, options.from1904 === true);
  const { rows, notes } = readEach(sheet, located, reader, (row) => row);
  const faults = [...located.faults, ...rows.flatMap((row) => row.faults), ...reader.twice(rows)];
  return { table: table.id, sheet: sheet.name, rows, faults, notes };
}

/**
 * The same of a table of very many rows, which may repeat each other: of each, what is kept of it stays as it is read. Faults are those of
 * headers; each row has its own.
 */
export function readRows<Kept>(
  sheet: Sheet,
  table: TableSpec,
  options: ReadOptions,
  keep: (row: ReadRow) => Kept,
): TableReading<Kept> {
  const located = locate(sheet, table, options);
  const reader = new TableReader(sheet, table, located, options.from1904 === true);
  return {
    table: table.id,
    sheet: sheet.name,
    faults: located.faults,
    ...readEach(sheet, located, reader, keep),
  };
}
