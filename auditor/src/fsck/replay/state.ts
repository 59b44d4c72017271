import { asBuffer, hex, sha256 } from '../blocks/bytes';
import type { Metadata, NamespaceSet, Version } from '../blocks/rwset';
import type { WorkStore } from './work-store';
import { workTables } from './work-tables';

/** Name under which Fabric keeps the endorsement policy of one key. */
const VALIDATION_PARAMETER = 'VALIDATION_PARAMETER';
const VERSION_BYTES = 12;
const ZERO = '\u0000';
/** Values that only their transaction could be asked for: kept as digest, since nobody reads them in a transaction. */
const LARGE_VALUE = /^tx\//;

/** A key of the world state as the blocks give it. */
export interface StateEntry {
  readonly version: Version;
  /** The value, or undefined where only its digest is kept. */
  readonly value: Buffer | undefined;
  readonly digest: Buffer;
}

function encodeVersion({ block, tx }: Version): Buffer {
  const bytes = Buffer.allocUnsafe(VERSION_BYTES);
  bytes.writeBigUInt64BE(BigInt(block), 0);
  bytes.writeUInt32BE(tx, 8);
  return bytes;
}

function decodeVersion(bytes: Buffer): Version {
  return { block: Number(bytes.readBigUInt64BE(0)), tx: bytes.readUInt32BE(8) };
}

export function isSameVersion(a: Version | undefined, b: Version | undefined): boolean {
  return a?.block === b?.block && a?.tx === b?.tx;
}

const NOTHING = Buffer.alloc(0);
const publicKey = (namespace: string, key: string): string => `${workTables.public}${namespace}${ZERO}${key}`;
const hashedKey = (namespace: string, collection: string, keyHash: string): string =>
  `${workTables.hashed}${namespace}${ZERO}${collection}${ZERO}${keyHash}`;
/** The stamp has one length, so that the parts cannot run into each other. */
const privateValueKey = (namespace: string, collection: string, keyHash: string, stamp: Buffer): string =>
  `${workTables.privateValue}${namespace}${ZERO}${collection}${ZERO}${keyHash}${hex(stamp)}`;
const changeKey = (namespace: string, key: string, stamp: Buffer): string =>
  `${workTables.change}${namespace}${ZERO}${key}${hex(stamp)}`;
const transactionKey = (txId: string): string => `${workTables.transaction}${txId}`;
const blockHashKey = (hash: string): string => `${workTables.blockHash}${hash}`;
/** Policies of single keys: rare, so they do not burden the entry of every key. */
const policyKey = (entry: string): string => `${workTables.policy}${entry}`;

/** Ids of what a replay leaves, for those who compare: the same letters and names as in the work store. */
export const entryIds = {
  public: publicKey,
  hashed: hashedKey,
  transaction: transactionKey,
  blockHash: blockHashKey,
  change: (namespace: string, key: string, version: Version): string =>
    changeKey(namespace, key, encodeVersion(version)),
} as const;

/** The world state that valid transactions give: what every peer of the channel must hold after the same blocks. */
export class ReplayedState {
  readonly #store: WorkStore;

  constructor(store: WorkStore) {
    this.#store = store;
  }

  public(namespace: string, key: string): StateEntry | undefined {
    const bytes = this.#store.get(publicKey(namespace, key));
    return bytes && decodeEntry(bytes);
  }

  hashedVersion(namespace: string, collection: string, keyHash: Uint8Array): Version | undefined {
    const bytes = this.#store.get(hashedKey(namespace, collection, hex(keyHash)));
    return bytes && decodeVersion(bytes);
  }

  hashedValue(namespace: string, collection: string, keyHash: Uint8Array): Buffer | undefined {
    return this.#store.get(hashedKey(namespace, collection, hex(keyHash)))?.subarray(VERSION_BYTES);
  }

  /** Endorsement policy of one key, if it has its own. */
  keyPolicy(namespace: string, key: string): Buffer | undefined {
    return this.#store.get(policyKey(publicKey(namespace, key)));
  }

  hashedKeyPolicy(namespace: string, collection: string, keyHash: Uint8Array): Buffer | undefined {
    return this.#store.get(policyKey(hashedKey(namespace, collection, hex(keyHash))));
  }

  /** SHA-256 of the private value that a transaction wrote under a key, whether it is current or not. */
  privateValueHash(namespace: string, collection: string, keyHash: Uint8Array, version: Version): Buffer | undefined {
    return this.#store.get(privateValueKey(namespace, collection, hex(keyHash), encodeVersion(version)));
  }

