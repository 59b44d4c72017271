import { hash } from 'node:crypto';

const LANES = 8;
/** Entries up to this size are laid together in one place, over and over. */
const SCRATCH_BYTES = 256 * 1024;
/** Bytes of a character in UTF-8, at most. */
const WIDEST = 3;

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
  readonly #secret: string;
  readonly #scratch = Buffer.allocUnsafe(SCRATCH_BYTES);
  readonly #tables = new Map<string, { count: number; lanes: Int32Array }>();

  constructor(secret: Uint8Array) {
    this.#secret = Buffer.from(secret).toString('hex');
  }

  add(key: string, value: Uint8Array | string): void {
    const head = `${this.#secret}${String(key.length)}:${key}`;
    const whole = typeof value === 'string' ? head + value : this.#joined(head, value);
    this.#put(key.slice(0, 1), 1, Buffer.from(hash('sha256', whole, 'binary'), 'binary'));
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

  #joined(head: string, value: Uint8Array): Uint8Array {
    if (head.length * WIDEST + value.length > SCRATCH_BYTES) return Buffer.concat([Buffer.from(head), value]);
    const length = this.#scratch.write(head);
    this.#scratch.set(value, length);
    return this.#scratch.subarray(0, length + value.length);
  }

  #put(table: string, count: number, hash: Buffer): void {
    const known = this.#tables.get(table) ?? { count: 0, lanes: new Int32Array(LANES) };
    this.#tables.set(table, known);
    known.count += count;
    for (let lane = 0; lane < LANES; lane++) known.lanes[lane] = (known.lanes[lane] ?? 0) ^ hash.readInt32LE(lane * 4);
  }
}
