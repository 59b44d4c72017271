import { ledger } from '@hyperledger/fabric-protos';
import { Code } from '../block/codes';
import { decodeTransaction, InvalidTransaction } from '../block/transaction';
import { privateValueKey } from '../ledger/keys';
import { decodePrivateValue } from '../ledger/state';
import type { Version } from '../ledger/version';
import { encode } from '../proto/bytes';
import { bytesField, varintField } from '../proto/wire';
import { encodePrivateWrites } from '../rwset/encode';
import type { CollectionSet, KeyWrite, NamespaceSet } from '../rwset/types';
import { blocksOf, type PeerContext } from './peer-context';

/** Field numbers of `protos.BlockAndPrivateData` and of its map entries. */
const FIELD = { privateDataMap: 2, mapKey: 1, mapValue: 2 } as const;

function setsOf(envelope: Uint8Array): readonly NamespaceSet[] {
  try {
    return decodeTransaction(Buffer.from(envelope)).sets;
  } catch (error) {
    if (error instanceof InvalidTransaction) return [];
    throw error;
  }
}

/** The values that are still held: a purged one is gone, and a deletion has none. */
function heldWrites(context: PeerContext, namespace: string, set: CollectionSet, version: Version): KeyWrite[] {
  return set.writes
    .map(({ keyHash }) => context.store.get(privateValueKey(namespace, set.collection, keyHash, version)))
    .filter((bytes) => bytes !== undefined)
    .map((bytes) => ({ ...decodePrivateValue(bytes), isDelete: false }));
}

function collectionMessage(collection: string, writes: readonly KeyWrite[]): ledger.rwset.CollectionPvtReadWriteSet {
  const message = new ledger.rwset.CollectionPvtReadWriteSet();
  message.setCollectionName(collection);
  message.setRwset(encodePrivateWrites(writes));
  return message;
}

function namespaceMessage(
  context: PeerContext,
  set: NamespaceSet,
  version: Version,
  mspId: string,
): ledger.rwset.NsPvtReadWriteSet | undefined {
  const collections = set.collections
    .filter(({ collection }) => context.collections.get(collection)?.members.includes(mspId))
    .map((entry) => ({ name: entry.collection, writes: heldWrites(context, set.namespace, entry, version) }))
    .filter(({ writes }) => writes.length > 0);
  if (collections.length === 0) return undefined;
  const message = new ledger.rwset.NsPvtReadWriteSet();
  message.setNamespace(set.namespace);
  message.setCollectionPvtRwsetList(collections.map(({ name, writes }) => collectionMessage(name, writes)));
  return message;
}

function transactionData(
  context: PeerContext,
  envelope: Uint8Array,
  version: Version,
  mspId: string,
): Buffer | undefined {
  const namespaces = setsOf(envelope)
    .map((set) => namespaceMessage(context, set, version, mspId))
    .filter((message) => message !== undefined);
  if (namespaces.length === 0) return undefined;
  const message = new ledger.rwset.TxPvtReadWriteSet();
  message.setDataModel(ledger.rwset.TxReadWriteSet.DataModel.KV);
  message.setNsPvtRwsetList(namespaces);
  return encode(message);
}

/** The `private_data_map` entries of a block, encoded, as far as the organisation is a member of the collections. */
export function privateDataOf(context: PeerContext, number: number, mspId: string): Buffer {
  const { envelopes, codes } = blocksOf(context).require(number);
  const entries = envelopes.map((envelope, tx) => {
    const data =
      codes[tx] === Code.VALID ? transactionData(context, envelope, { block: number, tx }, mspId) : undefined;
    if (!data) return Buffer.alloc(0);
    return bytesField(FIELD.privateDataMap, varintField(FIELD.mapKey, tx), bytesField(FIELD.mapValue, data));
  });
  return Buffer.concat(entries);
}
