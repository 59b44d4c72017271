import { peer } from '@hyperledger/fabric-protos';
import { compareUtf8 } from '../blocks/bytes';
import type { KeyRead, NamespaceSet, RangeRead } from '../blocks/rwset';
import { isSameVersion, type ReplayedState } from './state';

const Code = peer.TxValidationCode;

/** Keys that earlier transactions of the block touch: a read of one is stale even where it stands again as it was read. */
export interface TouchedKeys {
  /** `collection` is empty for public keys. */
  has(namespace: string, collection: string, key: Uint8Array): boolean;
}

const NONE: TouchedKeys = { has: () => false };

function areReadsCurrent({ namespace, reads }: NamespaceSet, state: ReplayedState, touched: TouchedKeys): boolean {
  return reads.every(
    ({ key, version }) =>
      !touched.has(namespace, '', Buffer.from(key)) && isSameVersion(state.public(namespace, key)?.version, version),
  );
}

function areHashedReadsCurrent(
  { namespace, collections }: NamespaceSet,
  state: ReplayedState,
  touched: TouchedKeys,
): boolean {
  return collections.every(({ collection, reads }) =>
    reads.every(
      ({ keyHash, version }) =>
        !touched.has(namespace, collection, keyHash) &&
        isSameVersion(state.hashedVersion(namespace, collection, keyHash), version),
    ),
  );
}

/** One key beyond the end is asked for where the range was not read to its end: then the last key belongs to it. */
function endOf({ endKey, exhausted }: RangeRead): string {
  return exhausted || endKey === '' ? endKey : `${endKey}\u0000`;
}

async function isRangeCurrent(namespace: string, range: RangeRead, state: ReplayedState): Promise<boolean> {
  const { startKey, reads } = range;
  if (reads === undefined) return false;
  const now: KeyRead[] = [];
  for await (const [key, { version }] of state.range(namespace, startKey, endOf(range))) {
    now.push({ key, version });
    if (now.length > reads.length) return false;
  }
  if (now.length !== reads.length) return false;
  const then = [...reads].sort((a, b) => compareUtf8(a.key, b.key));
  return now.every((read, index) => read.key === then[index]?.key && isSameVersion(read.version, then[index].version));
}

/**
 * Whether everything that a transaction read still stood when its turn came: `VALID`, `MVCC_READ_CONFLICT` or
 * `PHANTOM_READ_CONFLICT`, in Fabric's order of keys, ranges, private keys.
 */
export async function replayReads(
  sets: readonly NamespaceSet[],
  state: ReplayedState,
  touched: TouchedKeys = NONE,
): Promise<number> {
  for (const set of sets) {
    if (!areReadsCurrent(set, state, touched)) return Code.MVCC_READ_CONFLICT;
    for (const range of set.ranges)
      if (!(await isRangeCurrent(set.namespace, range, state))) return Code.PHANTOM_READ_CONFLICT;
    if (!areHashedReadsCurrent(set, state, touched)) return Code.MVCC_READ_CONFLICT;
  }
  return Code.VALID;
}
