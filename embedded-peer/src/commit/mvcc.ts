import { Code, type ValidationCode } from '../block/codes';
import type { State, StateEntry } from '../ledger/state';
import { isSameVersion, type Version } from '../ledger/version';
import { compareUtf8 } from '../proto/bytes';
import type { CollectionSet, NamespaceSet, RangeQuery } from '../rwset/types';
import type { UpdateBatch } from './update-batch';

type Seen = Pick<StateEntry, 'key' | 'version'>;

/** A key that an earlier transaction of the block touches is stale, even where it stands again as it was read. */
function areReadsCurrent({ namespace, reads }: NamespaceSet, batch: UpdateBatch): boolean {
  return reads.every(
    ({ key, version }) =>
      !batch.hasPublic(namespace, key) && isSameVersion(batch.public(namespace, key)?.version, version),
  );
}

function areHashedReadsCurrent(namespace: string, set: CollectionSet, batch: UpdateBatch): boolean {
  return set.reads.every(
    ({ keyHash, version }) =>
      !batch.hasHashed(namespace, set.collection, keyHash) &&
      isSameVersion(batch.hashed(namespace, set.collection, keyHash)?.version, version),
  );
}

function isInside(key: string, { startKey, endKey, exhausted }: RangeQuery): boolean {
  if (compareUtf8(key, startKey) < 0) return false;
  if (endKey === '') return true;
  const order = compareUtf8(key, endKey);
  return exhausted ? order < 0 : order <= 0;
}

/** The committed keys of a range; one key beyond the end is asked for where the end itself belongs to it. */
async function* committedKeys(namespace: string, query: RangeQuery, state: State): AsyncGenerator<Seen> {
  const end = query.exhausted || query.endKey === '' ? query.endKey : `${query.endKey}\u0000`;
  for await (const { key, version } of state.publicRange(namespace, query.startKey, end)) yield { key, version };
}

/** What the range read would see now: committed keys with the changes of earlier transactions of the block over them. */
async function keysNow(namespace: string, query: RangeQuery, state: State, batch: UpdateBatch): Promise<Seen[]> {
  const changes = batch.changesIn(namespace, (key) => isInside(key, query));
  const changed = new Set(changes.map(({ key }) => key));
  const seen: Seen[] = [];
  for await (const entry of committedKeys(namespace, query, state)) {
    if (!changed.has(entry.key)) seen.push(entry);
    if (seen.length > query.reads.length) return seen;
  }
  for (const { key, after } of changes) if (after) seen.push({ key, version: after.version });
  return seen.sort((a, b) => compareUtf8(a.key, b.key));
}

function isSameRead(now: Seen | undefined, then: { key: string; version: Version | undefined }): boolean {
  return now?.key === then.key && isSameVersion(now.version, then.version);
}

async function isRangeCurrent(
  namespace: string,
  query: RangeQuery,
  state: State,
  batch: UpdateBatch,
): Promise<boolean> {
  if (query.isSummarised) return false;
  const now = await keysNow(namespace, query, state, batch);
  return now.length === query.reads.length && query.reads.every((read, index) => isSameRead(now[index], read));
}

async function areRangesCurrent(set: NamespaceSet, state: State, batch: UpdateBatch): Promise<boolean> {
  for (const query of set.ranges) {
    if (!(await isRangeCurrent(set.namespace, query, state, batch))) return false;
  }
  return true;
}

/**
 * Whether everything a transaction read is still so, given the committed state and the earlier valid transactions of
 * its block: VALID, MVCC_READ_CONFLICT or PHANTOM_READ_CONFLICT (Fabric's order: keys, ranges, private key hashes).
 */
export async function checkReads(
  sets: readonly NamespaceSet[],
  state: State,
  batch: UpdateBatch,
): Promise<ValidationCode> {
  for (const set of sets) {
    if (!areReadsCurrent(set, batch)) return Code.MVCC_READ_CONFLICT;
    if (!(await areRangesCurrent(set, state, batch))) return Code.PHANTOM_READ_CONFLICT;
    const isStale = set.collections.some((collection) => !areHashedReadsCurrent(set.namespace, collection, batch));
    if (isStale) return Code.MVCC_READ_CONFLICT;
  }
  return Code.VALID;
}
