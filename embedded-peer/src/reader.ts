import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type {
  BlockSource,
  PeerState,
  PrivateSource,
  StoredBlockHash,
  StoredChange,
  StoredHash,
  StoredPrivateKey,
  StoredPrivateValue,
  StoredTip,
  StoredTransaction,
  StoredValue,
} from '@carbon-ledger/auditor';
import { LedgerError } from '@carbon-ledger/core';
import { chaincodeOf } from './founded';
import { BlockIndex } from './ledger/blocks';
import { VALIDATION_PARAMETER } from './commit/validator';
import { afterPrefix, privateValueKey } from './ledger/keys';
import { decodePrivateValue, decodeVersionedValue } from './ledger/state';
import { Store } from './ledger/store';
import { decodeVersion, VERSION_BYTES, type Version } from './ledger/version';
import { sha256 } from './proto/bytes';

const ZERO = 0;
/** First letters of the key space (ledger/keys.ts). */
const TABLES = {
  state: 's',
  hashes: 'q',
  privateKeys: 'p',
  privateValues: 'd',
  transactions: 't',
  blockHashes: 'h',
  history: 'y',
} as const;
const HASH_BYTES = 32;
/** Length of the key in an entry of the history. */
const LENGTH_BYTES = 4;

/** What a folder holds, for those who check it while no peer runs on it. Nothing is judged here. */
export interface LedgerReader extends BlockSource, PrivateSource, PeerState {
  /** The folder. */
  readonly name: string;
  /** Names that the ledger was founded with; no chaincode where no block tells one. */
  readonly names: { readonly chaincode?: string };
  /** Number of blocks. */
  height(): Promise<number>;
  /** `common.Block` bytes from this number on. @throws LedgerError STORE_CORRUPT where one is missing */
  blocks(from: number): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** Takes apart `letter name ZERO … rest`: so many names, then the rest. */
function splitKey(stored: Buffer, names: 1): [string, Buffer];
function splitKey(stored: Buffer, names: 2): [string, string, Buffer];
function splitKey(stored: Buffer, names: number): (string | Buffer)[] {
  const parts: string[] = [];
  let at = 1;
  for (let name = 0; name < names; name++) {
    const end = stored.indexOf(ZERO, at);
    if (end < 0) throw new Error('a name has no end');
    parts.push(stored.subarray(at, end).toString());
    at = end + 1;
  }
  return [...parts, stored.subarray(at)];
}

/** Undefined for bytes that are no private value: whoever goes through the table is told of them. */
function readPrivateValue(bytes: Buffer): ReturnType<typeof decodePrivateValue> | undefined {
  try {
    return decodePrivateValue(bytes);
  } catch {
    return undefined;
  }
}

class FolderReader implements LedgerReader {
  readonly name: string;
  readonly names: LedgerReader['names'];
  readonly #store: Store;
  readonly #index: BlockIndex;

  constructor(name: string, store: Store) {
    this.name = name;
    this.#store = store;
    this.#index = new BlockIndex(store);
    const chaincode = chaincodeOf(this.#index);
    this.names = chaincode === undefined ? {} : { chaincode };
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
    return Promise.resolve(bytes && readPrivateValue(bytes)?.value);
  }

  tip(): Promise<StoredTip> {
    const { height, headerHash, commitHash } = this.#index.tip();
    return Promise.resolve({
      height,
      headerHash: headerHash.toString('hex'),
      commitHash: commitHash.toString('hex'),
    });
  }

  values(): AsyncIterable<StoredValue> {
    return this.#table(TABLES.state, (stored, bytes) => {
      const [namespace, key] = splitKey(stored, 1);
      const { version, value, metadata } = decodeVersionedValue(bytes);
      return { namespace, key: key.toString(), version, value, policy: metadata.get(VALIDATION_PARAMETER) };
    });
  }

  hashes(): AsyncIterable<StoredHash> {
    return this.#table(TABLES.hashes, (stored, bytes) => {
      const [namespace, collection, keyHash] = splitKey(stored, 2);
      const { version, value, metadata } = decodeVersionedValue(bytes);
      const plain = this.#store.get(privateValueKey(namespace, collection, keyHash, version));
      return {
        namespace,
        collection,
        keyHash: keyHash.toString('hex'),
        version,
        valueHash: value,
        policy: metadata.get(VALIDATION_PARAMETER),
        hasValue: plain !== undefined,
      };
    });
  }

  privateKeys(): AsyncIterable<StoredPrivateKey> {
    return this.#table(TABLES.privateKeys, (stored, version) => {
      const [namespace, collection, key] = splitKey(stored, 2);
      return { namespace, collection, key: key.toString(), version: decodeVersion(version) };
    });
  }

  privateValues(): AsyncIterable<StoredPrivateValue> {
    return this.#table(TABLES.privateValues, (stored, bytes) => {
      const [namespace, collection, place] = splitKey(stored, 2);
      const keyHash = place.subarray(0, HASH_BYTES).toString('hex');
      return {
        namespace,
        collection,
        keyHash,
        version: decodeVersion(place, HASH_BYTES),
        ...decodePrivateValue(bytes),
      };
    });
  }

  transactions(): AsyncIterable<StoredTransaction> {
    return this.#table(TABLES.transactions, (stored, bytes) => ({
      txId: stored.subarray(1).toString(),
      version: decodeVersion(bytes),
      code: bytes.readUInt8(VERSION_BYTES),
    }));
  }

  blockHashes(): AsyncIterable<StoredBlockHash> {
    return this.#table(TABLES.blockHashes, (stored, number) => ({
      hash: stored.subarray(1).toString('hex'),
      number: Number(number.readBigUInt64BE(0)),
    }));
  }

  history(): AsyncIterable<StoredChange> {
    return this.#table(TABLES.history, (stored) => {
      const [namespace, place] = splitKey(stored, 1);
      const keyEnd = LENGTH_BYTES + place.readUInt32BE(0);
      const key = place.subarray(LENGTH_BYTES, keyEnd).toString();
      return { namespace, key, version: decodeVersion(place, keyEnd) };
    });
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  /** @throws LedgerError STORE_CORRUPT for an entry that is none of this table */
  async *#table<T>(letter: string, decode: (key: Buffer, value: Buffer) => T): AsyncGenerator<T> {
    const from = Buffer.from(letter);
    for await (const [key, value] of this.#store.entries({ from, to: afterPrefix(from) }))
      yield this.#decoded(key, () => decode(key, value));
  }

  #decoded<T>(key: Buffer, decode: () => T): T {
    try {
      return decode();
    } catch (cause) {
      const name = JSON.stringify(key.toString('latin1'));
      throw new LedgerError('STORE_CORRUPT', `${this.name}: the entry ${name} cannot be read`, { cause });
    }
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
