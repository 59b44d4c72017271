import { nodeHash } from '@carbon-ledger/core';

const HASH = 32;
/** Entries of a full tile (C2SP tlog-tiles: height 8). */
export const TILE_WIDTH = 256;
export const TILE_HEIGHT = 8;

/**
 * A tile with its inner nodes: level 0 holds the entries, level k the roots of 2^k entries. Grows at its right end only;
 * an inner node comes once, after its last entry.
 */
export class ExpandedTile {
  readonly #levels: readonly Buffer[] = Array.from({ length: TILE_HEIGHT }, (_, level) =>
    Buffer.allocUnsafe((TILE_WIDTH >> level) * HASH),
  );
  #width = 0;

  /** Inner nodes are computed. */
  static parse(entries: Uint8Array): ExpandedTile {
    const tile = new ExpandedTile();
    for (let at = 0; at + HASH <= entries.length; at += HASH) tile.#append(entries.subarray(at, at + HASH));
    return tile;
  }

  get width(): number {
    return this.#width;
  }

  /** The next entry at level 0, or the inner node that it completes, as the log has computed it. */
  place(level: number, index: number, hash: Uint8Array): void {
    this.#levels[level]?.set(hash, index * HASH);
    if (level === 0) this.#width = index + 1;
  }

  #append(entry: Uint8Array): void {
    let node = entry;
    let index = this.#width;
    for (let level = 0; level < TILE_HEIGHT; level++) {
      this.place(level, index, node);
      if ((index & 1) === 0 || level === TILE_HEIGHT - 1) break;
      node = nodeHash(this.node(level, index - 1), node);
      index >>= 1;
    }
  }

  /** Node of 2^level entries, from 0; only complete ones may be asked for. */
  node(level: number, index: number): Uint8Array {
    return this.#levels[level]?.subarray(index * HASH, (index + 1) * HASH) ?? new Uint8Array(0);
  }

  /** A copy of the first entries, as they stand in the C2SP tile. */
  entries(width = this.#width): Buffer {
    return Buffer.from(this.#levels[0]?.subarray(0, width * HASH) ?? []);
  }
}
