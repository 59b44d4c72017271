import { LedgerError } from '../errors';
import { HASH_BYTES, nodeHash } from './hash';
import { siblingRanges, splitRange, type LeafRange } from './ranges';

/**
 * One proof for several leaves of one tree: the hashes of all largest subtrees that hold none of them, from left to right.
 * Which these are follows from the places of the leaves and the size alone, so a proof has exactly one form.
 */
export interface Multiproof {
  /** Places of the proved leaves and their hashes. */
  readonly leaves: ReadonlyMap<bigint, Uint8Array>;
  readonly size: bigint;
  readonly nodes: readonly Uint8Array[];
}

/**
 * The root that a multiproof leads to.
 * @throws LedgerError INCLUSION_INVALID when a place is not in the tree, or the number or length of hashes is wrong
 */
export function rootFromMultiproof({ leaves, size, nodes }: Readonly<Multiproof>): Uint8Array {
  const places = sorted(leaves.keys());
  const outside = places.length === 0 || (places[0] ?? 0n) < 0n || (places.at(-1) ?? 0n) >= size || size >= 1n << 64n;
  if (outside || nodes.some(({ length }) => length !== HASH_BYTES)) throw refusal('a place or a hash is out of range');
  const rest = nodes[Symbol.iterator]();
  const root = climb({ start: 0n, end: size }, places, (range, found) => {
    const known = found.length === 1 && range.end - range.start === 1n ? leaves.get(range.start) : next(rest);
    if (known === undefined) throw refusal('it has too few hashes');
    return known;
  });
  if (next(rest) !== undefined) throw refusal('it has too many hashes');
  return root;
}

/** The hashes of a multiproof, taken from the inclusion paths of its leaves (all for the same size). */
export function multiproofFromPaths(paths: ReadonlyMap<bigint, readonly Uint8Array[]>, size: bigint): Uint8Array[] {
  const known = new Map<bigint, Map<bigint, Uint8Array>>();
  for (const [index, path] of paths) {
    const ranges = siblingRanges(index, { start: 0n, end: size });
    if (ranges.length !== path.length) throw refusal('a path is not of this size');
    for (const [at, { start, end }] of ranges.entries()) {
      const ends = known.get(start) ?? new Map<bigint, Uint8Array>();
      known.set(start, ends.set(end, path[at] ?? new Uint8Array(0)));
    }
  }
  const nodes: Uint8Array[] = [];
  const none = new Uint8Array(HASH_BYTES);
  climb({ start: 0n, end: size }, sorted(paths.keys()), ({ start, end }, found) => {
    if (found.length > 0) return none;
    const hash = known.get(start)?.get(end);
    if (hash === undefined) throw refusal('a path is missing');
    nodes.push(hash);
    return hash;
  });
  return nodes;
}

/** Visits, from left to right, the subtrees without a proved leaf and the proved leaves, and hashes them together. */
function climb(
  range: LeafRange,
  places: readonly bigint[],
  hashOf: (range: LeafRange, places: readonly bigint[]) => Uint8Array,
): Uint8Array {
  if (places.length === 0 || range.end - range.start === 1n) return hashOf(range, places);
  const [left, right] = splitRange(range);
  const leftHash = climb(
    left,
    places.filter((place) => place < right.start),
    hashOf,
  );
  return nodeHash(
    leftHash,
    climb(
      right,
      places.filter((place) => place >= right.start),
      hashOf,
    ),
  );
}

function next(nodes: Iterator<Uint8Array, undefined>): Uint8Array | undefined {
  return nodes.next().value;
}

function sorted(places: Iterable<bigint>): bigint[] {
  return [...places].sort((a, b) => (a < b ? -1 : Number(a > b)));
}

function refusal(reason: string): LedgerError {
  return new LedgerError('INCLUSION_INVALID', `The proof of several leaves does not hold: ${reason}.`);
}
