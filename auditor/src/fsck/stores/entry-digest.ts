import { sha256 } from '../blocks/bytes';

const LANES = 8;

/** Number of entries, and all their keyed hashes laid over each other (hex, 32 bytes). */
export interface EntrySum {
  readonly count: number;
  readonly sum: string;
}

/**
 * Entries of a store as one sum for each table (first letter of the key), whatever order they come in. The hash is keyed
 * with a secret of the run, so that nobody can have prepared other entries of the same sum.
 */
export class EntryDigest {
  readonly #secret: Buffer;
  readonly #tables = new Map<string, { count: number; lanes: Int32Array }>();

  constructor(secret: Uint8Array) {
    this.#secret = Buffer.from(secret);
  }

  add(key: string, value: Uint8Array | string): void {
    const bytes = typeof value === 'string' ? Buffer.from(value) : value;
    this.#put(key.slice(0, 1), 1, sha256(this.#secret, Buffer.from(`${String(key.length)}:${key}`), bytes));
  }

  merge(other: Readonly<Record<string, EntrySum>>): void {
    for (const [table, { count, sum }] of Object.entries(other)) this.#put(table, count, Buffer.from(sum, 'hex'));
  }

  sums(): Record<string, EntrySum> {
    return Object.fromEntries(
      [...this.#tables].map(([table, { count, lanes }]) => [
        table,
        { count, sum: Buffer.from(lanes.buffer).toString('hex') },
      ]),
    );
  }

  #put(table: string, count: number, hash: Buffer): void {
    const known = this.#tables.get(table) ?? { count: 0, lanes: new Int32Array(LANES) };
    this.#tables.set(table, known);
    known.count += count;
    for (let lane = 0; lane < LANES; lane++) known.lanes[lane] = (known.lanes[lane] ?? 0) ^ hash.readInt32LE(lane * 4);
  }
}
