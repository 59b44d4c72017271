import { bytesField, varintField } from '../proto/wire';
import { hashedKey, historyKey, privateKey, privateValueKey, stateKey } from '../ledger/keys';
import { encodePrivateValue, encodeVersionedValue, type VersionedValue } from '../ledger/state';
import type { Operation } from '../ledger/store';
import { encodeVersion, type Version } from '../ledger/version';
import { compareUtf8, sha256 } from '../proto/bytes';
import type { HashedUpdate, PrivateUpdate, Update, UpdateBatch } from './update-batch';

const NOTHING = Buffer.alloc(0);

function stateOperation(key: Buffer, after: VersionedValue | undefined): Operation {
  return after ? { type: 'put', key, value: encodeVersionedValue(after) } : { type: 'del', key };
}

function privateOperations({ namespace, collection, key, version, value }: PrivateUpdate): Operation[] {
  const pointer = privateKey(namespace, collection, key);
  if (value === undefined) return [{ type: 'del', key: pointer }];
  const place = privateValueKey(namespace, collection, sha256(Buffer.from(key)), version);
  return [
    { type: 'put', key: pointer, value: encodeVersion(version) },
    { type: 'put', key: place, value: encodePrivateValue(key, value) },
  ];
}

/** The state, history and private data writes of a block. Order matters: a later write of the same key wins. */
export function updateOperations(batch: UpdateBatch): Operation[] {
  return [
    ...batch.publicUpdates.map(({ namespace, key, after }) => stateOperation(stateKey(namespace, key), after)),
    ...batch.hashedUpdates.map((update) =>
      stateOperation(hashedKey(update.namespace, update.collection, update.key), update.after),
    ),
    ...batch.privateUpdates.flatMap(privateOperations),
    ...batch.historyEntries.map(({ namespace, key, version }): Operation => {
      return { type: 'put', key: historyKey(namespace, key, version), value: NOTHING };
    }),
  ];
}

/** Length byte, then big-endian digits without leading zeros (`util.EncodeOrderPreservingVarUint64`). */
function orderPreserving(value: number): Buffer {
  const hex = value.toString(16);
  const digits = value === 0 ? NOTHING : Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return Buffer.concat([Buffer.from([digits.length]), digits]);
}

function versionBytes({ block, tx }: Version): Buffer {
  return Buffer.concat([orderPreserving(block), orderPreserving(tx)]);
}

interface CommitWrite {
  readonly namespace: string;
  readonly collection: string;
  readonly key: Uint8Array;
  readonly update: Update<unknown>;
}

/** One `txmgr.KVWrite`; names are written only where they change, as Fabric does. */
function commitWrite(write: CommitWrite, previous: CommitWrite | undefined): Buffer {
  const isNewNamespace = previous?.namespace !== write.namespace;
  const isNewCollection = write.collection !== '' && (isNewNamespace || previous.collection !== write.collection);
  const value = write.update.after?.value;
  return Buffer.concat([
    isNewNamespace ? bytesField(1, Buffer.from(write.namespace)) : NOTHING,
    isNewCollection ? bytesField(2, Buffer.from(write.collection)) : NOTHING,
    bytesField(3, write.key),
    value === undefined ? varintField(4, 1) : NOTHING,
    value === undefined || value.length === 0 ? NOTHING : bytesField(5, value),
    bytesField(6, versionBytes(write.update.version)),
  ]);
}

function publicWrite(update: Update<string>): CommitWrite {
  return { namespace: update.namespace, collection: '', key: Buffer.from(update.key), update };
}

function hashedWrite(update: HashedUpdate): CommitWrite {
  return { namespace: update.namespace, collection: update.collection, key: update.key, update };
}

function compareWrites(a: CommitWrite, b: CommitWrite): number {
  return (
    compareUtf8(a.namespace, b.namespace) || compareUtf8(a.collection, b.collection) || Buffer.compare(a.key, b.key)
  );
}

/** What a block changed, in one agreed order: the bytes under the commit hash (`deterministicBytesForPubAndHashUpdates`). */
export function commitHashInput(batch: UpdateBatch): Buffer {
  const writes = [...batch.publicUpdates.map(publicWrite), ...batch.hashedUpdates.map(hashedWrite)].sort(compareWrites);
  return Buffer.concat(writes.map((write, index) => bytesField(1, commitWrite(write, writes[index - 1]))));
}
