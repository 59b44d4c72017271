import { NO_METADATA, type Metadata, type State, type StateEntry, type VersionedValue } from '../ledger/state';
import { sha256 } from '../proto/bytes';
import type { CollectionAccess } from './collections';
import { RangeReader } from './range-reader';
import { ReadWriteRecorder, type SimulationResult } from './recorder';

const EMPTY = Buffer.alloc(0);

/**
 * Runs one transaction against one committed state. Reads never see the transaction's own writes, and every read is
 * noted with the version it saw, so that validation can tell whether it still holds (Fabric's transaction simulator).
 */
export class Simulator {
  readonly #state: State;
  readonly #namespace: string;
  readonly #txId: string;
  readonly #access: CollectionAccess;
  readonly #recorder: ReadWriteRecorder;
  #hasWritten = false;
  #hasPaged = false;
  #hasQueriedPrivate = false;

  constructor(state: State, namespace: string, txId: string, access: CollectionAccess) {
    this.#state = state;
    this.#namespace = namespace;
    this.#txId = txId;
    this.#access = access;
    this.#recorder = new ReadWriteRecorder(namespace);
  }

  getState(key: string): Buffer {
    return this.#readPublic(key)?.value ?? EMPTY;
  }

  getMetadata(key: string): Metadata {
    return this.#readPublic(key)?.metadata ?? NO_METADATA;
  }

  putState(key: string, value: Uint8Array): void {
    this.#beforeWrite(key);
    this.#recorder.write(key, value);
  }

  putMetadata(key: string, entries: Metadata): void {
    this.#beforeWrite(key);
    this.#recorder.writeMetadata(key, entries);
  }

  getRange(startKey: string, endKey: string): RangeReader {
    const source = this.#state.publicRange(this.#namespace, startKey, endKey);
    return this.#recorder.range(new RangeReader(startKey, endKey, source));
  }

  /** One page of a range; allowed only in a transaction that writes nothing. */
  getPage(startKey: string, endKey: string, bookmark: string, size: number): RangeReader {
    if (this.#hasWritten) {
      throw new Error(
        `txid [${this.#txId}]: unsuppported transaction. Paginated queries are supported only in a read-only transaction`,
      );
    }
    this.#hasPaged = true;
    const from = bookmark === '' ? startKey : bookmark;
    const source = this.#state.publicRange(this.#namespace, from, endKey);
    return this.#recorder.range(new RangeReader(from, endKey, source, size));
  }

  getPrivate(collection: string, key: string): Buffer {
    this.#access.assertReadable(collection);
    const hash = this.#readHashed(collection, key);
    if (!hash) return EMPTY;
    const value = this.#state.private(this.#namespace, collection, key)?.value;
    if (value && sha256(value).equals(hash.value)) return value;
    throw new Error(
      `private data matching public hash version is not available. Collection [${collection}], key [${key}]`,
    );
  }

  /** Readable by all: the hash is public. */
  getPrivateHash(collection: string, key: string): Buffer {
    this.#access.assertExists(collection);
    return this.#readHashed(collection, key)?.value ?? EMPTY;
  }

  getPrivateMetadata(collection: string, key: string): Metadata {
    this.#access.assertReadable(collection);
    return this.#readHashed(collection, key)?.metadata ?? NO_METADATA;
  }

  getPrivateRange(collection: string, startKey: string, endKey: string): RangeReader {
    this.#access.assertReadable(collection);
    if (this.#hasWritten) {
      throw new Error(
        `txid [${this.#txId}]: unsuppported transaction. Queries on pvt data is supported only in a read-only transaction`,
      );
    }
    this.#hasQueriedPrivate = true;
    return new RangeReader(startKey, endKey, this.#privateEntries(collection, startKey, endKey));
  }

  putPrivate(collection: string, key: string, value: Uint8Array): void {
    this.#access.assertWritable(collection);
    this.#beforeWrite(key);
    this.#recorder.writePrivate(collection, key, value);
  }

  purgePrivate(collection: string, key: string): void {
    this.#access.assertWritable(collection);
    this.#beforeWrite(key);
    this.#recorder.purgePrivate(collection, key);
  }

  putPrivateMetadata(collection: string, key: string, entries: Metadata): void {
    this.#access.assertWritable(collection);
    this.#beforeWrite(key);
    this.#recorder.writePrivateMetadata(collection, key, entries);
  }

  /** What the transaction read and would write. */
  result(): SimulationResult {
    return this.#recorder.result();
  }

  #readPublic(key: string): VersionedValue | undefined {
    const found = this.#state.public(this.#namespace, key);
    this.#recorder.read(key, found?.version);
    return found;
  }

  #readHashed(collection: string, key: string): VersionedValue | undefined {
    const keyHash = sha256(Buffer.from(key));
    const found = this.#state.hashed(this.#namespace, collection, keyHash);
    this.#recorder.readPrivate(collection, keyHash, found?.version);
    return found;
  }

  #privateEntries(collection: string, startKey: string, endKey: string): AsyncGenerator<StateEntry> {
    return this.#state.privateRange(this.#namespace, collection, startKey, endKey);
  }

  #beforeWrite(key: string): void {
    if (key === '') throw new Error('key must not be an empty string');
    if (this.#hasPaged) {
      throw new Error(
        `txid [${this.#txId}]: Transaction has already performed a paginated query. Writes are not allowed`,
      );
    }
    if (this.#hasQueriedPrivate) {
      throw new Error(
        `txid [${this.#txId}]: Transaction has already performed queries on pvt data. Writes are not allowed`,
      );
    }
    this.#hasWritten = true;
  }
}
