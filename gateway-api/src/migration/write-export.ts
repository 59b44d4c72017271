import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { LedgerError, parseEarlierTransaction } from '@carbon-ledger/core';
import { ExportCheck, type ExportCheckOptions } from './export-check';
import { formatLine, formatTransaction, type ExportedTransaction, type ExportHeader } from './export-format';

export interface ExportSummary {
  readonly records: number;
  readonly transactions: number;
  readonly digest: string;
}

export interface WriteOptions extends Pick<ExportCheckOptions, 'books'> {
  /** Called as transactions are written, with the number of records so far. */
  readonly onProgress?: ((records: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes an export and checks it on the way; only one that holds in every point gets its name.
 * @throws LedgerError EXPORT_DAMAGED with every fault and its place, FILE_UNREADABLE, INTERRUPTED
 */
export async function writeExport(
  file: string,
  header: ExportHeader,
  transactions: AsyncIterable<ExportedTransaction>,
  options: WriteOptions = {},
): Promise<ExportSummary> {
  const beside = `${file}.${String(process.pid)}.tmp`;
  const check = await ExportCheck.open(header, { books: options.books });
  const output = new Output(beside);
  try {
    await output.write(formatLine(header));
    for await (const transaction of transactions) {
      if (options.signal?.aborted === true) throw new LedgerError('INTERRUPTED');
      const { figures, ...own } = transaction;
      await check.add(parseEarlierTransaction(own), figures);
      await output.write(formatTransaction(transaction));
      if (!check.isHopeful) break;
      options.onProgress?.(check.trees.records.size);
    }
    check.finish();
    const { records, transactions: counted } = check.trees;
    const end = { digest: output.digest, records: records.size, transactions: counted.size };
    await output.end(formatLine(end));
    await rename(beside, file);
    return end;
  } finally {
    output.close();
    await check.close();
    await rm(beside, { force: true });
  }
}

/** A file under way, with the digest of what was written. */
class Output {
  readonly #hash = createHash('sha256');
  readonly #stream: ReturnType<typeof createWriteStream>;
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
    // Exports hold private figures: for their owner alone.
    this.#stream = createWriteStream(file, { mode: 0o600, flush: true });
    // Told by whoever writes next or ends.
    this.#stream.on('error', () => undefined);
  }

  get digest(): string {
    return `sha256:${this.#hash.copy().digest('hex')}`;
  }

  async write(text: string): Promise<void> {
    this.#hash.update(text);
    await this.#guarded(async () => {
      if (!this.#stream.write(text)) await once(this.#stream, 'drain');
    });
  }

  async end(text: string): Promise<void> {
    await this.#guarded(async () => {
      this.#stream.end(text);
      await finished(this.#stream);
    });
  }

  /** Gives the file up if it is not ended. */
  close(): void {
    this.#stream.destroy();
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      if (this.#stream.errored !== null) throw this.#stream.errored;
      await work();
    } catch (cause) {
      throw new LedgerError('FILE_UNREADABLE', `${this.#file} cannot be written`, { cause });
    }
  }
}
