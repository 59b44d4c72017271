import { ledger } from '@hyperledger/fabric-protos';
import { type Metadata, NO_METADATA } from '../ledger/state';
import type { Version } from '../ledger/version';
import type { CollectionSet, KeyRead, NamespaceSet, RangeQuery } from './types';

const { kvrwset } = ledger.rwset;

function version(message: ledger.rwset.kvrwset.Version | undefined): Version | undefined {
  return message && { block: message.getBlockNum(), tx: message.getTxNum() };
}

function read(message: ledger.rwset.kvrwset.KVRead): KeyRead {
  return { key: message.getKey(), version: version(message.getVersion()) };
}

function metadata(entries: readonly ledger.rwset.kvrwset.KVMetadataEntry[]): Metadata {
  if (entries.length === 0) return NO_METADATA;
  return new Map(entries.map((entry) => [entry.getName(), entry.getValue_asU8()]));
}

function range(message: ledger.rwset.kvrwset.RangeQueryInfo): RangeQuery {
  return {
    startKey: message.getStartKey(),
    endKey: message.getEndKey(),
    exhausted: message.getItrExhausted(),
    reads: message.getRawReads()?.getKvReadsList().map(read) ?? [],
    ...(message.hasReadsMerkleHashes() ? { isSummarised: true } : {}),
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
      isDelete: entry.getIsDelete(),
      isPurge: entry.getIsPurge(),
      valueHash: entry.getValueHash_asU8(),
    })),
    metadataWrites: hashed
      .getMetadataWritesList()
      .map((entry) => ({ keyHash: entry.getKeyHash_asU8(), entries: metadata(entry.getEntriesList()) })),
    privateHash: message.getPvtRwsetHash_asU8(),
  };
}

function namespace(message: ledger.rwset.NsReadWriteSet): NamespaceSet {
  const kv = kvrwset.KVRWSet.deserializeBinary(message.getRwset_asU8());
  return {
    namespace: message.getNamespace(),
    reads: kv.getReadsList().map(read),
    ranges: kv.getRangeQueriesInfoList().map(range),
    writes: kv.getWritesList().map((write) => ({
      key: write.getKey(),
      // A write without a value is a deletion in Fabric, whatever the flag says (rwsetutil.IsKVWriteDelete).
      isDelete: write.getIsDelete() || write.getValue_asU8().length === 0,
      value: write.getValue_asU8(),
    })),
    metadataWrites: kv
      .getMetadataWritesList()
      .map((write) => ({ key: write.getKey(), entries: metadata(write.getEntriesList()) })),
    collections: message.getCollectionHashedRwsetList().map(collection),
  };
}

/** @throws Error when the bytes are not a read-write set. */
export function decodeReadWriteSet(bytes: Uint8Array): NamespaceSet[] {
  return ledger.rwset.TxReadWriteSet.deserializeBinary(bytes).getNsRwsetList().map(namespace);
}
