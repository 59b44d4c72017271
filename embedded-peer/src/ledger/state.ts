import { sha256 } from '../proto/bytes';
import { afterPrefix, hashedKey, privateKey, privatePrefix, privateValueKey, stateKey, statePrefix } from './keys';
import type { Range, Reader } from './store';
import { decodeVersion, encodeVersion, VERSION_BYTES, type Version } from './version';

const LENGTH_BYTES = 4;

/** A committed value: version, metadata (key-level endorsement policy and the like) and bytes. */
export interface VersionedValue {
  readonly version: Version;
  readonly metadata: Metadata;
  readonly value: Buffer;
}

/** Metadata entries of a key by name. */
export type Metadata = ReadonlyMap<string, Uint8Array>;
export const NO_METADATA: Metadata = new Map();

function encodeMetadata(metadata: Metadata): Buffer {
  if (metadata.size === 0) return Buffer.alloc(0);
  const entries = [...metadata].map(([name, value]) => [name, Buffer.from(value).toString('base64')]);
  return Buffer.from(JSON.stringify(entries));
}

function decodeMetadata(bytes: Buffer): Metadata {
  if (bytes.length === 0) return NO_METADATA;
  const entries = JSON.parse(bytes.toString()) as [string, string][];
  return new Map(entries.map(([name, value]) => [name, Buffer.from(value, 'base64')]));
}

export function encodeVersionedValue({ version, metadata, value }: VersionedValue): Buffer {
  const extra = encodeMetadata(metadata);
  const length = Buffer.allocUnsafe(LENGTH_BYTES);
  length.writeUInt32BE(extra.length);
  return Buffer.concat([encodeVersion(version), length, extra, value]);
}

export function decodeVersionedValue(bytes: Buffer): VersionedValue {
  const metadataEnd = VERSION_BYTES + LENGTH_BYTES + bytes.readUInt32BE(VERSION_BYTES);
  return {
    version: decodeVersion(bytes),
    metadata: decodeMetadata(bytes.subarray(VERSION_BYTES + LENGTH_BYTES, metadataEnd)),
    value: bytes.subarray(metadataEnd),
  };
}

/** The store answers with the same bytes while a value stands. */
const decoded = new WeakMap<Buffer, VersionedValue>();

function decodeOnce(bytes: Buffer): VersionedValue {
  const known = decoded.get(bytes);
  if (known !== undefined) return known;
  const value = decodeVersionedValue(bytes);
  decoded.set(bytes, value);
  return value;
}

/** A key and value of a range read. */
export interface StateEntry {
  readonly key: string;
  readonly version: Version;
  readonly value: Buffer;
}

function rangeUnder(prefix: Buffer, startKey: string, endKey: string): Range {
  return {
    from: Buffer.concat([prefix, Buffer.from(startKey)]),
    to: endKey === '' ? afterPrefix(prefix) : Buffer.concat([prefix, Buffer.from(endKey)]),
  };
}

/** Length before the key, then the value: what table d holds. */
export function encodePrivateValue(key: string, value: Uint8Array): Buffer {
  const bytes = Buffer.from(key);
  const length = Buffer.allocUnsafe(LENGTH_BYTES);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes, value]);
}

export function decodePrivateValue(bytes: Buffer): { key: string; value: Buffer } {
  const end = LENGTH_BYTES + bytes.readUInt32BE(0);
  return { key: bytes.subarray(LENGTH_BYTES, end).toString(), value: bytes.subarray(end) };
}

/** Public, hashed and private state as of one view. */
export class State {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  public(namespace: string, key: string): VersionedValue | undefined {
    const bytes = this.#reader.get(stateKey(namespace, key));
    return bytes && decodeOnce(bytes);
  }

  /** State of the hash of a private key: version, metadata, SHA-256 of the value. */
  hashed(namespace: string, collection: string, keyHash: Uint8Array): VersionedValue | undefined {
    const bytes = this.#reader.get(hashedKey(namespace, collection, keyHash));
    return bytes && decodeVersionedValue(bytes);
  }

  private(namespace: string, collection: string, key: string): StateEntry | undefined {
    const version = this.#reader.get(privateKey(namespace, collection, key));
    return version && this.#privateAt(namespace, collection, key, decodeVersion(version));
  }

  /** From `startKey` to `endKey` exclusive, in byte order; an empty `endKey` means to the end. */
  async *publicRange(namespace: string, startKey: string, endKey: string): AsyncGenerator<StateEntry> {
    const prefix = statePrefix(namespace);
    for await (const [key, bytes] of this.#reader.entries(rangeUnder(prefix, startKey, endKey))) {
      const { version, value } = decodeVersionedValue(bytes);
      yield { key: key.subarray(prefix.length).toString(), version, value };
    }
  }

  async *privateRange(
    namespace: string,
    collection: string,
    startKey: string,
    endKey: string,
  ): AsyncGenerator<StateEntry> {
    const prefix = privatePrefix(namespace, collection);
    for await (const [stored, version] of this.#reader.entries(rangeUnder(prefix, startKey, endKey))) {
      const key = stored.subarray(prefix.length).toString();
      const entry = this.#privateAt(namespace, collection, key, decodeVersion(version));
      if (entry) yield entry;
    }
  }

  #privateAt(namespace: string, collection: string, key: string, version: Version): StateEntry | undefined {
    const keyHash = sha256(Buffer.from(key));
    const bytes = this.#reader.get(privateValueKey(namespace, collection, keyHash, version));
    return bytes && { key, version, value: decodePrivateValue(bytes).value };
  }
}
