import { ClassicLevel } from 'classic-level';
import DataLoader from 'dataloader';
import { LedgerError, storeError } from '@carbon-ledger/core';

export interface BatchOperation {
  readonly type: 'put';
  readonly key: string;
  readonly value: string | Buffer;
}

/** Gathered in memory before it is written as a table: of four times less LevelDB merges its tables so often that taking blocks in costs a tenth more. */
const WRITE_BUFFER_BYTES = 16 * 1024 * 1024;
const CACHE_BYTES = 16 * 1024 * 1024;
/** Others are served between reads of so many. */
const MOST_AT_ONCE = 500;
const AS_BYTES = { valueEncoding: 'buffer' } as const;

export interface RangeOptions {
  readonly prefix: string;
  /** Start behind this key. */
  readonly after?: string | undefined;
  readonly limit: number;
  readonly reverse?: boolean;
}

/**
 * LevelDB of one folder. Writes are not synced: everything in it is derived from blocks and is derived again from where
 * the last whole batch ended. One process per folder.
 */
export class Store {
  readonly #db: ClassicLevel;
  /** What is asked for one by one in a turn is read at once: each read of LevelDB costs more than what it reads. */
  readonly #gathered: DataLoader<string, string | undefined>;

  private constructor(db: ClassicLevel) {
    this.#db = db;
    this.#gathered = new DataLoader((keys) => db.getMany([...keys]), { cache: false, maxBatchSize: MOST_AT_ONCE });
  }

  /** @throws LedgerError FOLDER_LOCKED, STORE_CORRUPT */
  static async open(location: string): Promise<Store> {
    const db = new ClassicLevel(location, { writeBufferSize: WRITE_BUFFER_BYTES, cacheSize: CACHE_BYTES });
    try {
      await db.open();
    } catch (error) {
      if (isLocked(error)) throw new LedgerError('FOLDER_LOCKED', `${location} is in use by another process.`);
      throw storeError(error, location, `cannot be opened: ${rebuildIt}`);
    }
    return new Store(db);
  }

  text(key: string): Promise<string | undefined> {
    return this.#gathered.load(key);
  }

  texts(keys: readonly string[]): Promise<(string | undefined)[]> {
    return this.#db.getMany([...keys]);
  }

  manyBytes(keys: readonly string[]): Promise<(Buffer | undefined)[]> {
    return this.#db.getMany<string, Buffer>([...keys], AS_BYTES);
  }

  bytes(key: string): Promise<Buffer | undefined> {
    return this.#db.get<string, Buffer>(key, AS_BYTES);
  }

  async json<Value>(key: string): Promise<Value | undefined> {
    const text = await this.text(key);
    return text === undefined ? undefined : (parseStored(text, key) as Value);
  }

  /** Keys and values under a prefix, in key order. */
  async range({ prefix, after, limit, reverse = false }: Readonly<RangeOptions>): Promise<[string, string][]> {
    const first = after === undefined || reverse ? { gte: prefix } : { gt: after };
    const last = after !== undefined && reverse ? { lt: after } : { lt: `${prefix}\uffff` };
    return this.#db.iterator({ ...first, ...last, limit, reverse }).all();
  }

  /** The first key in [from, to) with its value. */
  async first(from: string, to: string): Promise<[string, string] | undefined> {
    return (await this.#db.iterator({ gte: from, lt: to, limit: 1 }).all())[0];
  }

  /** All or nothing; what is removed is removed last. */
  async write(operations: readonly BatchOperation[], removed: readonly string[] = []): Promise<void> {
    // Put by put into LevelDB's own batch: a list of operations would be copied and read member by member.
    const batch = this.#db.batch();
    for (const { key, value } of operations) {
      if (typeof value === 'string') batch.put(key, value);
      else batch.put<string, Buffer>(key, value, AS_BYTES);
    }
    for (const key of removed) batch.del(key);
    await batch.write();
  }

  async clear(): Promise<void> {
    await this.#db.clear();
  }

  close(): Promise<void> {
    return this.#db.close();
  }
}

/** @throws LedgerError STORE_CORRUPT naming the entry */
export function parseStored(text: string, key: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `The entry ${key} of the projection cannot be read: ${rebuildIt}`;
    throw new LedgerError('STORE_CORRUPT', message, { cause });
  }
}

export const rebuildIt = 'delete the projection while the service is stopped, and it is rebuilt from blocks.';

function isLocked(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'LEVEL_LOCKED';
}
