import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { encodeEntries, TILE_WIDTH } from '@carbon-ledger/core';

const HASH_HEX = 64;
/** Bytes of whole tiles and bundles that are kept: those that monitors read one shortly after the other, 75,000 records of them. */
const KEPT_BYTES = 64 * 1024 * 1024;
const TAG_HEX = 32;

/** Hashes of a tile, one after the other; canonical texts of records that are anchored. */
interface LogReader {
  readonly hashes: (level: number, index: number, width: number) => Promise<Buffer>;
  readonly texts: (ids: readonly string[]) => Promise<readonly Uint8Array[]>;
}

export interface ServedTile {
  readonly bytes: Uint8Array;
  /** Strong, by the hashes: they give every byte of the records, so that these need not be hashed again for it. */
  readonly etag: string;
}

/**
 * Tiles of the log as clients ask for them (C2SP tlog-tiles): hashes, or the records that the lowest hashes name. A whole one never
 * changes, so it is kept as it was served.
 */
export class ServedTiles {
  readonly #log: LogReader;
  readonly #whole: LRUCache<string, ServedTile>;

  constructor(log: LogReader, keptBytes = KEPT_BYTES) {
    this.#log = log;
    this.#whole = new LRUCache({ maxSize: keptBytes, sizeCalculation: ({ bytes }) => Math.max(1, bytes.length) });
  }

  /** @throws LedgerError NOT_FOUND beyond the end of the log, STORE_CORRUPT where a record or tile is missing */
  async tile(level: number | 'entries', index: number, width: number): Promise<ServedTile> {
    const name = `${String(level)}/${String(index)}`;
    const known = width === TILE_WIDTH ? this.#whole.get(name) : undefined;
    if (known !== undefined) return known;
    const made = level === 'entries' ? await this.#bundle(index, width) : await this.#hashes(level, index, width);
    if (width === TILE_WIDTH) this.#whole.set(name, made);
    return made;
  }

  async #hashes(level: number, index: number, width: number): Promise<ServedTile> {
    const bytes = await this.#log.hashes(level, index, width);
    return { bytes, etag: tagOf(bytes) };
  }

  async #bundle(index: number, width: number): Promise<ServedTile> {
    const leaves = await this.#log.hashes(0, index, width);
    const names = leaves.toString('hex');
    const ids = Array.from({ length: width }, (_, at) => `rec:${names.slice(at * HASH_HEX, (at + 1) * HASH_HEX)}`);
    return { bytes: encodeEntries(await this.#log.texts(ids)), etag: tagOf(leaves) };
  }
}

function tagOf(hashes: Uint8Array): string {
  return `"${createHash('sha256').update(hashes).digest('hex').slice(0, TAG_HEX)}"`;
}
