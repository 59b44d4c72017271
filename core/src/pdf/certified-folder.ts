import { LedgerError, type Fault } from '../errors';

/** Most records of one certificate: as many receipts as its readers take. */
export const MAX_CERTIFIED = 500;

/** A file of a folder, as the list of a certificate has it. */
interface ListedFile {
  /** Below the folder, with slashes. */
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  readonly sm3: string;
  /** The record that names it. */
  readonly record: string;
}

/** A file of a folder with what the ledger answered about it. */
export interface LookedUpFile extends Omit<ListedFile, 'record'> {
  readonly verdict: string;
  readonly verdictZh: string;
  readonly reason: string;
  readonly record?: string | undefined;
  readonly anchoredAt?: string | undefined;
}

/** What a certificate says of a folder, and the records whose receipts it holds. */
export interface CertifiedFolder {
  readonly folder: { readonly name: string; readonly files: readonly ListedFile[] };
  readonly records: readonly string[];
  /** By record. */
  readonly anchoredAt: Readonly<Record<string, string>>;
}

/** Bytes decide the order, so that one folder has one list everywhere. */
function byPath(one: { readonly path: string }, other: { readonly path: string }): number {
  return one.path < other.path ? -1 : Number(one.path > other.path);
}

/** Verdicts on a file that is, bit for bit, the one that a record names. */
const same: ReadonlySet<string> = new Set(['consistent', 'no-longer-stands', 'questioned']);

/** All files at once: whoever anchors what is missing does it once. */
function faultsOf(files: readonly LookedUpFile[]): Fault[] {
  const isBad = ({ record, verdict }: LookedUpFile): boolean => record === undefined || !same.has(verdict);
  return files.filter(isBad).map(({ path, verdict, verdictZh, reason }) => ({
    ...{ path, code: 'BAD_FILE' },
    message: `${verdictZh} ${verdict}: ${reason}`,
  }));
}

/**
 * One certificate for a folder: every file must be anchored as it is.
 * @throws LedgerError BAD_FILE naming every file that is not, FILE_UNREADABLE for an empty folder, BAD_REQUEST for more records than one
 * certificate holds
 */
export function certifiedFolder(name: string, files: readonly LookedUpFile[]): CertifiedFolder {
  if (files.length === 0) throw new LedgerError('FILE_UNREADABLE', `${name} holds no file`);
  const faults = faultsOf(files);
  if (faults.length > 0)
    throw new LedgerError(
      'BAD_FILE',
      `${String(faults.length)} of ${String(files.length)} files are not anchored as they are`,
      { faults },
    );
  const listed = files.map(({ path, size, sha256, sm3, record = '' }) => ({ path, size, sha256, sm3, record }));
  const records = [...new Set(listed.map(({ record }) => record))].sort();
  if (records.length > MAX_CERTIFIED)
    throw new LedgerError(
      'BAD_REQUEST',
      `${name} needs ${String(records.length)} receipts and one certificate holds ${String(MAX_CERTIFIED)}: make one for each folder below it.`,
    );
  const times = files.flatMap(({ record, anchoredAt }) =>
    record && anchoredAt ? [[record, anchoredAt] as const] : [],
  );
  return { folder: { name, files: listed.sort(byPath) }, records, anchoredAt: Object.fromEntries(times) };
}