  /** Whether the transaction at this place wrote or deleted the key. */
  isChange(namespace: string, key: string, version: Version): boolean {
    return this.#store.get(changeKey(namespace, key, encodeVersion(version))) !== undefined;
  }

  /** Number of the block whose header has this hash (hex). */
  blockNumber(hash: string): number | undefined {
    return this.#store.get(blockHashKey(hash))?.readUInt32BE(0);
  }

  addBlock(hash: string, number: number): void {
    const bytes = Buffer.allocUnsafe(4);
    bytes.writeUInt32BE(number);
    this.#store.put(blockHashKey(hash), bytes);
  }

  transaction(txId: string): { readonly version: Version; readonly code: number } | undefined {
    const bytes = this.#store.get(transactionKey(txId));
    return bytes && { version: decodeVersion(bytes), code: bytes.readUInt8(VERSION_BYTES) };
  }

  hasTransaction(txId: string): boolean {
    return this.#store.get(transactionKey(txId)) !== undefined;
  }

  /** The first transaction under an id keeps it. */
  addTransaction(txId: string, version: Version, code: number): void {
    if (txId !== '' && !this.hasTransaction(txId))
      this.#store.put(transactionKey(txId), Buffer.concat([encodeVersion(version), Buffer.of(code)]));
  }

  /** Keys of a range with their versions, in byte order; an empty end is the end of the namespace. */
  async *range(namespace: string, startKey: string, endKey: string): AsyncGenerator<readonly [string, StateEntry]> {
    const prefix = publicKey(namespace, '');
    const end = endKey === '' ? `${workTables.public}${namespace}\u0001` : prefix + endKey;
    for await (const [key, bytes] of this.#store.range(prefix + startKey, end))
      yield [key.slice(prefix.length), decodeEntry(bytes)];
  }

  /** Takes in what a valid transaction wrote. */
  apply(sets: readonly NamespaceSet[], version: Version): void {
    const stamp = encodeVersion(version);
    for (const set of sets) this.#applySet(set, stamp);
  }

  #applySet({ namespace, writes, metadataWrites, collections }: NamespaceSet, stamp: Buffer): void {
    for (const { key, isDelete, value } of writes) {
      this.#put(publicKey(namespace, key), isDelete ? undefined : encodeEntry(stamp, key, value));
      this.#store.put(changeKey(namespace, key, stamp), NOTHING);
    }
    for (const { key, entries } of metadataWrites) this.#putPolicy(publicKey(namespace, key), entries, stamp);
    for (const { collection, writes: hashed, metadataWrites: hashedMetadata } of collections) {
      for (const { keyHash, isDelete, valueHash } of hashed) {
        const hashHex = hex(keyHash);
        this.#put(hashedKey(namespace, collection, hashHex), isDelete ? undefined : Buffer.concat([stamp, valueHash]));
        if (!isDelete) this.#store.put(privateValueKey(namespace, collection, hashHex, stamp), asBuffer(valueHash));
      }
      for (const { keyHash, entries } of hashedMetadata)
        this.#putPolicy(hashedKey(namespace, collection, hex(keyHash)), entries, stamp);
    }
  }

  /** A deleted key loses its policy too. */
  #put(key: string, value: Buffer | undefined): void {
    this.#store.put(key, value);
    if (value === undefined) this.#store.put(policyKey(key), undefined);
  }

  /** Writing metadata gives the key a new version; metadata of a key that is not there are dropped, as in Fabric. */
  #putPolicy(key: string, entries: Metadata, stamp: Buffer): void {
    const entry = this.#store.get(key);
    if (entry === undefined) return;
    const policy = entries.get(VALIDATION_PARAMETER);
    this.#store.put(policyKey(key), policy && asBuffer(policy));
    this.#store.put(key, Buffer.concat([stamp, entry.subarray(VERSION_BYTES)]));
  }
}

function encodeEntry(stamp: Buffer, key: string, value: Uint8Array): Buffer {
  return LARGE_VALUE.test(key)
    ? Buffer.concat([stamp, Buffer.of(0), sha256(value)])
    : Buffer.concat([stamp, Buffer.of(1), value]);
}

function decodeEntry(bytes: Buffer): StateEntry {
  const version = decodeVersion(bytes);
  const rest = bytes.subarray(VERSION_BYTES + 1);
  const isWhole = bytes[VERSION_BYTES] === 1;
  return {
    version,
    value: isWhole ? rest : undefined,
    // Of every value that is read, only few are compared by their digest.
    get digest() {
      return isWhole ? sha256(rest) : rest;
    },
  };
}
