import { LedgerError } from '@carbon-ledger/core';
import type { BatchOperation, Store } from './store';
import { ExpandedTile, TILE_HEIGHT, TILE_WIDTH } from './expanded-tile';

/** Full tiles kept expanded in memory (16 KB each). */
const CACHED_TILES = 256;

/**
 * Tiles of the log in LevelDB, 256 hashes wide. The last tile of each level is kept open in memory and written again
 * with each batch; full tiles never change.
 */
export class TileStore {
  readonly #store: Store;
  /** Right-most tile of each tile level. */
  readonly #edge: { index: number; tile: ExpandedTile }[] = [];
  readonly #cache = new Map<string, ExpandedTile>();
  /** Tiles that are being read: whoever asks meanwhile waits for the same one, for its inner nodes are 255 hashes. */
  readonly #coming = new Map<string, Promise<ExpandedTile>>();
  readonly #dirty = new Map<string, ExpandedTile>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Reads the right edge of a log of this size. */
  async open(size: bigint): Promise<void> {
    let entries = Number(size);
    for (let level = 0; entries > 0; level++, entries = Math.floor(entries / TILE_WIDTH)) {
      const index = Math.floor(entries / TILE_WIDTH);
      const bytes = entries % TILE_WIDTH === 0 ? undefined : await this.#store.bytes(tileKey(level, index));
      // After a crash the stored tile may be ahead of the stored size; what is beyond is written again, equal.
      const kept = bytes?.subarray(0, (entries % TILE_WIDTH) * 32) ?? new Uint8Array(0);
      if (kept.length !== (entries % TILE_WIDTH) * 32) throw corrupt(level, index);
      this.#edge[level] = { index, tile: ExpandedTile.parse(kept) };
    }
  }

  /** Takes a complete node, in the order in which a growing tree completes them. Every eighth tree level is stored. */
  put(treeLevel: number, index: bigint, hash: Uint8Array): void {
    const inner = treeLevel % TILE_HEIGHT;
    const level = (treeLevel - inner) / TILE_HEIGHT;
    const width = TILE_WIDTH >> inner;
    const place = Number(index) % width;
    const tileIndex = (Number(index) - place) / width;
    const tile = this.#open(level, tileIndex);
    tile.place(inner, place, hash);
    if (inner === 0) this.#dirty.set(tileKey(level, tileIndex), tile);
    if (tile.width === TILE_WIDTH) this.#remember(tileKey(level, tileIndex), tile);
  }

  /** Writes for all tiles that changed since the last call. */
  drain(): BatchOperation[] {
    const operations = [...this.#dirty].map(([key, tile]) => ({ type: 'put' as const, key, value: tile.entries() }));
    this.#dirty.clear();
    return operations;
  }

  /** A tile that need not be read: the growing one of its level, or one that was used lately. */
  atHand(level: number, index: number): ExpandedTile | undefined {
    const edge = this.#edge[level];
    return edge?.index === index ? edge.tile : this.#cache.get(tileKey(level, index));
  }

  /** @throws LedgerError STORE_CORRUPT for a tile that must be there and is not */
  async tile(level: number, index: number): Promise<ExpandedTile> {
    const known = this.atHand(level, index);
    if (known !== undefined) return known;
    const key = tileKey(level, index);
    const coming = this.#coming.get(key) ?? this.#read(key, level, index);
    this.#coming.set(key, coming);
    return coming;
  }

  /** The first entries of a tile. Of a full one that is not at hand, inner nodes are not computed: nobody asked for them. */
  async entries(level: number, index: number, width: number): Promise<Buffer> {
    const key = tileKey(level, index);
    const isFar = width === TILE_WIDTH && this.#edge[level]?.index !== index && !this.#cache.has(key);
    return isFar ? this.#bytes(key, level, index) : (await this.tile(level, index)).entries(width);
  }

  async #read(key: string, level: number, index: number): Promise<ExpandedTile> {
    try {
      const tile = ExpandedTile.parse(await this.#bytes(key, level, index));
      this.#remember(key, tile);
      return tile;
    } finally {
      this.#coming.delete(key);
    }
  }

  async #bytes(key: string, level: number, index: number): Promise<Buffer> {
    const bytes = await this.#store.bytes(key);
    if (bytes?.length !== TILE_WIDTH * 32) throw corrupt(level, index);
    return bytes;
  }

  #open(level: number, index: number): ExpandedTile {
    const edge = this.#edge[level];
    if (edge?.index === index) return edge.tile;
    const tile = new ExpandedTile();
    this.#edge[level] = { index, tile };
    return tile;
  }

  #remember(key: string, tile: ExpandedTile): void {
    this.#cache.delete(key);
    this.#cache.set(key, tile);
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > CACHED_TILES && oldest !== undefined) this.#cache.delete(oldest);
  }
}

function tileKey(level: number, index: number): string {
  return `t/${String(level)}/${String(index).padStart(12, '0')}`;
}

function corrupt(level: number, index: number): LedgerError {
  return new LedgerError('STORE_CORRUPT', `Tile ${String(level)}/${String(index)} of the log is missing or too short.`);
}
