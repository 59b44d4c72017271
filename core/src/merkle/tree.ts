import { LedgerError } from '../errors';
import { CompactRange } from './compact-range';
import { emptyRoot, nodeHash } from './hash';
import { splitPoint } from './split';

/** Root of a list of leaf hashes (32 bytes each), RFC 9162 section 2.1.1. */
export function rootOf(leafHashes: readonly Uint8Array[]): Uint8Array {
  const range = new CompactRange();
  for (const leaf of leafHashes) range.append(leaf);
  return range.root();
}

/**
 * Inclusion path of one leaf, lowest sibling first (RFC 9162 section 2.1.3.1). Hashes the whole tree: for small lists.
 * @throws LedgerError NOT_FOUND when the index is not in the tree
 */
export function inclusionPath(leafHashes: readonly Uint8Array[], index: number): Uint8Array[] {
  assertIndex(index, leafHashes.length);
  return pathWithin(leafHashes, index);
}

function pathWithin(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (leaves.length === 1) return [];
  const split = splitPoint(leaves.length);
  const left = leaves.slice(0, split);
  const right = leaves.slice(split);
  return index < split
    ? [...pathWithin(left, index), rootOf(right)]
    : [...pathWithin(right, index - split), rootOf(left)];
}

/**
 * Proof that the first `size1` of these leaves are the start of all of them (RFC 9162 section 2.1.4.1).
 * Empty when both sizes are equal.
 * @throws LedgerError NOT_FOUND when size1 is 0 (an empty tree starts every tree: there is nothing to prove) or too large
 */
export function consistencyPath(leafHashes: readonly Uint8Array[], size1: number): Uint8Array[] {
  assertIndex(size1 - 1, leafHashes.length);
  return subProof(leafHashes, size1, true);
}

function subProof(leaves: readonly Uint8Array[], size1: number, known: boolean): Uint8Array[] {
  if (size1 === leaves.length) return known ? [] : [rootOf(leaves)];
  const split = splitPoint(leaves.length);
  const left = leaves.slice(0, split);
  const right = leaves.slice(split);
  return size1 <= split
    ? [...subProof(left, size1, known), rootOf(right)]
    : [...subProof(right, size1 - split, false), rootOf(left)];
}

/** The definition of RFC 9162 section 2.1.1, word for word: slow, and what everything else is tested against. */
export function rootByDefinition(leafHashes: readonly Uint8Array[]): Uint8Array {
  const [first] = leafHashes;
  if (first === undefined) return emptyRoot();
  if (leafHashes.length === 1) return first;
  const split = splitPoint(leafHashes.length);
  return nodeHash(rootByDefinition(leafHashes.slice(0, split)), rootByDefinition(leafHashes.slice(split)));
}

export function assertIndex(index: number, size: number): void {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new LedgerError('NOT_FOUND', `No leaf ${String(index)} in a tree of ${String(size)}.`);
  }
}
