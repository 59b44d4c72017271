import type { CollectionSet, NamespaceSet, RangeQuery } from '../../../embedded-peer/src/rwset/types';
import type { Version } from '../../../embedded-peer/src/ledger/version';
import { sha256 } from '../../../embedded-peer/src/proto/bytes';

/** Parts of a read-write set, in few words. */
export interface Touched {
  readonly reads?: Readonly<Record<string, Version | undefined>>;
  readonly writes?: Readonly<Record<string, string | null>>;
  readonly ranges?: readonly RangeQuery[];
  readonly metadata?: Readonly<Record<string, Readonly<Record<string, Uint8Array>>>>;
  readonly collections?: readonly CollectionSet[];
}

/** `null` deletes; the empty text is a write without a value. */
function write([key, value]: [string, string | null]): NamespaceSet['writes'][number] {
  return { key, isDelete: value === null, value: Buffer.from(value ?? '') };
}

export function touch(namespace: string, { reads, writes, ranges, metadata, collections }: Touched): NamespaceSet {
  return {
    namespace,
    reads: Object.entries(reads ?? {}).map(([key, version]) => ({ key, version })),
    writes: Object.entries(writes ?? {}).map(write),
    ranges: ranges ?? [],
    metadataWrites: Object.entries(metadata ?? {}).map(([key, entries]) => ({
      key,
      entries: new Map(Object.entries(entries)),
    })),
    collections: collections ?? [],
  };
}

export function range(startKey: string, endKey: string, reads: RangeQuery['reads'], exhausted = true): RangeQuery {
  return { startKey, endKey, exhausted, reads };
}

/** Hashes of private keys and values; the private values themselves are given to nobody. */
export function hashed(
  collection: string,
  writes: Readonly<Record<string, string>>,
  reads: Readonly<Record<string, Version | undefined>> = {},
): CollectionSet {
  return {
    collection,
    reads: Object.entries(reads).map(([key, version]) => ({ keyHash: sha256(Buffer.from(key)), version })),
    writes: Object.entries(writes).map(([key, value]) => ({
      keyHash: sha256(Buffer.from(key)),
      isDelete: value === '',
      isPurge: false,
      valueHash: value === '' ? Buffer.alloc(0) : sha256(Buffer.from(value)),
    })),
    metadataWrites: [],
    privateHash: Buffer.alloc(0),
  };
}
