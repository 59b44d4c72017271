import { join } from 'node:path';
import { LedgerError, storeError } from '@carbon-ledger/core';
import { ClassicLevel } from 'classic-level';
import { KnownState } from './known-state';

const WRITE_BUFFER_BYTES = 4 * 1024 * 1024;
const CACHE_BYTES = 8 * 1024 * 1024;
const MAX_FILE_BYTES = 8 * 1024 * 1024;
const RAW = { keyEncoding: 'buffer', valueEncoding: 'buffer' } as const;

export type Operation =
  | { readonly type: 'put'; readonly key: Buffer; readonly value: Buffer }
  | { readonly type: 'del'; readonly key: Buffer };

export interface Range {
  readonly from: Buffer;
  /** Exclusive. */
  readonly to: Buffer;
  /** From the end to the beginning. */
  readonly newestFirst?: boolean;
}

export type Entry = readonly [Buffer, Buffer];

/** Anything that answers reads from one state of the store. */
export interface Reader {
  get(key: Buffer): Buffer | undefined;
  entries(range: Range): AsyncIterable<Entry>;
}

/** The store as it was after one block. Hold it while reading, release it after. */
export class View implements Reader {
  readonly #db: ClassicLevel<Buffer, Buffer>;
  readonly #snapshot: ReturnType<ClassicLevel['snapshot']>;
  /** Of this view, until the next one takes it over. */
  #known: KnownState | undefined;
  #users = 1;

  constructor(db: ClassicLevel<Buffer, Buffer>, known: KnownState) {
    this.#db = db;
    this.#snapshot = db.snapshot();
    this.#known = known;
  }

  /** The view after a write. What is remembered goes with it; whoever still holds this one reads its snapshot. */
  after(operations: readonly Operation[]): View {
    const known = this.#known ?? new KnownState();
    this.#known = undefined;
    known.apply(operations);
    return new View(this.#db, known);
  }

  hold(): this {
    this.#users += 1;
    return this;
  }

  release(): void {
    this.#users -= 1;
    if (this.#users === 0) void this.#snapshot.close();
  }

  get(key: Buffer): Buffer | undefined {
    const read = (): Buffer | undefined => this.#db.getSync(key, { ...RAW, snapshot: this.#snapshot });
    return this.#known === undefined ? read() : this.#known.get(key, read);
  }

  entries({ from, to, newestFirst = false }: Range): AsyncIterable<Entry> {
    return this.#db.iterator({ ...RAW, gte: from, lt: to, reverse: newestFirst, snapshot: this.#snapshot });
  }
}

function hasCode(value: unknown, code: string): boolean {
  return typeof value === 'object' && value !== null && 'code' in value && value.code === code;
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && hasCode(error.cause, 'LEVEL_LOCKED');
}

/**
 * LevelDB under one folder, open in one process at a time.
 *
 * `write` is atomic and durable: when its promise resolves, all of it has reached the disk (fsync); when the process
 * dies before that, the next start finds all of it or nothing. Views see whole writes only.
 */
export class Store implements Reader {
  readonly #db: ClassicLevel<Buffer, Buffer>;
  #current: View;

  private constructor(db: ClassicLevel<Buffer, Buffer>) {
    this.#db = db;
    this.#current = new View(db, new KnownState());
  }

  /**
   * @throws LedgerError FOLDER_LOCKED when another process (or another peer of this one) has the folder open; DISK_FULL,
   *   FILE_FORBIDDEN, STORE_CORRUPT
   */
  static async open(folder: string): Promise<Store> {
    const location = join(folder, 'store');
    const db = new ClassicLevel<Buffer, Buffer>(location, {
      ...RAW,
      writeBufferSize: WRITE_BUFFER_BYTES,
      cacheSize: CACHE_BYTES,
      maxFileSize: MAX_FILE_BYTES,
    });
    try {
      await db.open();
    } catch (cause) {
      if (isLocked(cause)) throw new LedgerError('FOLDER_LOCKED', `${folder} is in use by another process`, { cause });
      throw storeError(cause, folder, 'cannot be opened');
    }
    return new Store(db);
  }

  get(key: Buffer): Buffer | undefined {
    return this.#current.get(key);
  }

  entries({ from, to, newestFirst = false }: Range): AsyncIterable<Entry> {
    return this.#db.iterator({ ...RAW, gte: from, lt: to, reverse: newestFirst });
  }

  /** The state after the last write, held for the caller. */
  view(): View {
    return this.#current.hold();
  }

  async isEmpty(): Promise<boolean> {
    return (await this.#db.keys({ ...RAW, limit: 1 }).all()).length === 0;
  }

  async write(operations: Operation[]): Promise<void> {
    await this.#db.batch(operations, { ...RAW, sync: true });
    const next = this.#current.after(operations);
    this.#current.release();
    this.#current = next;
  }

  async close(): Promise<void> {
    this.#current.release();
    await this.#db.close();
  }
}
