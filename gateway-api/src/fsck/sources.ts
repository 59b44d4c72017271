import type { Version } from './blocks/rwset';

/** Where blocks come from. Nothing that it says is believed; a source that cannot give a block must throw. */
export interface BlockSource {
  /** For messages: a folder, or the address of a peer. */
  readonly name: string;
  /** Number of blocks, if the source knows it beforehand; for progress only. */
  height(): Promise<number | undefined>;
  /** `common.Block` bytes from this number on, in order. */
  blocks(from: number): AsyncIterable<Uint8Array>;
}

/** Private figures of the collection, for those who may have them. Held to the hash in the block. */
export interface PrivateSource {
  /** Value of a key of a private collection as it was written by that transaction. */
  value(namespace: string, collection: string, key: string, version: Version): Promise<Uint8Array | undefined>;
}

/** A value in the peer's own state, as it says. */
export interface StoredValue {
  readonly namespace: string;
  readonly key: string;
  readonly version: Version;
  readonly value: Uint8Array;
}

export interface StoredHash {
  readonly namespace: string;
  readonly collection: string;
  /** Hex SHA-256 of the key. */
  readonly keyHash: string;
  readonly version: Version;
  readonly valueHash: Uint8Array;
}

export interface StoredTransaction {
  readonly txId: string;
  readonly version: Version;
  readonly code: number;
}

/** What a peer's folder holds besides blocks: all of it follows from them. */
export interface PeerState {
  values(): AsyncIterable<StoredValue>;
  hashes(): AsyncIterable<StoredHash>;
  transactions(): AsyncIterable<StoredTransaction>;
}
