import { mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import {
  headBefore,
  nextLine,
  parseLine,
  readFileName,
  readFiles,
  readHead,
  REMOVED_FILE,
  type PrivateRead,
  type ReadHead,
  type ReadLine,
} from '@carbon-ledger/auditor/stored';

/** A file is closed beyond this size; a page of it is read at once. */
const FILE_BYTES = 4 * 1024 * 1024;
const YEAR_MS = 366 * 86_400_000;
const SYNC_MS = 1_000;
const MOST_RECORDS = 200;

export interface ReadLogOptions {
  readonly folder: string;
  /** Where the head is kept apart, so that a log which was cut is known. */
  readonly headFile: string;
  /** Whole years that lines are kept; undefined keeps them for ever. */
  readonly years: number | undefined;
  readonly clock: () => Date;
  readonly schedule: (task: () => void, ms: number) => () => void;
  readonly logger: Pick<Logger, 'error'>;
  /** Default 4 MiB. */
  readonly fileBytes?: number | undefined;
}

/**
 * Who looked at private figures, in append-only files whose lines are chained by hash. A line is written before its answer
 * leaves, and synced within a second: what a crash of the machine takes is at most that second. The head is written apart
 * once its line is synced: it never names what the log has lost by itself. Figures are never in it.
 */
export class ReadLog {
  readonly #options: ReadLogOptions;
  #file: FileHandle | undefined;
  #size = 0;
  #head: ReadHead;
  #writing: Promise<void> = Promise.resolve();
  #cancel: (() => void) | undefined;

  private constructor(options: ReadLogOptions, head: ReadHead, size: number) {
    this.#options = options;
    this.#head = head;
    this.#size = size;
  }

  /** A line that a crash tore off is cut. @throws LedgerError STORE_CORRUPT */
  static open(options: ReadLogOptions): ReadLog {
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    const { head, size } = lastOf(options.folder);
    const log = new ReadLog(options, head, size);
    const kept = readHead(options.headFile);
    if (kept !== undefined && kept.n > head.n)
      options.logger.error({ kept: kept.n, found: head.n }, 'the log of reads was cut');
    log.#removeOld();
    return log;
  }

  /** Resolves once it is written; many records become several lines. */
  append(read: PrivateRead): Promise<void> {
    const written = this.#writing.then(() => this.#write(read));
    this.#writing = written.catch(() => undefined);
    return written;
  }

  /** Everything is synced once this resolves. */
  async close(): Promise<void> {
    this.#cancel?.();
    await this.#writing;
    await this.#sync();
    await this.#file?.close();
  }

  /**
   * Lines of one file, the newest first, and where to go on.
   * @param before the number of the line before which to look; the newest without it
   */
  page(before: number | undefined, isWanted: (text: string) => boolean): { lines: ReadLine[]; next?: number } {
    const files = readFiles(this.#options.folder);
    const at = files.findLastIndex(({ first }) => before === undefined || first < before);
    const file = files[at];
    if (file === undefined) return { lines: [] };
    const texts = readFileSync(join(this.#options.folder, file.name), 'utf8').split('\n');
    const found = texts.filter(isWanted).flatMap((text) => parseLine(text) ?? []);
    const lines = found.filter(({ n }) => before === undefined || n < before).reverse();
    return at === 0 ? { lines } : { lines, next: file.first };
  }

  async #write({ records, ...read }: PrivateRead): Promise<void> {
    let text = '';
    let head = this.#head;
    const first = head.n + 1;
    for (let from = 0; from < records.length; from += MOST_RECORDS) {
      head = nextLine({ ...read, records: records.slice(from, from + MOST_RECORDS) }, head);
      text += `${JSON.stringify(head)}\n`;
    }
    const file = await this.#current(first);
    await file.write(text);
    this.#head = { n: head.n, hash: head.hash };
    this.#size += Buffer.byteLength(text);
    this.#cancel ??= this.#options.schedule(() => {
      this.#cancel = undefined;
      this.#writing = this.#writing
        .then(() => this.#sync())
        .catch((error: unknown) => {
          this.#options.logger.error({ err: error }, 'the log of reads cannot be synced');
        });
    }, SYNC_MS);
  }

  /** The file that is written to; another one where that is full. */
  async #current(first: number): Promise<FileHandle> {
    const { folder, fileBytes = FILE_BYTES } = this.#options;
    const isFull = this.#size >= fileBytes;
    if (this.#file !== undefined && !isFull) return this.#file;
    if (isFull && this.#file !== undefined) {
      await this.#sync();
      await this.#file.close();
      this.#removeOld();
    }
    const last = readFiles(folder).at(-1);
    const name = isFull || last === undefined ? readFileName(first) : last.name;
    if (isFull) this.#size = 0;
    this.#file = await open(join(folder, name), 'a', 0o600);
    return this.#file;
  }

  async #sync(): Promise<void> {
    await this.#file?.datasync();
    if (this.#head.n > 0) writeHead(this.#options.headFile, this.#head);
  }

  /** Whole files whose last line is old enough go; where the chain begins then is written down before. */
  #removeOld(): void {
    const { folder, years, clock } = this.#options;
    if (years === undefined) return;
    const until = new Date(clock().getTime() - years * YEAR_MS).toISOString();
    const files = readFiles(folder);
    for (const { name } of files.slice(0, -1)) {
      const last = lastLine(join(folder, name));
      if (last === undefined || last.at >= until) return;
      writeHead(join(folder, REMOVED_FILE), last);
      rmSync(join(folder, name));
    }
  }
}

function writeHead(file: string, { n, hash }: ReadHead): void {
  writeFileSync(`${file}.new`, `${JSON.stringify({ n, hash })}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

function lastLine(file: string): ReadLine | undefined {
  return parseLine(readFileSync(file, 'utf8').trimEnd().split('\n').at(-1) ?? '');
}

/** Where a log stands; a line without an end was never answered for. */
function lastOf(folder: string): { head: ReadHead; size: number } {
  const files = readFiles(folder).map(({ name }) => join(folder, name));
  const newest = files.at(-1);
  if (newest === undefined) return { head: headBefore(folder), size: 0 };
  const text = readFileSync(newest);
  const size = text.lastIndexOf(0x0a) + 1;
  if (size < text.length) truncateSync(newest, size);
  const line = files.reverse().reduce<ReadLine | undefined>((found, file) => found ?? lastLine(file), undefined);
  return { head: line ?? headBefore(folder), size };
}
