import { isLedgerError, LedgerError } from '@carbon-ledger/core';
import { ExportCheck, type ExportCheckOptions } from './export-check';
import { damaged, readEnd, readEntry, readHeader, type ExportEntry } from './export-format';
import { readLines, type Line } from './lines';

export interface CheckOptions extends ExportCheckOptions {
  /** Called as transactions are done, with the number of records so far. */
  readonly onProgress?: ((records: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Checks a whole export: every line, the digest, every rule, the checkpoint. The answer's trees are open; whoever asked closes it.
 * @throws LedgerError EXPORT_DAMAGED with every fault and its place, FILE_UNREADABLE, UNSUPPORTED_VERSION, INTERRUPTED
 */
export async function checkExport(file: string, options: CheckOptions = {}): Promise<ExportCheck> {
  const reading = new Reading(options);
  try {
    for await (const line of readLines(file)) {
      if (options.signal?.aborted === true) throw new LedgerError('INTERRUPTED');
      await reading.take(line);
      if (!reading.isHopeful) break;
      options.onProgress?.(reading.records);
    }
    return reading.finish();
  } catch (error) {
    await reading.check?.close();
    throw withEarlier(error, reading.check);
  }
}

/** An export on its way through the check, line by line. */
class Reading {
  check: ExportCheck | undefined;
  readonly #options: ExportCheckOptions;
  #isEnded = false;

  constructor(options: ExportCheckOptions) {
    this.#options = options;
  }

  get isHopeful(): boolean {
    return this.check?.isHopeful !== false;
  }

  get records(): number {
    return this.check?.trees.records.size ?? 0;
  }

  async take(line: Line): Promise<void> {
    if (this.#isEnded) throw damaged(line.number, 'it stands behind the end');
    if (this.check === undefined) this.check = await ExportCheck.open(readHeader(line.bytes), this.#options);
    else this.#isEnded = await takeLine(this.check, line);
  }

  finish(): ExportCheck {
    const { check } = this;
    if (check === undefined) throw damaged(1, 'the file is empty');
    if (!this.#isEnded && check.isHopeful) throw damaged(check.trees.transactions.size + 2, 'the end is missing');
    check.finish();
    return check;
  }
}

/** True at the last line. */
async function takeLine(check: ExportCheck, line: Line): Promise<boolean> {
  const end = readEnd(line.bytes, line.number);
  if (end === undefined) {
    const { transaction, figures } = readLineEntry(line);
    await check.add(transaction, figures);
    return false;
  }
  if (end.digest !== line.digestBefore()) throw damaged(line.number, 'the lines before it have another digest');
  const { records, transactions } = check.trees;
  if (end.records !== records.size || end.transactions !== transactions.size)
    throw damaged(line.number, 'it counts other records or transactions than there are');
  return true;
}

function readLineEntry({ bytes, number }: Line): ExportEntry {
  try {
    return readEntry(bytes, number);
  } catch (error) {
    if (!isLedgerError(error) || error.code === 'EXPORT_DAMAGED') throw error;
    const path = `/lines/${String(number)}`;
    const { code, message } = error;
    const own = error.faults.length > 0 ? error.faults : [{ path: '', code, message }];
    const faults = own.map((fault) => ({ ...fault, path: path + fault.path }));
    throw new LedgerError('EXPORT_DAMAGED', `line ${String(number)}: ${message}`, { faults });
  }
}

/** Where reading ended at a broken line, what was found before it is told too. */
function withEarlier(error: unknown, check: ExportCheck | undefined): unknown {
  if (!isLedgerError(error) || error.code !== 'EXPORT_DAMAGED' || check === undefined) return error;
  const faults = [...new Set([...check.faults, ...error.faults])];
  return new LedgerError('EXPORT_DAMAGED', error.message, { faults, cause: error });
}

/** Transactions of an export that was checked, in order. */
export async function* readTransactions(file: string): AsyncGenerator<ExportEntry, void, undefined> {
  for await (const { bytes, number } of readLines(file))
    if (number > 1 && readEnd(bytes, number) === undefined) yield readEntry(bytes, number);
}
