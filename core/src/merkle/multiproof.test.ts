import fc from 'fast-check';
import { boundedTree, leafHash, multiproofFromPaths, rootFromMultiproof, type Multiproof } from '.';
import { toHex } from '../bytes';
import type { ErrorCode } from '../errors';

const withCode = (code: ErrorCode): Error => expect.objectContaining({ code }) as Error;
const leaves = Array.from({ length: 80 }, (_, index) => leafHash(Uint8Array.of(index)));

function proofOf(size: number, places: readonly number[]): Multiproof & { root: Uint8Array } {
  const tree = boundedTree(leaves.slice(0, size));
  const paths = new Map(places.map((place) => [BigInt(place), tree.path(place)]));
  return {
    leaves: new Map(places.map((place) => [BigInt(place), leaves[place]!])),
    size: BigInt(size),
    nodes: multiproofFromPaths(paths, BigInt(size)),
    root: tree.root,
  };
}

const some = fc
  .integer({ min: 1, max: 80 })
  .chain((size) => fc.tuple(fc.constant(size), fc.uniqueArray(fc.nat({ max: size - 1 }), { minLength: 1 })));

test('any leaves of any tree lead to its root', () => {
  fc.assert(
    fc.property(some, ([size, places]) => {
      const proof = proofOf(size, places);
      expect(toHex(rootFromMultiproof(proof))).toBe(toHex(proof.root));
    }),
  );
});

test('one leaf needs its inclusion path, all leaves need nothing', () => {
  expect(proofOf(7, [3]).nodes).toHaveLength(3);
  expect(proofOf(7, [0, 1, 2, 3, 4, 5, 6]).nodes).toEqual([]);
});

test('another place, hash or leaf leads elsewhere; another number of hashes is refused', () => {
  fc.assert(
    fc.property(some, fc.nat(), ([size, places], pick) => {
      const proof = proofOf(size, places);
      const [place = 0n] = proof.leaves.keys();
      const other = new Map(proof.leaves).set(place, leafHash(new Uint8Array(9)));
      expect(toHex(rootFromMultiproof({ ...proof, leaves: other }))).not.toBe(toHex(proof.root));
      const extra = { ...proof, nodes: [...proof.nodes, proof.root] };
      expect(() => rootFromMultiproof(extra)).toThrow(withCode('INCLUSION_INVALID'));
      if (proof.nodes.length === 0) return;
      const at = pick % proof.nodes.length;
      const swapped = { ...proof, nodes: proof.nodes.map((node, index) => (index === at ? leafHash(node) : node)) };
      expect(toHex(rootFromMultiproof(swapped))).not.toBe(toHex(proof.root));
      const short = { ...proof, nodes: proof.nodes.slice(1) };
      expect(() => rootFromMultiproof(short)).toThrow(withCode('INCLUSION_INVALID'));
    }),
  );
});

test('places outside of the tree, no place at all, and paths of another size are refused', () => {
  const proof = proofOf(5, [2]);
  for (const wrong of [
    { ...proof, leaves: new Map([[5n, leaves[2]!]]) },
    { ...proof, leaves: new Map([[-1n, leaves[2]!]]) },
    { ...proof, leaves: new Map() },
    { ...proof, size: 1n << 64n },
  ]) {
    expect(() => rootFromMultiproof(wrong)).toThrow(withCode('INCLUSION_INVALID'));
  }
  const path = boundedTree(leaves.slice(0, 5)).path(2);
  expect(() => multiproofFromPaths(new Map([[2n, path]]), 9n)).toThrow(withCode('INCLUSION_INVALID'));
});
