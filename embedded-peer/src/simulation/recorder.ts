import type { Metadata } from '../ledger/state';
import type { Version } from '../ledger/version';
import { byUtf8Key, sha256 } from '../proto/bytes';
import { encodePrivateWrites, encodeReadWriteSet } from '../rwset/encode';
import type { CollectionSet, HashedWrite, KeyWrite, NamespaceSet, PrivateWrites, RangeQuery } from '../rwset/types';
import type { RangeReader } from './range-reader';

const EMPTY = Buffer.alloc(0);

/** The outcome of a simulation: what is signed and ordered, and what stays private. */
export interface SimulationResult {
  readonly sets: readonly NamespaceSet[];
  /** `ledger.rwset.TxReadWriteSet` bytes. */
  readonly bytes: Buffer;
  readonly privateWrites: readonly PrivateWrites[];
}

interface PrivateWrite extends KeyWrite {
  readonly isPurge: boolean;
}

class CollectionRecord {
  readonly reads = new Map<string, { keyHash: Uint8Array; version: Version | undefined }>();
  readonly writes = new Map<string, PrivateWrite>();
  readonly metadata = new Map<string, Metadata>();

  /** Sorted by key hash, as Fabric sorts them, so that equal simulations give equal bytes. */
  hashed(): Pick<CollectionSet, 'reads' | 'writes' | 'metadataWrites'> {
    const writes = [...this.writes.values()].map(hashWrite);
    const metadata = [...this.metadata].map(([key, entries]) => ({ keyHash: sha256(Buffer.from(key)), entries }));
    return {
      reads: [...this.reads.values()].sort(byKeyHash),
      writes: writes.sort(byKeyHash),
      metadataWrites: metadata.sort(byKeyHash),
    };
  }

  plain(): KeyWrite[] {
    return byUtf8Key(this.writes).map(([, write]) => write);
  }
}

function byKeyHash(a: { keyHash: Uint8Array }, b: { keyHash: Uint8Array }): number {
  return Buffer.compare(a.keyHash, b.keyHash);
}

function hashWrite({ key, isDelete, isPurge, value }: PrivateWrite): HashedWrite {
  return { keyHash: sha256(Buffer.from(key)), isDelete, isPurge, valueHash: isDelete ? EMPTY : sha256(value) };
}

/** Collects the reads and writes of one transaction in one namespace. */
export class ReadWriteRecorder {
  readonly #namespace: string;
  readonly #reads = new Map<string, Version | undefined>();
  readonly #writes = new Map<string, Uint8Array>();
  readonly #metadata = new Map<string, Metadata>();
  readonly #ranges: RangeReader[] = [];
  readonly #collections = new Map<string, CollectionRecord>();

  constructor(namespace: string) {
    this.#namespace = namespace;
  }

  read(key: string, version: Version | undefined): void {
    if (!this.#reads.has(key)) this.#reads.set(key, version);
  }

  range(reader: RangeReader): RangeReader {
    this.#ranges.push(reader);
    return reader;
  }

  write(key: string, value: Uint8Array): void {
    this.#writes.set(key, value);
  }

  writeMetadata(key: string, entries: Metadata): void {
    this.#metadata.set(key, entries);
  }

  readPrivate(collection: string, keyHash: Buffer, version: Version | undefined): void {
    const { reads } = this.#collection(collection);
    const id = keyHash.toString('latin1');
    if (!reads.has(id)) reads.set(id, { keyHash, version });
  }

  writePrivate(collection: string, key: string, value: Uint8Array): void {
    this.#collection(collection).writes.set(key, { key, isDelete: value.length === 0, isPurge: false, value });
  }

  purgePrivate(collection: string, key: string): void {
    this.#collection(collection).writes.set(key, { key, isDelete: true, isPurge: true, value: EMPTY });
  }

  writePrivateMetadata(collection: string, key: string, entries: Metadata): void {
    this.#collection(collection).metadata.set(key, entries);
  }

  result(): SimulationResult {
    const privateWrites = this.#privateWrites();
    const sets = this.#isEmpty() ? [] : [this.#namespaceSet(privateWrites)];
    return { sets, bytes: encodeReadWriteSet(sets), privateWrites };
  }

  #isEmpty(): boolean {
    const parts = [this.#reads, this.#writes, this.#metadata, this.#collections];
    return this.#ranges.length === 0 && parts.every((part) => part.size === 0);
  }

  #namespaceSet(privateWrites: readonly PrivateWrites[]): NamespaceSet {
    return {
      namespace: this.#namespace,
      reads: byUtf8Key(this.#reads).map(([key, version]) => ({ key, version })),
      ranges: this.#rangeQueries(),
      writes: byUtf8Key(this.#writes).map(([key, value]) => ({ key, isDelete: value.length === 0, value })),
      metadataWrites: byUtf8Key(this.#metadata).map(([key, entries]) => ({ key, entries })),
      collections: byUtf8Key(this.#collections).map(([collection, record]) => ({
        collection,
        ...record.hashed(),
        privateHash: sha256Of(privateWrites.find((writes) => writes.collection === collection)),
      })),
    };
  }

  #rangeQueries(): RangeQuery[] {
    return this.#ranges.map((reader) => reader.query());
  }

  #privateWrites(): PrivateWrites[] {
    return byUtf8Key(this.#collections)
      .filter(([, record]) => record.writes.size > 0)
      .map(([collection, record]) => {
        const writes = record.plain();
        return { namespace: this.#namespace, collection, writes, bytes: encodePrivateWrites(writes) };
      });
  }

  #collection(name: string): CollectionRecord {
    const known = this.#collections.get(name);
    if (known) return known;
    const created = new CollectionRecord();
    this.#collections.set(name, created);
    return created;
  }
}

function sha256Of(writes: PrivateWrites | undefined): Buffer {
  return writes ? sha256(writes.bytes) : EMPTY;
}
