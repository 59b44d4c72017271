import { mkdirSync } from 'node:fs';
import { ClassicLevel } from 'classic-level';
import { LedgerError, storeError } from '@carbon-ledger/core';

/** The largest checkpoint of one log that a witness has cosigned. */
export interface CosignedCheckpoint {
  readonly size: bigint;
  /** RFC 9162 root, hex. */
  readonly root: string;
  /** The checkpoint with the log's verified signatures and the witness's own. */
  readonly note: string;
}

/**
 * Where a witness remembers what it cosigned. Contract: `replace` compares and writes as one step, and has resolved
 * only when the new state survives a power cut; of two concurrent calls for one log at most one finds its `expected`.
 * Who can change this store can make the witness cosign a second history: it belongs on another machine than the log.
 */
export interface WitnessStore {
  latest(origin: string): Promise<CosignedCheckpoint | undefined>;
  /**
   * Writes `next` if the latest size is still `expected` (0 for none).
   * @returns false, and nothing is written, when it is not
   */
  replace(origin: string, expected: bigint, next: CosignedCheckpoint): Promise<boolean>;
}

/** A witness's memory on LevelDB, every write synced; one process per folder. */
export class LevelWitnessStore implements WitnessStore {
  readonly #db: ClassicLevel;
  /** Last write of each log: the next one waits for it. */
  readonly #turns = new Map<string, Promise<unknown>>();

  private constructor(db: ClassicLevel) {
    this.#db = db;
  }

  /** @throws LedgerError FOLDER_LOCKED, STORE_CORRUPT */
  static async open(folder: string): Promise<LevelWitnessStore> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const db = new ClassicLevel(folder);
    try {
      await db.open();
    } catch (cause) {
      const locked = codeOf(causeOf(cause)) === 'LEVEL_LOCKED';
      if (locked) throw new LedgerError('FOLDER_LOCKED', `${folder} cannot be opened.`, { cause });
      throw storeError(cause, folder, 'cannot be opened');
    }
    return new LevelWitnessStore(db);
  }

  async latest(origin: string): Promise<CosignedCheckpoint | undefined> {
    const text = await this.#db.get(origin);
    return text === undefined ? undefined : read(text);
  }

  async replace(origin: string, expected: bigint, next: CosignedCheckpoint): Promise<boolean> {
    const before = this.#turns.get(origin) ?? Promise.resolve();
    const turn = before.then(() => this.#compareAndWrite(origin, expected, next));
    const settled = turn.catch(() => undefined);
    this.#turns.set(origin, settled);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(origin) === settled) this.#turns.delete(origin);
    }
  }

  close(): Promise<void> {
    return this.#db.close();
  }

  async #compareAndWrite(origin: string, expected: bigint, next: CosignedCheckpoint): Promise<boolean> {
    const latest = await this.latest(origin);
    if ((latest?.size ?? 0n) !== expected) return false;
    const value = JSON.stringify({ size: next.size.toString(), root: next.root, note: next.note });
    await this.#db.put(origin, value, { sync: true });
    return true;
  }
}

function read(text: string): CosignedCheckpoint {
  try {
    const { size, root, note } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    if (typeof size === 'string' && typeof root === 'string' && typeof note === 'string') {
      return { size: BigInt(size), root, note };
    }
  } catch (cause) {
    throw new LedgerError('STORE_CORRUPT', 'The memory of the witness is damaged.', { cause });
  }
  // Damage is not a beginning: a witness that forgot would cosign any history.
  throw new LedgerError('STORE_CORRUPT', 'The memory of the witness is damaged.');
}

function causeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
