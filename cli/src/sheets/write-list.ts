import { LedgerError } from '@carbon-ledger/core/errors';
import { writeCsv, writeLists, type ListSheet } from '@carbon-ledger/spreadsheets';

/** @throws LedgerError USAGE unless the file's ending says how a list is written */
export function assertListFile(file: string): void {
  if (!/\.(?:xlsx|csv)$/i.test(file))
    throw new LedgerError('USAGE', `${file}: write to a file that ends in .xlsx or .csv`);
}

/** XLSX with all lists, or CSV with the first, by the ending of the file. */
export function listBytes(file: string, lists: readonly ListSheet[]): Uint8Array {
  assertListFile(file);
  const [list] = lists;
  return /\.csv$/i.test(file) && list ? writeCsv([list.headers, ...list.rows]) : writeLists(lists);
}
