import { asBuffer, compareUtf8, hex, sha256 } from '../blocks/bytes';
import type { NamespaceSet, Version } from '../blocks/rwset';
import type { ReplayedState } from './state';

const NOTHING = Buffer.alloc(0);
const ZERO = '\u0000';

/** A key after a block; no value: deleted. */
interface Update {
  readonly namespace: string;
  /** Empty for public keys. */
  readonly collection: string;
  readonly key: Uint8Array;
  readonly value: Uint8Array | undefined;
  readonly version: Version;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Buffer.from([...bytes, rest]);
}

function field(number: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
}

/** Length byte, then big-endian digits without leading zeros (`util.EncodeOrderPreservingVarUint64`). */
function orderPreserving(value: number): Buffer {
  const digits = value === 0 ? '' : value.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
}

function compareUpdates(a: Update, b: Update): number {
  return (
    compareUtf8(a.namespace, b.namespace) || compareUtf8(a.collection, b.collection) || Buffer.compare(a.key, b.key)
  );
}

/** One `KVWrite`; names are written only where they change. */
function encodeUpdate(update: Update, before: Update | undefined): Buffer {
  const { namespace, collection, key, value, version } = update;
  const isNewNamespace = before?.namespace !== namespace;
  const isNewCollection = collection !== '' && (isNewNamespace || before.collection !== collection);
  return Buffer.concat([
    isNewNamespace ? field(1, Buffer.from(namespace)) : NOTHING,
    isNewCollection ? field(2, Buffer.from(collection)) : NOTHING,
    field(3, key),
    value === undefined ? Buffer.from([4 * 8, 1]) : NOTHING,
    value === undefined || value.length === 0 ? NOTHING : field(5, value),
    field(6, Buffer.concat([orderPreserving(version.block), orderPreserving(version.tx)])),
  ]);
}

/**
 * What one block changes, for Fabric's chained commit hash (`kvledger.addBlockCommitHash`): two peers with the same hash
 * hold the same state, private hashes included.
 */
export class BlockUpdates {
  readonly #updates = new Map<string, Update>();

  /** Takes in a valid transaction, before the state has taken it in. */
  add(sets: readonly NamespaceSet[], version: Version, state: ReplayedState): void {
    for (const set of sets) this.#addSet(set, version, state);
  }

  has(namespace: string, collection: string, key: Uint8Array): boolean {
    return this.#updates.has([namespace, collection, hex(key)].join(ZERO));
  }

  /** Hash of this block, given the validation codes and the hash of the block before. */
  hash(codes: readonly number[], previous: Uint8Array): Buffer {
    const sorted = [...this.#updates.values()].sort(compareUpdates);
    const bytes = sorted.map((update, index) => field(1, encodeUpdate(update, sorted[index - 1])));
    return sha256(varint(codes.length), Buffer.from(codes), ...bytes, previous);
  }

  #addSet(
    { namespace, writes, metadataWrites, collections }: NamespaceSet,
    version: Version,
    state: ReplayedState,
  ): void {
    for (const { key, isDelete, value } of writes)
      this.#put(namespace, '', Buffer.from(key), isDelete ? undefined : value, version);
    for (const { key } of metadataWrites)
      this.#touch(namespace, '', Buffer.from(key), version, state.public(namespace, key)?.value);
    for (const { collection, writes: hashed, metadataWrites: hashedMetadata } of collections) {
      for (const { keyHash, isDelete, valueHash } of hashed)
        this.#put(namespace, collection, keyHash, isDelete ? undefined : valueHash, version);
      for (const { keyHash } of hashedMetadata)
        this.#touch(namespace, collection, keyHash, version, state.hashedValue(namespace, collection, keyHash));
    }
  }

  #put(namespace: string, collection: string, key: Uint8Array, value: Uint8Array | undefined, version: Version): void {
    const id = [namespace, collection, hex(key)].join(ZERO);
    this.#updates.set(id, { namespace, collection, key: asBuffer(key), value, version });
  }

  /** New metadata give a key that is there a new version and leave its value. */
  #touch(
    namespace: string,
    collection: string,
    key: Uint8Array,
    version: Version,
    stored: Uint8Array | undefined,
  ): void {
    const own = this.#updates.get([namespace, collection, hex(key)].join(ZERO));
    const value = own === undefined ? stored : own.value;
    if (value !== undefined) this.#put(namespace, collection, key, value, version);
  }
}
