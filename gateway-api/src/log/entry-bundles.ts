import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { encodeEntries, formatRecordId, TILE_WIDTH } from '@carbon-ledger/core';

const HASH_BYTES = 32;
/** Bytes of whole bundles that are kept: those that several monitors read, one shortly after the other. */
const KEPT_BYTES = 16 * 1024 * 1024;
const TAG_HEX = 32;

/** Leaf hashes of a tile of the lowest level, one after the other; canonical texts of records that are anchored. */
interface LogReader {
  readonly leaves: (index: number, width: number) => Promise<Uint8Array>;
  readonly texts: (ids: readonly string[]) => Promise<readonly Uint8Array[]>;
}

export interface EntryBundle {
  readonly bytes: Uint8Array;
  /** Strong, by the leaf hashes: they give every byte of the records, so that these need not be hashed again for it. */
  readonly etag: string;
}

/** Bundles of entries (C2SP tlog-tiles) made from the log's leaves and the records that they name. */
export class EntryBundles {
  readonly #log: LogReader;
  readonly #whole = new LRUCache<number, EntryBundle>({
    maxSize: KEPT_BYTES,
    sizeCalculation: ({ bytes }) => Math.max(1, bytes.length),
  });

  constructor(log: LogReader) {
    this.#log = log;
  }

  /** @throws LedgerError NOT_FOUND beyond the end of the log, STORE_CORRUPT where a record is missing */
  async bundle(index: number, width: number): Promise<EntryBundle> {
    const known = width === TILE_WIDTH ? this.#whole.get(index) : undefined;
    if (known !== undefined) return known;
    const leaves = await this.#log.leaves(index, width);
    const ids = Array.from({ length: width }, (_, at) =>
      formatRecordId(Uint8Array.from(leaves.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES))),
    );
    const tag = createHash('sha256').update(leaves).digest('hex').slice(0, TAG_HEX);
    const made = { bytes: encodeEntries(await this.#log.texts(ids)), etag: `"${tag}"` };
    if (width === TILE_WIDTH) this.#whole.set(index, made);
    return made;
  }
}
