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
  /** Endorsement policy of its own, where the key has one. */
  readonly policy: Uint8Array | undefined;
}

export interface StoredHash {
  readonly namespace: string;
  readonly collection: string;
  /** Hex SHA-256 of the key. */
  readonly keyHash: string;
  readonly version: Version;
  readonly valueHash: Uint8Array;
  readonly policy: Uint8Array | undefined;
  /** Whether the plain value of this version lies beside it. */
  readonly hasValue: boolean;
}

/** Where the current value of a private key lies. */
export interface StoredPrivateKey {
  readonly namespace: string;
  readonly collection: string;
  readonly key: string;
  readonly version: Version;
}

/** A private value, current or superseded. */
export interface StoredPrivateValue extends StoredPrivateKey {
  /** Hex SHA-256 of the key under which it is stored. */
  readonly keyHash: string;
  readonly value: Uint8Array;
}

/** An entry of the index by block hash. */
export interface StoredBlockHash {
  /** Hex hash of a block's header. */
  readonly hash: string;
  readonly number: number;
}

/** An entry of the history: a transaction that changed a key. */
export type StoredChange = Omit<StoredPrivateKey, 'collection'>;

/** What the peer takes for the end of its chain; both hashes in hex. */
export interface StoredTip {
  readonly height: number;
  readonly headerHash: string;
  readonly commitHash: string;
}

export interface StoredTransaction {
  readonly txId: string;
  readonly version: Version;
  readonly code: number;
}

/** What a peer's folder holds besides blocks: all of it follows from them. */
export interface PeerState {
  tip(): Promise<StoredTip>;
  values(): AsyncIterable<StoredValue>;
  hashes(): AsyncIterable<StoredHash>;
  privateKeys(): AsyncIterable<StoredPrivateKey>;
  privateValues(): AsyncIterable<StoredPrivateValue>;
  transactions(): AsyncIterable<StoredTransaction>;
  blockHashes(): AsyncIterable<StoredBlockHash>;
  history(): AsyncIterable<StoredChange>;
}
