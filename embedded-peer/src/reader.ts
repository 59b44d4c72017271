import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerError } from '@carbon-ledger/core';
import { BlockIndex } from './ledger/blocks';
import { afterPrefix, privateValueKey } from './ledger/keys';
import { decodePrivateValue, decodeVersionedValue } from './ledger/state';
import { Store } from './ledger/store';
import { decodeVersion, VERSION_BYTES, type Version } from './ledger/version';
import { sha256 } from './proto/bytes';

const ZERO = 0;
/** First letters of the key space (ledger/keys.ts). */
const TABLES = { state: 's', hashes: 'q', transactions: 't' } as const;

/** What a folder holds, for those who check it while no peer runs on it. Nothing is judged here. */
export interface LedgerReader {
  /** The folder. */
  readonly name: string;
  /** Number of blocks. */
  height(): Promise<number>;
  /** `common.Block` bytes from this number on. @throws LedgerError STORE_CORRUPT where one is missing */
  blocks(from: number): AsyncIterable<Uint8Array>;
  /** Plain value of a private key as that transaction wrote it. */
  value(namespace: string, collection: string, key: string, version: Version): Promise<Uint8Array | undefined>;
  values(): AsyncIterable<StoredValue>;
  hashes(): AsyncIterable<StoredHash>;
  transactions(): AsyncIterable<StoredTransaction>;
  close(): Promise<void>;
}

export interface StoredValue {
  readonly namespace: string;
  readonly key: string;
  readonly version: Version;
  readonly value: Uint8Array;
}

export interface StoredHash {
  readonly namespace: string;
  readonly collection: string;
  /** Hex. */
  readonly keyHash: string;
  readonly version: Version;
  readonly valueHash: Uint8Array;
}

export interface StoredTransaction {
  readonly txId: string;
  readonly version: Version;
  readonly code: number;
}

/** Splits `name ZERO rest`. */
function splitName(bytes: Buffer, at: number): { name: string; next: number } {
  const end = bytes.indexOf(ZERO, at);
  return { name: bytes.subarray(at, end).toString(), next: end + 1 };
}

class FolderReader implements LedgerReader {
  readonly name: string;
  readonly #store: Store;
  readonly #index: BlockIndex;

  constructor(name: string, store: Store) {
    this.name = name;
    this.#store = store;
    this.#index = new BlockIndex(store);
  }

  height(): Promise<number> {
    return Promise.resolve(this.#index.tip().height);
  }

  async *blocks(from: number): AsyncGenerator<Uint8Array> {
    const height = await this.height();
    for (let number = from; number < height; number++) {
      const bytes = this.#index.bytes(number);
      if (bytes === undefined) throw new LedgerError('STORE_CORRUPT', `${this.name}: block ${number} is missing`);
      yield bytes;
    }
  }

  value(namespace: string, collection: string, key: string, version: Version): Promise<Uint8Array | undefined> {
    const place = privateValueKey(namespace, collection, sha256(Buffer.from(key)), version);
    const bytes = this.#store.get(place);
    return Promise.resolve(bytes && decodePrivateValue(bytes).value);
  }

  async *values(): AsyncGenerator<StoredValue> {
    for await (const [key, bytes] of this.#table(TABLES.state)) {
      const { name, next } = splitName(key, 1);
      const { version, value } = decodeVersionedValue(bytes);
      yield { namespace: name, key: key.subarray(next).toString(), version, value };
    }
  }

  async *hashes(): AsyncGenerator<StoredHash> {
    for await (const [key, bytes] of this.#table(TABLES.hashes)) {
      const namespace = splitName(key, 1);
      const collection = splitName(key, namespace.next);
      const { version, value } = decodeVersionedValue(bytes);
      const keyHash = key.subarray(collection.next).toString('hex');
      yield { namespace: namespace.name, collection: collection.name, keyHash, version, valueHash: value };
    }
  }

  async *transactions(): AsyncGenerator<StoredTransaction> {
    for await (const [key, bytes] of this.#table(TABLES.transactions)) {
      yield {
        txId: key.subarray(1).toString(),
        version: decodeVersion(bytes),
        code: bytes.readUInt8(VERSION_BYTES),
      };
    }
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  #table(letter: string): AsyncIterable<readonly [Buffer, Buffer]> {
    const from = Buffer.from(letter);
    return this.#store.entries({ from, to: afterPrefix(from) });
  }
}

/**
 * Opens the ledger of a data folder for reading.
 * @throws LedgerError FOLDER_LOCKED while a peer runs on it, FILE_UNREADABLE where there is none
 */
export async function openLedgerReader(dataDir: string): Promise<LedgerReader> {
  const folder = join(dataDir, 'peer');
  if (!existsSync(join(folder, 'store', 'CURRENT')))
    throw new LedgerError('FILE_UNREADABLE', `${dataDir} holds no ledger`);
  return new FolderReader(dataDir, await Store.open(folder));
}
