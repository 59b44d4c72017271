import { ClassicLevel } from 'classic-level';
import { LedgerError } from '@carbon-ledger/core';
import { projectedEntries } from '../replay/projected-heads';
import { WorkStore } from '../replay/work-store';
import { afterTable } from '../replay/work-tables';
import { EntryDigest, type EntrySum } from './entry-digest';

/** Tables whose entries stay as they are written. */
export const NEVER_CHANGING = ['r', 'v', 'y', 'u', 'b', 'e', 'd', 'n', 'c', 's', 'i', 'f'];
/** Tables whose entries later records may change. */
export const CHANGING = ['h', 'a', 'g', 'x', 'p', 'k', 'z'];
/** All tables that are held to the blocks as one sum each, and by which parts: two threads share them. */
const SUMMED = [...NEVER_CHANGING, ...CHANGING];
export const PARTS = [['r', 'f', 'h', 'a'], SUMMED.filter((table) => !['r', 'f', 'h', 'a'].includes(table))];
export const STATE = 'm/state';
/** Bytes that an iterator fetches at a time: each fetch waits for a turn of the event loop. */
const FETCH_BYTES = 512 * 1024;

/** What the projection says of itself. */
interface ProjectionState {
  readonly ledger: string;
  readonly nextBlock: string;
  readonly logSize: number;
  /** Hex hash of the last block that it has taken in. */
  readonly tip: string;
}

/** The projection's store, opened to be read from end to end. */
export class ProjectionReader {
  /** Its folder. */
  readonly location: string;
  readonly #db: ClassicLevel<string, Buffer>;
  readonly state: ProjectionState | undefined;

  private constructor(db: ClassicLevel<string, Buffer>, state: ProjectionState | undefined) {
    this.location = db.location;
    this.#db = db;
    this.state = state;
  }

  /** @throws LedgerError FOLDER_LOCKED, STORE_CORRUPT */
  static async open(location: string): Promise<ProjectionReader> {
    const db = new ClassicLevel<string, Buffer>(location, {
      valueEncoding: 'buffer',
      createIfMissing: false,
      // A checker's thread reads it too.
      multithreading: true,
    });
    try {
      await db.open();
    } catch (cause) {
      const isLocked = cause instanceof Error && /lock/i.test(String(cause.cause));
      throw new LedgerError(isLocked ? 'FOLDER_LOCKED' : 'STORE_CORRUPT', location, { cause });
    }
    return new ProjectionReader(db, readState(await db.get(STATE)));
  }

  /** Number of blocks that it has taken in. */
  get height(): number {
    return Number(this.state?.nextBlock ?? 0);
  }

  /** All entries under a prefix, which may be a table's letter alone. */
  entries(prefix = ''): AsyncIterable<readonly [string, Buffer]> {
    return this.#range({ gte: prefix, lt: `${prefix}\uffff` });
  }

  /** All entries of no table that is summed. */
  async *others(): AsyncGenerator<readonly [string, Buffer]> {
    const letters = SUMMED.toSorted();
    for (const [index, letter] of letters.entries()) {
      const before = letters[index - 1];
      yield* this.#range({ ...(before === undefined ? {} : { gte: afterTable(before) }), lt: letter });
    }
    yield* this.#range({ gte: afterTable(letters.at(-1) ?? '') });
  }

  get(key: string): Promise<Buffer | undefined> {
    return this.#db.get(key);
  }

  async close(): Promise<void> {
    await this.#db.close();
  }

  #range(within: { readonly gte?: string; readonly lt?: string }): AsyncIterable<readonly [string, Buffer]> {
    return this.#db.iterator({ ...within, highWaterMarkBytes: FETCH_BYTES });
  }
}

/** Sums of tables of a projection that this thread opens for itself. */
export async function sumProjection(
  location: string,
  tables: readonly string[],
  secret: Uint8Array,
): Promise<Record<string, EntrySum>> {
  const reader = await ProjectionReader.open(location);
  try {
    const digest = new EntryDigest(secret);
    for (const table of tables) for await (const [key, value] of reader.entries(table)) digest.add(key, value);
    return digest.sums();
  } finally {
    await reader.close();
  }
}

/** Sums of what a replay says the tables that change must hold, from its work store, which this thread opens for itself. */
export async function sumProjected(location: string, secret: Uint8Array): Promise<Record<string, EntrySum>> {
  const store = await WorkStore.open(location);
  try {
    const digest = new EntryDigest(secret);
    for await (const batch of projectedEntries(store)) for (const [key, value] of batch) digest.add(key, value);
    return digest.sums();
  } finally {
    await store.close();
  }
}

/** Undefined for a projection that has not begun, or whose state cannot be read. */
function readState(bytes: Buffer | undefined): ProjectionState | undefined {
  try {
    const state = JSON.parse(bytes?.toString('utf8') ?? '') as Partial<ProjectionState> | null;
    const { ledger, nextBlock, logSize, tip } = state ?? {};
    const areTexts = typeof ledger === 'string' && typeof nextBlock === 'string' && typeof tip === 'string';
    return areTexts && Number.isSafeInteger(logSize) ? { ledger, nextBlock, logSize: Number(logSize), tip } : undefined;
  } catch {
    return undefined;
  }
}
