import { CompactRange, emptyRoot, LedgerError, nodeHash } from '@carbon-ledger/core';
import type { BatchOperation, Store } from './store';
import { TILE_HEIGHT, type ExpandedTile } from './expanded-tile';
import { TileStore } from './tile-store';

const RANGE_KEY = 'm/log';
const REMEMBERED_ROOTS = 1_000;

interface TilePlace {
  readonly level: number;
  readonly index: number;
}

/** Work that asks for tiles as it comes to them. */
type FromTiles<Result> = Generator<TilePlace, Result, ExpandedTile>;

/** What a checkpoint is held to. */
export type LogRoots = Pick<LogTree, 'size' | 'rootAt'>;

/**
 * The transparency log: record = leaf, RFC 9162 hashing, kept as compact range and C2SP tiles. Derived from blocks;
 * whoever holds the blocks computes the same. Appending costs about two hashes a leaf, a proof about log² of the size.
 */
export class LogTree {
  readonly #tiles: TileStore;
  readonly #range: CompactRange;
  /** Roots over ranges that are no perfect subtree. A range of leaves never changes, so neither does its root. */
  readonly #ragged = new Map<string, Uint8Array>();

  private constructor(tiles: TileStore, range: CompactRange) {
    this.#tiles = tiles;
    this.#range = range;
  }

  static async open(store: Store): Promise<LogTree> {
    const stored = await store.json<{ size: string; nodes: string[] }>(RANGE_KEY);
    const range = stored === undefined ? new CompactRange() : CompactRange.parse(stored);
    const tiles = new TileStore(store);
    await tiles.open(range.size);
    return new LogTree(tiles, range);
  }

  get size(): number {
    return Number(this.#range.size);
  }

  root(): Uint8Array {
    return this.#range.root();
  }

  /** Appends leaf hashes; the writes belong into the same batch as the records they stand for. */
  append(leafHashes: readonly Uint8Array[]): BatchOperation[] {
    for (const leaf of leafHashes) {
      this.#range.append(leaf, (level, index, hash) => {
        this.#tiles.put(level, index, hash);
      });
    }
    return [...this.#tiles.drain(), { type: 'put', key: RANGE_KEY, value: JSON.stringify(this.#range.serialise()) }];
  }

  /** Hash of one leaf. @throws LedgerError NOT_FOUND */
  async leaf(index: number): Promise<Uint8Array> {
    if (index >= this.size) throw new LedgerError('NOT_FOUND', `The log has ${String(this.size)} leaves.`);
    return this.#read(this.#node(0, index));
  }

  /** Root of the first `size` leaves. @throws LedgerError NOT_FOUND beyond the end */
  async rootAt(size: number): Promise<Uint8Array> {
    this.#assertSize(size);
    if (size === this.size) return this.root();
    return size === 0 ? emptyRoot() : this.#read(this.#rangeRoot(0, size));
  }

  /** Inclusion path, lowest sibling first (RFC 9162 section 2.1.3.1). @throws LedgerError NOT_FOUND */
  async inclusion(index: number, size: number): Promise<Uint8Array[]> {
    this.#assertSize(size);
    if (index >= size) throw new LedgerError('NOT_FOUND', `No leaf ${String(index)} in a tree of ${String(size)}.`);
    return this.#read(this.#inclusion(index, size));
  }

  /** Consistency path (RFC 9162 section 2.1.4.1). @throws LedgerError NOT_FOUND unless 0 < from ≤ to ≤ size */
  async consistency(from: number, to: number): Promise<Uint8Array[]> {
    this.#assertSize(to);
    if (from < 1 || from > to) throw new LedgerError('NOT_FOUND', `No proof from ${String(from)} to ${String(to)}.`);
    return this.#read(this.#subProof(from, 0, to, true));
  }

  /** Entries of a C2SP tile of this width. @throws LedgerError NOT_FOUND */
  async tile(level: number, index: number, width: number): Promise<Buffer> {
    const entries = Math.floor(this.size / 2 ** (TILE_HEIGHT * level));
    if (index * 256 + width > entries) throw new LedgerError('NOT_FOUND', 'The log has no such tile yet.');
    return this.#tiles.entries(level, index, width);
  }

  /** Waits only for tiles that are not at hand: nearly all that are asked for were just written or read. */
  async #read<Result>(reading: FromTiles<Result>): Promise<Result> {
    let step = reading.next();
    while (step.done !== true) {
      const { level, index } = step.value;
      step = reading.next(this.#tiles.atHand(level, index) ?? (await this.#tiles.tile(level, index)));
    }
    return step.value;
  }

  *#inclusion(index: number, size: number): FromTiles<Uint8Array[]> {
    const path: Uint8Array[] = [];
    let low = 0;
    let high = size;
    while (high - low > 1) {
      const middle = low + splitOf(high - low);
      const [siblingLow, siblingHigh] = index < middle ? [middle, high] : [low, middle];
      path.push(yield* this.#rangeRoot(siblingLow, siblingHigh));
      if (index < middle) high = middle;
      else low = middle;
    }
    return path.reverse();
  }

  *#subProof(from: number, low: number, high: number, known: boolean): FromTiles<Uint8Array[]> {
    if (from === high - low) return known ? [] : [yield* this.#rangeRoot(low, high)];
    const middle = low + splitOf(high - low);
    if (from <= middle - low) {
      return [...(yield* this.#subProof(from, low, middle, known)), yield* this.#rangeRoot(middle, high)];
    }
    const right = yield* this.#subProof(from - (middle - low), middle, high, false);
    return [...right, yield* this.#rangeRoot(low, middle)];
  }

  /** Root over the leaves [low, high); perfect subtrees are read, the ragged right edge is hashed together. */
  *#rangeRoot(low: number, high: number): FromTiles<Uint8Array> {
    const width = high - low;
    const level = Math.log2(width);
    if (Number.isInteger(level)) return yield* this.#node(level, low / width);
    const name = `${String(low)}-${String(high)}`;
    const known = this.#ragged.get(name);
    if (known !== undefined) return known;
    const middle = low + splitOf(width);
    const root = nodeHash(yield* this.#rangeRoot(low, middle), yield* this.#rangeRoot(middle, high));
    if (this.#ragged.size >= REMEMBERED_ROOTS) this.#ragged.clear();
    // A copy: a hash lies in a pool of hashes, and kept for long it would keep them all.
    const kept = new Uint8Array(root);
    this.#ragged.set(name, kept);
    return kept;
  }

  /** A copy: what lies in a tile is written over while the tile grows. */
  *#node(level: number, index: number): FromTiles<Uint8Array> {
    const inner = level % TILE_HEIGHT;
    const perTile = 2 ** (TILE_HEIGHT - inner);
    const place = Math.floor(index / perTile);
    const tile = yield { level: Math.floor(level / TILE_HEIGHT), index: place };
    return new Uint8Array(tile.node(inner, index - place * perTile));
  }

  #assertSize(size: number): void {
    if (size <= this.size) return;
    throw new LedgerError('NOT_FOUND', `The log has ${String(this.size)} leaves, not ${String(size)}.`);
  }
}

/** The largest power of two below the width (RFC 9162 section 2.1.1). */
function splitOf(width: number): number {
  let split = 1;
  while (split * 2 < width) split *= 2;
  return split;
}
