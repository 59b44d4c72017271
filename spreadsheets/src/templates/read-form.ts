import { LedgerError } from '@carbon-ledger/core';
import type { Sheet, Workbook } from '../model';
import { sheetFault, type SheetFault, type SheetNote } from '../tables/fault';
import { readTable, type ReadRow, type TableReading } from '../tables/read';
import type { TableSpec } from '../tables/spec';
import { headerOf } from '../tables/spec';
import { ColumnIndex, firstHeaders, type Profile } from '../tables/header';
import type { Stamp } from './stamp';
import type { TemplateSpec } from './spec';

/** A filled form. With faults, its rows are what could be read, and nothing may be filed of it. */
export interface FormReading {
  readonly tables: Readonly<Record<string, readonly ReadRow[]>>;
  /** Name of the sheet of each table. */
  readonly sheets: Readonly<Record<string, string>>;
  readonly faults: readonly SheetFault[];
  readonly notes: readonly SheetNote[];
}

function headersFound(sheet: Sheet, table: TableSpec): number {
  const index = new ColumnIndex(table);
  const rows = firstHeaders(sheet).map((headers) => index.idsIn(headers).size);
  return Math.max(0, ...rows);
}

/** Sheets that have every column that a table must have, beside the one that is read. */
function likeSheets(workbook: Workbook, table: TableSpec, read: Sheet, taken: ReadonlySet<string>): Sheet[] {
  const must = { ...table, columns: table.columns.filter(({ required }) => required) };
  return workbook.sheets.filter(
    (sheet) =>
      sheet !== read && !taken.has(sheet.name) && !sheet.hidden && headersFound(sheet, must) === must.columns.length,
  );
}

/** Of sheets that are alike, the one that is called as the form calls it is meant; of others, none can be told. */
function tellLike(reading: TableReading, like: readonly Sheet[], table: TableSpec, isNamed: boolean): TableReading {
  const notes = like.map(({ name }): SheetNote => ({ sheet: name, row: 0, note: 'like-sheet', text: name }));
  if (isNamed || like.length === 0) return { ...reading, notes: [...reading.notes, ...notes] };
  const names = [reading.sheet, ...like.map(({ name }) => name)].join(', ');
  const message = `which sheet is ${table.title.zh} cannot be told of these: ${names}`;
  const words = { found: names, expected: `all rows on one sheet, called ${table.title.zh}`, message };
  return { ...reading, faults: [...reading.faults, sheetFault('SHEET_MISSING', { sheet: reading.sheet }, words)] };
}

/** The sheet that a table is called, by the stamp or by the form. */
function namedSheet({ sheets }: Workbook, table: TableSpec, stamp: Stamp | undefined): Sheet | undefined {
  const stamped = stamp?.tables.get(table.id)?.sheet;
  return sheets.find(({ name }) => name === stamped) ?? sheets.find(({ name }) => name === table.title.zh);
}

/**
 * The sheet of each table: by the stamp, by its name, or the one that has most of its headers. No sheet is that of two tables, although
 * one may have the columns of both: of a sheet of units, the plant would be read once more.
 */
function sheetsOf(workbook: Workbook, tables: readonly TableSpec[], stamp: Stamp | undefined): Map<TableSpec, Sheet> {
  const found = new Map<TableSpec, Sheet>();
  for (const table of tables) {
    const named = namedSheet(workbook, table, stamp);
    if (named) found.set(table, named);
  }
  const like = tables.flatMap((table) =>
    workbook.sheets.map((sheet) => ({ table, sheet, headers: headersFound(sheet, table) })),
  );
  const taken = new Set(found.values());
  for (const { table, sheet, headers } of like.sort((one, other) => other.headers - one.headers)) {
    if (found.has(table) || taken.has(sheet) || headers < Math.min(2, table.columns.length)) continue;
    found.set(table, sheet);
    taken.add(sheet);
  }
  return found;
}

interface Reading {
  readonly workbook: Workbook;
  readonly stamp: Stamp | undefined;
  readonly profile: Profile;
  readonly sheets: ReadonlyMap<TableSpec, Sheet>;
}

function readOne({ workbook, stamp, profile, sheets }: Reading, table: TableSpec): TableReading | undefined {
  const sheet = sheets.get(table);
  if (!sheet) return undefined;
  const stamped = stamp?.tables.get(table.id)?.headers ?? [];
  const reading = readTable(sheet, table, { from1904: workbook.from1904, stamped, profile });
  const taken = new Set([...sheets.values()].map(({ name }) => name));
  const isNamed = namedSheet(workbook, table, stamp) !== undefined;
  return tellLike(reading, likeSheets(workbook, table, sheet, taken), table, isNamed);
}

function absent(table: TableSpec): SheetFault {
  const expected = table.columns.filter(({ required }) => required).map(headerOf);
  const message = `no sheet has the columns of ${table.title.zh} ${table.title.en}`;
  return sheetFault('SHEET_MISSING', { sheet: table.title.zh }, { expected: expected.join(', '), message });
}

/** A table that must have rows and has none. */
function emptiness(table: TableSpec, reading: TableReading): SheetFault[] {
  if (table.optional === true || reading.rows.length > 0 || reading.faults.length > 0) return [];
  const message = `there is no row below the headers of ${table.title.zh}`;
  return [sheetFault('CELL_EMPTY', { sheet: reading.sheet }, { expected: 'at least one row', message })];
}

/** Reads every table of a form out of a workbook, and tells all faults of all of them. */
export function readForm(
  workbook: Workbook,
  template: TemplateSpec,
  { stamp, profile = {} }: { readonly stamp?: Stamp | undefined; readonly profile?: Profile } = {},
): FormReading {
  assertForm(template, stamp);
  const tables: Record<string, readonly ReadRow[]> = {};
  const sheets: Record<string, string> = {};
  const faults: SheetFault[] = [];
  const notes: SheetNote[] = [];
  const own = { workbook, stamp, profile, sheets: sheetsOf(workbook, template.tables, stamp) };
  for (const table of template.tables) {
    const reading = readOne(own, table);
    if (!reading) {
      if (table.optional !== true) faults.push(absent(table));
      continue;
    }
    tables[table.id] = reading.rows;
    sheets[table.id] = reading.sheet;
    faults.push(...reading.faults, ...emptiness(table, reading));
    notes.push(...reading.notes);
  }
  return { tables, sheets, faults, notes };
}

function assertForm({ kind, version }: TemplateSpec, stamp: Stamp | undefined): void {
  if (stamp === undefined || (stamp.kind === kind && stamp.version <= version)) return;
  const found = `${stamp.kind}, version ${String(stamp.version)}`;
  throw new LedgerError(
    'TEMPLATE_UNKNOWN',
    `the workbook is the form ${found}; expected is ${kind}, at most version ${String(version)}`,
  );
}
