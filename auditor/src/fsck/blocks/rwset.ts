import { ledger } from '@hyperledger/fabric-protos';

const { kvrwset } = ledger.rwset;

/** Where a value was committed: block and place in it. Fabric's version of a key. */
export interface Version {
  readonly block: number;
  readonly tx: number;
}

/** An absent version means: no such key. */
export interface KeyRead {
  readonly key: string;
  readonly version: Version | undefined;
}

interface KeyWrite {
  readonly key: string;
  readonly isDelete: boolean;
  readonly value: Uint8Array;
}

export type Metadata = ReadonlyMap<string, Uint8Array>;

interface MetadataWrite {
  readonly key: string;
  readonly entries: Metadata;
}

/** A range read: every key that was seen between the bounds. */
export interface RangeRead {
  readonly startKey: string;
  /** Exclusive where the range was read to its end, otherwise the last key that was read. */
  readonly endKey: string;
  readonly exhausted: boolean;
  /** Absent where the set holds only a summary of them by hashes. */
  readonly reads: readonly KeyRead[] | undefined;
}

interface HashedRead {
  readonly keyHash: Uint8Array;
  readonly version: Version | undefined;
}

interface HashedWrite {
  readonly keyHash: Uint8Array;
  readonly isDelete: boolean;
  readonly valueHash: Uint8Array;
}

interface CollectionSet {
  readonly collection: string;
  readonly reads: readonly HashedRead[];
  readonly writes: readonly HashedWrite[];
  readonly metadataWrites: readonly { readonly keyHash: Uint8Array; readonly entries: Metadata }[];
}

/** What a transaction read and would write in one namespace. */
export interface NamespaceSet {
  readonly namespace: string;
  readonly reads: readonly KeyRead[];
  readonly ranges: readonly RangeRead[];
  readonly writes: readonly KeyWrite[];
  readonly metadataWrites: readonly MetadataWrite[];
  readonly collections: readonly CollectionSet[];
}

function version(message: ledger.rwset.kvrwset.Version | undefined): Version | undefined {
  return message && { block: message.getBlockNum(), tx: message.getTxNum() };
}

function read(message: ledger.rwset.kvrwset.KVRead): KeyRead {
  return { key: message.getKey(), version: version(message.getVersion()) };
}

function metadata(entries: readonly ledger.rwset.kvrwset.KVMetadataEntry[]): Metadata {
  return new Map(entries.map((entry) => [entry.getName(), entry.getValue_asU8()]));
}

function range(message: ledger.rwset.kvrwset.RangeQueryInfo): RangeRead {
  return {
    startKey: message.getStartKey(),
    endKey: message.getEndKey(),
    exhausted: message.getItrExhausted(),
    reads: message.hasReadsMerkleHashes() ? undefined : (message.getRawReads()?.getKvReadsList().map(read) ?? []),
  };
}

function collection(message: ledger.rwset.CollectionHashedReadWriteSet): CollectionSet {
  const hashed = kvrwset.HashedRWSet.deserializeBinary(message.getHashedRwset_asU8());
  return {
    collection: message.getCollectionName(),
    reads: hashed
      .getHashedReadsList()
      .map((entry) => ({ keyHash: entry.getKeyHash_asU8(), version: version(entry.getVersion()) })),
    writes: hashed.getHashedWritesList().map((entry) => ({
      keyHash: entry.getKeyHash_asU8(),
      // A purge deletes, and asks peers to forget the plain value besides.
      isDelete: entry.getIsDelete() || entry.getIsPurge(),
      valueHash: entry.getValueHash_asU8(),
    })),
    metadataWrites: hashed
      .getMetadataWritesList()
      .map((entry) => ({ keyHash: entry.getKeyHash_asU8(), entries: metadata(entry.getEntriesList()) })),
  };
}

function write(message: ledger.rwset.kvrwset.KVWrite): KeyWrite {
  const value = message.getValue_asU8();
  // Fabric takes a write without a value for a deletion, whatever the flag says (rwsetutil.IsKVWriteDelete).
  return { key: message.getKey(), isDelete: message.getIsDelete() || value.length === 0, value };
}

function namespace(message: ledger.rwset.NsReadWriteSet): NamespaceSet {
  const kv = kvrwset.KVRWSet.deserializeBinary(message.getRwset_asU8());
  return {
    namespace: message.getNamespace(),
    reads: kv.getReadsList().map(read),
    ranges: kv.getRangeQueriesInfoList().map(range),
    writes: kv.getWritesList().map(write),
    metadataWrites: kv
      .getMetadataWritesList()
      .map((entry) => ({ key: entry.getKey(), entries: metadata(entry.getEntriesList()) })),
    collections: message.getCollectionHashedRwsetList().map(collection),
  };
}

/** @throws Error when the bytes are not a read-write set */
export function decodeReadWriteSet(bytes: Uint8Array): NamespaceSet[] {
  return ledger.rwset.TxReadWriteSet.deserializeBinary(bytes).getNsRwsetList().map(namespace);
}
