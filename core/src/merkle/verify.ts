import { equalBytes } from '../bytes';
import { LedgerError, type ErrorCode } from '../errors';
import { HASH_BYTES, nodeHash } from './hash';
import { bitLength, countOnes, trailingZeros } from './split';

/** Sizes and indexes are unsigned 64-bit integers (RFC 9162 section 4.10). */
const LIMIT = 1n << 64n;

/** A leaf of a tree and the siblings on its way to the root, lowest first. */
export interface InclusionProof {
  readonly leafHash: Uint8Array;
  /** Position of the leaf, from 0. */
  readonly index: bigint;
  /** Number of leaves of the tree. */
  readonly size: bigint;
  readonly path: readonly Uint8Array[];
}

/**
 * The root that this proof leads to (RFC 9162 section 2.1.3.2). The path must have exactly the length that index and
 * size ask for, so that one leaf has one proof.
 * @throws LedgerError INCLUSION_INVALID
 */
export function rootFromInclusion({ leafHash, index, size, path }: Readonly<InclusionProof>): Uint8Array {
  const fault = (reason: string): LedgerError => refusal('INCLUSION_INVALID', reason);
  if (index < 0n || index >= size || size >= LIMIT)
    throw fault(`no leaf ${String(index)} in a tree of ${String(size)}`);
  assertHashes('INCLUSION_INVALID', [leafHash, ...path]);
  // Below the point where leaf and last leaf part, siblings stand left or right; above it, only left ones remain.
  const inner = bitLength(index ^ (size - 1n));
  const border = countOnes(index >> BigInt(inner));
  if (path.length !== inner + border)
    throw fault(`the path has ${String(path.length)} hashes, not ${String(inner + border)}`);
  return chainLeft(chain(leafHash, path.slice(0, inner), index), path.slice(inner));
}

/**
 * Holds a leaf to a root that somebody signed.
 * @throws LedgerError INCLUSION_INVALID
 */
export function verifyInclusion(proof: Readonly<InclusionProof>, root: Uint8Array): void {
  if (!equalBytes(rootFromInclusion(proof), root)) throw refusal('INCLUSION_INVALID', 'the path leads to another root');
}

/** Two sizes of one log, their roots, and what links them. */
export interface ConsistencyProof {
  readonly size1: bigint;
  readonly root1: Uint8Array;
  readonly size2: bigint;
  readonly root2: Uint8Array;
  readonly path: readonly Uint8Array[];
}

/**
 * Proves that the larger log begins with the smaller one (RFC 9162 section 2.1.4.2). Rule for size1 = 0: refused, since
 * an empty log begins every log and such a proof says nothing; who has seen nothing yet has nothing to compare.
 * @throws LedgerError CONSISTENCY_INVALID
 */
export function verifyConsistency(proof: Readonly<ConsistencyProof>): void {
  const { size1, root1, size2, root2, path } = proof;
  const fault = (reason: string): LedgerError => refusal('CONSISTENCY_INVALID', reason);
  if (size1 <= 0n || size1 > size2 || size2 >= LIMIT) throw fault(`no proof from ${String(size1)} to ${String(size2)}`);
  if (size1 === size2) {
    if (path.length > 0) throw fault('equal sizes need no hashes');
    if (!equalBytes(root1, root2)) throw fault('two roots for one size');
    return;
  }
  assertHashes('CONSISTENCY_INVALID', [root1, root2, ...path]);
  const roots = rootsFromConsistency(proof);
  if (!equalBytes(roots.root1, root1)) throw fault('the path does not lead to the first root');
  if (!equalBytes(roots.root2, root2)) throw fault('the path does not lead to the second root');
}

/** Both roots that a path between different sizes leads to. */
function rootsFromConsistency({ size1, root1, size2, path }: ConsistencyProof): {
  root1: Uint8Array;
  root2: Uint8Array;
} {
  const shift = trailingZeros(size1);
  const inner = bitLength((size1 - 1n) ^ (size2 - 1n)) - shift;
  const border = countOnes((size1 - 1n) >> BigInt(inner + shift));
  // Where the first tree is perfect, its root is the seed and is left out of the path.
  const seeded = size1 === 1n << BigInt(shift);
  const [seed, rest] = seeded ? [root1, path] : [path[0], path.slice(1)];
  if (seed === undefined || rest.length !== inner + border) {
    throw refusal('CONSISTENCY_INVALID', `the path has ${String(path.length)} hashes, not what these sizes ask for`);
  }
  const mask = (size1 - 1n) >> BigInt(shift);
  const innerPath = rest.slice(0, inner);
  const outerPath = rest.slice(inner);
  return {
    root1: chainLeft(
      chainLeft(
        seed,
        innerPath.filter((_, level) => isOne(mask, level)),
      ),
      outerPath,
    ),
    root2: chainLeft(chain(seed, innerPath, mask), outerPath),
  };
}

/** Climbs with siblings left where the bit of the position is one, right where it is zero. */
function chain(start: Uint8Array, path: readonly Uint8Array[], position: bigint): Uint8Array {
  return path.reduce(
    (hash, sibling, level) => (isOne(position, level) ? nodeHash(sibling, hash) : nodeHash(hash, sibling)),
    start,
  );
}

function chainLeft(start: Uint8Array, path: readonly Uint8Array[]): Uint8Array {
  return path.reduce((hash, sibling) => nodeHash(sibling, hash), start);
}

function isOne(bits: bigint, level: number): boolean {
  return ((bits >> BigInt(level)) & 1n) === 1n;
}

function assertHashes(code: ErrorCode, hashes: readonly Uint8Array[]): void {
  if (hashes.some((hash) => hash.length !== HASH_BYTES)) throw refusal(code, 'a hash is not 32 bytes long');
}

function refusal(code: ErrorCode, reason: string): LedgerError {
  return new LedgerError(code, `The proof does not hold: ${reason}.`);
}
