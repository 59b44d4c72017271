import { LedgerError, type InputRow, type Source } from '@carbon-ledger/core';
import type { Sheet, Workbook } from '../model';
import { assertNoSheetFaults, type SheetNote } from '../tables/fault';
import { matchHeader } from '../tables/header';
import type { Profile } from '../tables/locate';
import { readTable, type ReadRow } from '../tables/read';
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

/** Required columns that one row of a sheet names, and optional ones behind the point. */
function likeness(sheet: Sheet, table: TableSpec): number {
  const counts = sheet.rows.slice(0, 30).map(({ cells }) => {
    const named = table.columns.filter((column) =>
      [...cells.values()].some(({ text }) => matchHeader(text, column) !== 'none'),
    );
    return named.filter(({ required }) => required).length + named.length / 100;
  });
  return Math.max(0, ...counts);
}

function missingOf(sheet: Sheet, table: TableSpec): number {
  return table.columns.filter(({ required }) => required).length - Math.floor(likeness(sheet, table));
}

/** Which file it is: by its template, else by its headers; undefined where none of the three fits. */
export function sourceOf(workbook: Workbook): Source | undefined {
  const stamp = readStamp(workbook);
  if (stamp) return sourceOfKind[stamp.kind];
  const fits = (Object.keys(tables) as Source[]).flatMap((source) =>
    workbook.sheets.map((sheet) => ({
      source,
      missing: missingOf(sheet, tables[source]),
      likeness: likeness(sheet, tables[source]),
    })),
  );
  const best = fits.filter(({ missing }) => missing === 0).sort((one, other) => other.likeness - one.likeness)[0];
  return best?.source;
}

/** The time of a cancellation, where its cell tells one, beside its day: what is cancelled after the closing is of the next day's file. */
function withTime(values: ReadRow['values']): ReadRow['values'] {
  const [cancelledOn, cancelledAt] = values['cancelledOn']?.split(' ') ?? [];
  if (cancelledOn === undefined || cancelledAt === undefined) return values;
  return { ...values, cancelledOn, cancelledAt };
}

function toInput(source: Source, file: string, sheet: string, { number, values, cells, faults }: ReadRow): InputRow {
  const told = faults.map(({ code, cell, found, expected }) => ({ code, cell, found, expected }));
  return { source, file, sheet, row: number, values: withTime(values), cells, faults: told };
}

/**
 * Rows of an exchange file. A row with cells that cannot be taken comes with its faults; a file without the columns is refused.
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
  const visible = workbook.sheets.filter(({ hidden }) => !hidden);
  const sheet = [...visible].sort((one, other) => likeness(other, table) - likeness(one, table))[0];
  if (!sheet) throw new LedgerError('SHEET_UNREADABLE', `${file} has no sheet`);
  const stamped = readStamp(workbook)?.tables.get(table.id)?.headers ?? [];
  const options = { from1904: workbook.from1904, profile: profile[source] ?? {}, stamped };
  const { rows, faults, notes } = readTable(sheet, table, options);
  const ofRows = new Set(rows.flatMap((row) => row.faults));
  assertNoSheetFaults(
    faults.filter((fault) => !ofRows.has(fault)),
    file,
  );
  return { rows: rows.map((row) => toInput(source, file, sheet.name, row)), notes };
}
