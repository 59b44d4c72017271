import { ClassicLevel } from 'classic-level';
import { LedgerError } from '@carbon-ledger/core';

/** Entries that wait in memory before they are written together. */
const MOST_PENDING = 20_000;
const MOST_PENDING_BYTES = 8 * 1024 * 1024;
/** Entries and bytes that an iterator fetches at a time: each fetch waits for a turn of the event loop. */
const FETCH_ENTRIES = 1000;
const FETCH_BYTES = 512 * 1024;

/**
 * What fsck itself has derived so far, on disk, so that memory does not grow with the ledger and a run can be taken up
 * again. Reads see what was put, written or not. Nothing is synced: after a crash the last written progress stands.
 */
export class WorkStore {
  readonly #db: ClassicLevel<string, Buffer>;
  #pending = new Map<string, Buffer | undefined>();
  #pendingBytes = 0;
  #writing: Promise<void> = Promise.resolve();
  #beingWritten = new Map<string, Buffer | undefined>();

  private constructor(db: ClassicLevel<string, Buffer>) {
    this.#db = db;
  }

  /** @throws LedgerError FOLDER_LOCKED, FILE_UNREADABLE */
  static async open(location: string): Promise<WorkStore> {
    const db = new ClassicLevel<string, Buffer>(location, {
      valueEncoding: 'buffer',
      compression: false,
      // A run writes several hundred MB in the order of its blocks: small tables would be merged over and over.
      writeBufferSize: 64 * 1024 * 1024,
      cacheSize: 16 * 1024 * 1024,
      // A checker's thread reads it too, once it is written.
      multithreading: true,
    });
    try {
      await db.open();
    } catch (cause) {
      const isLocked = cause instanceof Error && /lock/i.test(String(cause.cause));
      throw new LedgerError(isLocked ? 'FOLDER_LOCKED' : 'FILE_UNREADABLE', location, { cause });
    }
    return new WorkStore(db);
  }

  /** Its folder. */
  get location(): string {
    return this.#db.location;
  }

  get(key: string): Buffer | undefined {
    if (this.#pending.has(key)) return this.#pending.get(key);
    if (this.#beingWritten.has(key)) return this.#beingWritten.get(key);
    return this.#db.getSync(key);
  }

  /** `undefined` deletes. */
  put(key: string, value: Buffer | undefined): void {
    this.#pending.set(key, value);
    this.#pendingBytes += key.length + (value?.length ?? 0);
  }

  /** Whether so much waits that it should be written. */
  get isFull(): boolean {
    return this.#pending.size >= MOST_PENDING || this.#pendingBytes >= MOST_PENDING_BYTES;
  }

  /** Writes what waits, in one batch, beside the work that goes on; the batch before it is awaited. */
  async flush(): Promise<void> {
    await this.#writing;
    const entries = this.#pending;
    this.#pending = new Map();
    this.#pendingBytes = 0;
    this.#beingWritten = entries;
    const operations = [...entries].map(([key, value]) =>
      value === undefined ? ({ type: 'del', key } as const) : ({ type: 'put', key, value } as const),
    );
    this.#writing = this.#db.batch(operations);
  }

  /** Waits until everything that was put is in the store. */
  async settle(): Promise<void> {
    await this.flush();
    await this.#writing;
  }

  /** Entries from `from` up to but without `to`, in byte order. */
  async *range(from: string, to: string): AsyncGenerator<readonly [string, Buffer]> {
    for await (const batch of this.batches(from, to)) yield* batch;
  }

  /** The same, many at a time: for those who go through all of a table. */
  async *batches(from: string, to: string): AsyncGenerator<readonly (readonly [string, Buffer])[]> {
    await this.settle();
    const iterator = this.#db.iterator({ gte: from, lt: to, highWaterMarkBytes: FETCH_BYTES });
    try {
      for (;;) {
        const batch = await iterator.nextv(FETCH_ENTRIES);
        if (batch.length === 0) return;
        yield batch;
      }
    } finally {
      await iterator.close();
    }
  }

  async clear(): Promise<void> {
    await this.settle();
    await this.#db.clear();
  }

  async close(): Promise<void> {
    await this.settle();
    await this.#db.close();
  }
}
