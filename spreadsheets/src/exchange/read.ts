import { LedgerError, type InputRow, type Source } from '@carbon-ledger/core';
import type { Sheet, Workbook } from '../model';
import { assertNoSheetFaults, type SheetNote } from '../tables/fault';
import { ColumnIndex, firstHeaders, type Header, type Profile } from '../tables/header';
import { readRows, type ReadRow } from '../tables/read';
import type { TableSpec } from '../tables/spec';
import { applicationTable, bookingTable, cancellationTable } from '../templates/exchange-forms';
import { readStamp } from '../templates/stamp';

const tables: Readonly<Record<Source, TableSpec>> = {
  cancellations: cancellationTable,
  bookings: bookingTable,
  applications: applicationTable,
};

const sourceOfKind: Readonly<Record<string, Source>> = {
  'ccer-cancellations': 'cancellations',
  'allowance-bookings': 'bookings',
  'offset-forms': 'applications',
};

/** Headers of columns under which a registry writes its file, by source and column id. */
export type ExchangeProfile = Readonly<Partial<Record<Source, Profile>>>;

/** Ids of the columns of a file, for profiles. */
export function exchangeColumns(source: Source): readonly string[] {
  return tables[source].columns.map(({ id }) => id);
}

/** How like a sheet is to a table: by the row that names most of its columns. */
interface Likeness {
  /** Required columns that one row names, and optional ones behind the point. */
  readonly like: number;
  /** Required columns that it does not name. */
  readonly missing: number;
}

function likeness(rows: readonly (readonly Header[])[], table: TableSpec, profile: Profile): Likeness {
  const index = new ColumnIndex(table, profile);
  const required = table.columns.filter((column) => column.required);
  const counts = rows.map((headers) => {
    const ids = index.idsIn(headers);
    return required.filter(({ id }) => ids.has(id)).length + ids.size / 100;
  });
  const like = Math.max(0, ...counts);
  return { like, missing: required.length - Math.floor(like) };
}

/** Every sheet that has all columns which are asked for, hidden ones too; where none has, the one that has most of them. */
function sheetsOf({ sheets }: Workbook, table: TableSpec, profile: Profile): readonly Sheet[] {
  const likely = sheets.map((sheet) => ({ sheet, ...likeness(firstHeaders(sheet), table, profile) }));
  const whole = likely.filter(({ missing }) => missing === 0);
  const visible = likely.filter(({ sheet }) => !sheet.hidden).sort((one, other) => other.like - one.like);
  return (whole.length > 0 ? whole : visible.slice(0, 1)).map(({ sheet }) => sheet);
}

/** Rows that nobody looked at are told of, whatever they are. */
function unreadNotes({ sheets }: Workbook, read: readonly Sheet[]): SheetNote[] {
  return sheets
    .filter((sheet) => !sheet.hidden && !read.includes(sheet) && sheet.rows.length > 0)
    .map(({ name }) => ({ sheet: name, row: 0, note: 'unread-sheet', text: name }));
}

/** Which file it is: by its template, else by its headers; undefined where none of the three fits. */
export function sourceOf(workbook: Workbook, profile: ExchangeProfile = {}): Source | undefined {
  const stamp = readStamp(workbook);
  if (stamp) return sourceOfKind[stamp.kind];
  const sources = Object.keys(tables) as Source[];
  const fits = workbook.sheets.flatMap((sheet) => {
    const headers = firstHeaders(sheet);
    return sources.map((source) => ({ source, ...likeness(headers, tables[source], profile[source] ?? {}) }));
  });
  const order = (source: Source): number => sources.indexOf(source);
  const best = fits
    .filter(({ missing }) => missing === 0)
    .sort((one, other) => other.like - one.like || order(one.source) - order(other.source))[0];
  return best?.source;
}

/** The time of a cancellation, where its cell tells one, beside its day: what is cancelled after the closing is of the next day's file. */
function withTime(values: ReadRow['values']): ReadRow['values'] {
  const [cancelledOn, cancelledAt] = values['cancelledOn']?.split(' ') ?? [];
  if (cancelledOn === undefined || cancelledAt === undefined) return values;
  return { ...values, cancelledOn, cancelledAt };
}

const lettersOf = (cell: string): string => cell.replace(/[0-9]+$/, '');

/** Letters of the columns of a table, as its rows name them; what stands in another row than its own (merged cells) is no letter of it. */
class ColumnLetters {
  readonly letters: Record<string, string> = {};

  /** Whether all cells of a row are those that its number and the letters give. */
  covers({ number, cells }: ReadRow): boolean {
    const row = String(number);
    return Object.entries(cells).every(([id, cell]) => {
      const letters = this.letters[id] ?? lettersOf(cell);
      this.letters[id] = letters;
      return cell === letters + row;
    });
  }
}

const noFaults: InputRow['faults'] = [];

function toInput(place: Pick<InputRow, 'source' | 'file' | 'sheet'>, row: ReadRow, columns: ColumnLetters): InputRow {
  const { number, values, cells, faults } = row;
  return {
    ...place,
    row: number,
    values: withTime(values),
    columns: columns.letters,
    ...(columns.covers(row) ? {} : { merged: cells }),
    faults:
      faults.length === 0
        ? noFaults
        : faults.map(({ code, cell, found, expected }) => ({ code, cell, found, expected })),
  };
}

/**
 * Rows of an exchange file, of all sheets that have its columns. A row with cells that cannot be taken comes with its faults; a file without the columns is refused.
 * @param file its name, as the report tells it
 * @throws LedgerError SHEET_FAULTS for headers that are missing, there twice or in another unit, SHEET_UNREADABLE
 */
export function readExchange(
  workbook: Workbook,
  source: Source,
  file: string,
  profile: ExchangeProfile = {},
): { readonly rows: readonly InputRow[]; readonly notes: readonly SheetNote[] } {
  const table = tables[source];
  const own = profile[source] ?? {};
  const sheets = sheetsOf(workbook, table, own);
  if (sheets.length === 0) throw new LedgerError('SHEET_UNREADABLE', `${file} has no sheet`);
  const stamp = readStamp(workbook)?.tables.get(table.id);
  const read = sheets.map((sheet) => {
    const isStamped = sheets.length === 1 || sheet.name === stamp?.sheet;
    const options = { from1904: workbook.from1904, profile: own, stamped: isStamped ? (stamp?.headers ?? []) : [] };
    const columns = new ColumnLetters();
    return readRows(sheet, table, options, (row) => toInput({ source, file, sheet: sheet.name }, row, columns));
  });
  assertNoSheetFaults(
    read.flatMap(({ faults }) => faults),
    file,
  );
  return {
    rows: read.flatMap(({ rows }) => rows),
    notes: [...read.flatMap(({ notes }) => notes), ...unreadNotes(workbook, sheets)],
  };
}
