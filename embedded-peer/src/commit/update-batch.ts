import { NO_METADATA, type Metadata, type State, type VersionedValue } from '../ledger/state';
import type { Version } from '../ledger/version';
import { sha256 } from '../proto/bytes';
import type { CollectionSet, NamespaceSet, PrivateWrites } from '../rwset/types';

/** A key of public or hashed state after the block; `undefined` = deleted. */
export interface Update<K> {
  readonly namespace: string;
  readonly key: K;
  readonly version: Version;
  readonly after: VersionedValue | undefined;
}

export interface HashedUpdate extends Update<Uint8Array> {
  readonly collection: string;
}

/** A private key of which every earlier value must leave the disk. */
export interface Purge {
  readonly namespace: string;
  readonly collection: string;
  readonly keyHash: Uint8Array;
}

/** A plain private value that belongs to a hashed update of this block. */
export interface PrivateUpdate {
  readonly namespace: string;
  readonly collection: string;
  readonly key: string;
  readonly version: Version;
  readonly value: Uint8Array | undefined;
}

export interface HistoryEntry {
  readonly namespace: string;
  readonly key: string;
  readonly version: Version;
}

const SEPARATOR = '\u0000';

/** Names hold no zero byte, so the joined text is unambiguous. */
function publicId(namespace: string, key: string): string {
  return `${namespace}${SEPARATOR}${key}`;
}

function hashedId(namespace: string, collection: string, keyHash: Uint8Array): string {
  return `${namespace}${SEPARATOR}${collection}${SEPARATOR}${Buffer.from(keyHash).toString('latin1')}`;
}

/**
 * The state as it will be after the valid transactions so far of a block: later transactions of the same block are
 * validated against it.
 */
export class UpdateBatch {
  readonly #state: State;
  readonly #public = new Map<string, Update<string>>();
  readonly #hashed = new Map<string, HashedUpdate>();
  #private: PrivateUpdate[] = [];
  readonly #purges: Purge[] = [];
  readonly #history: HistoryEntry[] = [];

  constructor(state: State) {
    this.#state = state;
  }

  get publicUpdates(): readonly Update<string>[] {
    return [...this.#public.values()];
  }

  get hashedUpdates(): readonly HashedUpdate[] {
    return [...this.#hashed.values()];
  }

  get privateUpdates(): readonly PrivateUpdate[] {
    return this.#private;
  }

  get purges(): readonly Purge[] {
    return this.#purges;
  }

  get historyEntries(): readonly HistoryEntry[] {
    return this.#history;
  }

  hasPublic(namespace: string, key: string): boolean {
    return this.#public.has(publicId(namespace, key));
  }

  hasHashed(namespace: string, collection: string, keyHash: Uint8Array): boolean {
    return this.#hashed.has(hashedId(namespace, collection, keyHash));
  }

  public(namespace: string, key: string): VersionedValue | undefined {
    const update = this.#public.get(publicId(namespace, key));
    return update ? update.after : this.#state.public(namespace, key);
  }

  hashed(namespace: string, collection: string, keyHash: Uint8Array): VersionedValue | undefined {
    const update = this.#hashed.get(hashedId(namespace, collection, keyHash));
    return update ? update.after : this.#state.hashed(namespace, collection, keyHash);
  }

  /** Keys of this block in a namespace that lie in a range, in no order. */
  changesIn(namespace: string, isInside: (key: string) => boolean): Update<string>[] {
    return this.publicUpdates.filter((update) => update.namespace === namespace && isInside(update.key));
  }

  /** Takes in the writes of a valid transaction. */
  apply(sets: readonly NamespaceSet[], privateWrites: readonly PrivateWrites[], version: Version): void {
    for (const set of sets) this.#applyNamespace(set, version);
    for (const writes of privateWrites) this.#applyPrivate(writes, version);
  }

  #applyNamespace(set: NamespaceSet, version: Version): void {
    const { namespace } = set;
    for (const { key, isDelete, value } of set.writes) {
      const metadata = this.public(namespace, key)?.metadata ?? NO_METADATA;
      const after = isDelete ? undefined : { version, metadata, value: Buffer.from(value) };
      this.#setPublic({ namespace, key, version, after });
      this.#history.push({ namespace, key, version });
    }
    for (const { key, entries } of set.metadataWrites) this.#applyMetadata(namespace, key, entries, version);
    for (const collection of set.collections) this.#applyCollection(namespace, collection, version);
  }

  /** Metadata of a key that does not exist (any more) are dropped, as in Fabric. */
  #applyMetadata(namespace: string, key: string, metadata: Metadata, version: Version): void {
    const current = this.public(namespace, key);
    if (current) this.#setPublic({ namespace, key, version, after: { version, metadata, value: current.value } });
  }

  #applyCollection(namespace: string, set: CollectionSet, version: Version): void {
    const { collection } = set;
    for (const { keyHash, isDelete, isPurge, valueHash } of set.writes) {
      const metadata = this.hashed(namespace, collection, keyHash)?.metadata ?? NO_METADATA;
      const after = isDelete ? undefined : { version, metadata, value: Buffer.from(valueHash) };
      this.#setHashed({ namespace, collection, key: keyHash, version, after });
      if (isPurge) this.#purge({ namespace, collection, keyHash });
    }
    for (const { keyHash, entries } of set.metadataWrites) {
      const current = this.hashed(namespace, collection, keyHash);
      if (!current) continue;
      const after = { version, metadata: entries, value: current.value };
      this.#setHashed({ namespace, collection, key: keyHash, version, after });
    }
  }

  /** Values that earlier transactions of this block wrote go too: they must not reach the disk at all. */
  #purge(purge: Purge): void {
    this.#purges.push(purge);
    const id = hashedId(purge.namespace, purge.collection, purge.keyHash);
    this.#private = this.#private.filter(
      ({ namespace, collection, key }) => hashedId(namespace, collection, sha256(Buffer.from(key))) !== id,
    );
  }

  #applyPrivate({ namespace, collection, writes }: PrivateWrites, version: Version): void {
    for (const { key, isDelete, value } of writes) {
      this.#private.push({ namespace, collection, key, version, value: isDelete ? undefined : value });
    }
  }

  #setPublic(update: Update<string>): void {
    this.#public.set(publicId(update.namespace, update.key), update);
  }

  #setHashed(update: HashedUpdate): void {
    this.#hashed.set(hashedId(update.namespace, update.collection, update.key), update);
  }
}
