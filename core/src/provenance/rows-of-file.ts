import type { RecordStatus } from '../rulebook';

/** A record that names a file, as whoever compares the file asks of it. */
export interface NamingRecord {
  /** Business key. */
  readonly key: string;
  /** USCC of who signed it. */
  readonly issuer: string;
  readonly status: RecordStatus;
  /** Role of the file among its documents. */
  readonly role: string;
}

export interface RowsOfFile<One> {
  /** Of each key one: the first that is given. */
  readonly rows: readonly One[];
  /** Those that do not stand, where the file is made of rows; else none. */
  readonly ended: readonly One[];
}

/**
 * The records of one party that name one file, as the rows of a workbook do: one that does not stand is enough for the file not to
 * say what stands. A report that was withdrawn under one key and filed under another is no such file.
 * @param exact the record that is told first
 * @param all every record that names the file, those that stand first
 */
export function rowsOfFile<One>(exact: One, all: readonly One[], naming: (one: One) => NamingRecord): RowsOfFile<One> {
  const { issuer, role } = naming(exact);
  const own = all.filter((one) => naming(one).issuer === issuer);
  const rows = [...new Map([...own].reverse().map((one) => [naming(one).key, one])).values()].reverse();
  const ended = rows.filter((one) => naming(one).status !== 'current');
  const isOfRows = role === 'workbook' || rows.length - ended.length > 1;
  return { rows, ended: isOfRows ? ended : [] };
}
