import type { Metadata } from '../ledger/state';
import type { Version } from '../ledger/version';

/** What a transaction read and would write (`ledger.rwset.TxReadWriteSet`), decoded. An absent version means: no such key. */
export interface KeyRead {
  readonly key: string;
  readonly version: Version | undefined;
}

export interface KeyWrite {
  readonly key: string;
  readonly isDelete: boolean;
  readonly value: Uint8Array;
}

export interface MetadataWrite {
  readonly key: string;
  readonly entries: Metadata;
}

/** A range read: every key that was seen between the bounds, so that a phantom shows at validation. */
export interface RangeQuery {
  readonly startKey: string;
  /** Exclusive when the iterator was read to its end; otherwise the last key that was read, inclusive. */
  readonly endKey: string;
  readonly exhausted: boolean;
  readonly reads: readonly KeyRead[];
  /** Set where only hashes of the reads are given. This peer never endorses so, and takes no such read for current. */
  readonly isSummarised?: boolean;
}

export interface HashedRead {
  readonly keyHash: Uint8Array;
  readonly version: Version | undefined;
}

export interface HashedWrite {
  readonly keyHash: Uint8Array;
  readonly isDelete: boolean;
  readonly isPurge: boolean;
  readonly valueHash: Uint8Array;
}

export interface HashedMetadataWrite {
  readonly keyHash: Uint8Array;
  readonly entries: Metadata;
}

export interface CollectionSet {
  readonly collection: string;
  readonly reads: readonly HashedRead[];
  readonly writes: readonly HashedWrite[];
  readonly metadataWrites: readonly HashedMetadataWrite[];
  /** SHA-256 of the collection's private KVRWSet; empty when nothing private was written. */
  readonly privateHash: Uint8Array;
}

export interface NamespaceSet {
  readonly namespace: string;
  readonly reads: readonly KeyRead[];
  readonly ranges: readonly RangeQuery[];
  readonly writes: readonly KeyWrite[];
  readonly metadataWrites: readonly MetadataWrite[];
  readonly collections: readonly CollectionSet[];
}

/** Plain keys and values of one collection, as they travel beside the transaction. */
export interface PrivateWrites {
  readonly namespace: string;
  readonly collection: string;
  /** `kvrwset.KVRWSet` bytes whose hash the public set carries. */
  readonly bytes: Buffer;
  readonly writes: readonly KeyWrite[];
}
