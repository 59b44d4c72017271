import { ledger } from '@hyperledger/fabric-protos';
import type { Metadata } from '../ledger/state';
import type { Version } from '../ledger/version';
import { byUtf8Key, encode } from '../proto/bytes';
import type {
  CollectionSet,
  HashedMetadataWrite,
  HashedRead,
  HashedWrite,
  KeyRead,
  KeyWrite,
  MetadataWrite,
  NamespaceSet,
  RangeQuery,
} from './types';

const { kvrwset } = ledger.rwset;

function versionMessage(version: Version | undefined): ledger.rwset.kvrwset.Version | undefined {
  if (!version) return undefined;
  const message = new kvrwset.Version();
  message.setBlockNum(version.block);
  message.setTxNum(version.tx);
  return message;
}

function readMessage({ key, version }: KeyRead): ledger.rwset.kvrwset.KVRead {
  const message = new kvrwset.KVRead();
  message.setKey(key);
  message.setVersion(versionMessage(version));
  return message;
}

function writeMessage({ key, isDelete, value }: KeyWrite): ledger.rwset.kvrwset.KVWrite {
  const message = new kvrwset.KVWrite();
  message.setKey(key);
  message.setIsDelete(isDelete);
  message.setValue(value);
  return message;
}

function metadataEntries(entries: Metadata): ledger.rwset.kvrwset.KVMetadataEntry[] {
  return byUtf8Key(entries).map(([name, value]) => {
    const entry = new kvrwset.KVMetadataEntry();
    entry.setName(name);
    entry.setValue(value);
    return entry;
  });
}

function metadataMessage({ key, entries }: MetadataWrite): ledger.rwset.kvrwset.KVMetadataWrite {
  const message = new kvrwset.KVMetadataWrite();
  message.setKey(key);
  message.setEntriesList(metadataEntries(entries));
  return message;
}

function rangeMessage(range: RangeQuery): ledger.rwset.kvrwset.RangeQueryInfo {
  const reads = new kvrwset.QueryReads();
  reads.setKvReadsList(range.reads.map(readMessage));
  const message = new kvrwset.RangeQueryInfo();
  message.setStartKey(range.startKey);
  message.setEndKey(range.endKey);
  message.setItrExhausted(range.exhausted);
  message.setRawReads(reads);
  return message;
}

function hashedReadMessage({ keyHash, version }: HashedRead): ledger.rwset.kvrwset.KVReadHash {
  const message = new kvrwset.KVReadHash();
  message.setKeyHash(keyHash);
  message.setVersion(versionMessage(version));
  return message;
}

function hashedWriteMessage(write: HashedWrite): ledger.rwset.kvrwset.KVWriteHash {
  const message = new kvrwset.KVWriteHash();
  message.setKeyHash(write.keyHash);
  message.setIsDelete(write.isDelete);
  message.setValueHash(write.valueHash);
  message.setIsPurge(write.isPurge);
  return message;
}

function hashedMetadataMessage({ keyHash, entries }: HashedMetadataWrite): ledger.rwset.kvrwset.KVMetadataWriteHash {
  const message = new kvrwset.KVMetadataWriteHash();
  message.setKeyHash(keyHash);
  message.setEntriesList(metadataEntries(entries));
  return message;
}

function collectionMessage(set: CollectionSet): ledger.rwset.CollectionHashedReadWriteSet {
  const hashed = new kvrwset.HashedRWSet();
  hashed.setHashedReadsList(set.reads.map(hashedReadMessage));
  hashed.setHashedWritesList(set.writes.map(hashedWriteMessage));
  hashed.setMetadataWritesList(set.metadataWrites.map(hashedMetadataMessage));
  const message = new ledger.rwset.CollectionHashedReadWriteSet();
  message.setCollectionName(set.collection);
  message.setHashedRwset(hashed.serializeBinary());
  message.setPvtRwsetHash(set.privateHash);
  return message;
}

function namespaceMessage(set: NamespaceSet): ledger.rwset.NsReadWriteSet {
  const kv = new kvrwset.KVRWSet();
  kv.setReadsList(set.reads.map(readMessage));
  kv.setRangeQueriesInfoList(set.ranges.map(rangeMessage));
  kv.setWritesList(set.writes.map(writeMessage));
  kv.setMetadataWritesList(set.metadataWrites.map(metadataMessage));
  const message = new ledger.rwset.NsReadWriteSet();
  message.setNamespace(set.namespace);
  message.setRwset(kv.serializeBinary());
  message.setCollectionHashedRwsetList(set.collections.map(collectionMessage));
  return message;
}

/** `ledger.rwset.TxReadWriteSet` bytes: what endorsers sign. */
export function encodeReadWriteSet(sets: readonly NamespaceSet[]): Buffer {
  const message = new ledger.rwset.TxReadWriteSet();
  message.setDataModel(ledger.rwset.TxReadWriteSet.DataModel.KV);
  message.setNsRwsetList(sets.map(namespaceMessage));
  return encode(message);
}

/** `kvrwset.KVRWSet` bytes of the private writes of one collection. */
export function encodePrivateWrites(writes: readonly KeyWrite[]): Buffer {
  const message = new kvrwset.KVRWSet();
  message.setWritesList(writes.map(writeMessage));
  return encode(message);
}
