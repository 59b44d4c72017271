import fc from 'fast-check';
import { toHex } from '../bytes';
import {
  boundedTree,
  CompactRange,
  consistencyPath,
  emptyRoot,
  inclusionPath,
  leafHash,
  multiproofFromPaths,
  nodeHash,
  openTree,
  rootFromInclusion,
  rootFromMultiproof,
  rootOf,
  rootOfOpened,
  verifyConsistency,
} from '.';
import { openedPlaces } from './opened-tree';
import { rootByDefinition } from './tree';

/* Several forms of proof for one tree: they must say the same of it, and no form may say of two trees that they are one. */

const leaves = Array.from({ length: 130 }, (_, at) => leafHash(Uint8Array.of(at)));
const tree = fc.integer({ min: 1, max: 64 }).map((size) => leaves.slice(0, size));
const opened = tree.chain((all) =>
  fc.tuple(fc.constant(all), fc.uniqueArray(fc.nat({ max: all.length - 1 }), { minLength: 1, maxLength: 8 })),
);

describe('the forms of a proof', () => {
  it('lead to one root: path, proof of several leaves, opened tree', () => {
    fc.assert(
      fc.property(opened, ([all, places]) => {
        const root = toHex(rootByDefinition(all));
        const size = BigInt(all.length);
        const sorted = [...places].sort((a, b) => a - b);
        const paths = new Map(sorted.map((at) => [BigInt(at), inclusionPath(all, at)]));
        const hashes = new Map(sorted.map((at) => [BigInt(at), all[at]!]));
        const nodes = multiproofFromPaths(paths, size);
        const open = openTree(all, new Set(places));
        const found = [
          ...sorted.map((at) =>
            rootFromInclusion({ leafHash: all[at]!, index: BigInt(at), size, path: paths.get(BigInt(at))! }),
          ),
          rootFromMultiproof({ leaves: hashes, size, nodes }),
          rootOfOpened(
            open,
            sorted.map((at) => all[at]!),
          ),
        ];
        expect(new Set(found.map(toHex))).toEqual(new Set([root]));
        // The closed parts are the same subtrees in both, in the same order.
        expect(open.nodes.map(toHex)).toEqual(nodes.map(toHex));
      }),
      { numRuns: 60 },
    );
  });

  it('of several leaves are never longer than their paths together, nor shorter than what is missing asks for', () => {
    fc.assert(
      fc.property(opened, ([all, places]) => {
        const paths = new Map(places.map((at) => [BigInt(at), inclusionPath(all, at)]));
        const nodes = multiproofFromPaths(paths, BigInt(all.length));
        const together = [...paths.values()].reduce((sum, path) => sum + path.length, 0);
        expect(nodes.length).toBeLessThanOrEqual(together);
        expect(nodes.length === 0).toBe(places.length === all.length);
      }),
      { numRuns: 60 },
    );
  });

  it('tell which parts of an opened tree are open, from left to right', () => {
    fc.assert(
      fc.property(opened, ([all, places]) => {
        const { marks, nodes } = openTree(all, new Set(places));
        const parts = openedPlaces(marks);
        expect(parts.filter(Boolean)).toHaveLength(places.length);
        expect(parts.filter((isOpen) => !isOpen)).toHaveLength(nodes.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('roots', () => {
  it('are of one list of leaves: another order, number or leaf gives another', () => {
    const some = fc.array(fc.nat({ max: 5 }), { maxLength: 6 });
    fc.assert(
      fc.property(some, some, (one, other) => {
        const rootFor = (list: readonly number[]): string => toHex(rootOf(list.map((at) => leaves[at]!)));
        expect(rootFor(one) === rootFor(other)).toBe(one.join() === other.join());
      }),
      { numRuns: 300 },
    );
  });

  it('of every prefix stand in a compact range as it grows, which never looks back', () => {
    const range = new CompactRange();
    expect(toHex(range.root())).toBe(toHex(emptyRoot()));
    for (const [at, leaf] of leaves.entries()) {
      range.append(leaf);
      expect(toHex(range.root())).toBe(toHex(rootByDefinition(leaves.slice(0, at + 1))));
      const { size, nodes } = range.serialise();
      expect([size, nodes.length]).toEqual([String(at + 1), (at + 1).toString(2).replaceAll('0', '').length]);
    }
  });

  it('are given node by node to whoever keeps the tree: each is the hash of the two below it', () => {
    const kept = new Map<string, Uint8Array>();
    const range = new CompactRange();
    for (const leaf of leaves)
      range.append(leaf, (level, index, hash) => kept.set(`${String(level)}/${String(index)}`, hash));
    for (let level = 0, width = leaves.length; width > 0; level++, width >>= 1)
      expect([...kept.keys()].filter((name) => name.startsWith(`${String(level)}/`))).toHaveLength(width);
    for (const [name, hash] of kept) {
      const [level = 0, index = 0] = name.split('/').map(Number);
      const below = (at: number): Uint8Array => kept.get(`${String(level - 1)}/${String(at)}`)!;
      const expected = level === 0 ? leaves[index]! : nodeHash(below(2 * index), below(2 * index + 1));
      expect(toHex(hash)).toBe(toHex(expected));
    }
  });
});

describe('consistency', () => {
  it('goes on: what is proved from first to second and from second to third holds from first to third', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat(40), fc.nat(40));
    fc.assert(
      fc.property(sizes, ([first, more, further]) => {
        const [a, b, c] = [first, first + more, first + more + further] as const;
        for (const [size1, size2] of [
          [a, b],
          [b, c],
          [a, c],
        ] as const)
          verifyConsistency({
            size1: BigInt(size1),
            root1: boundedTree(leaves.slice(0, size1)).root,
            size2: BigInt(size2),
            root2: boundedTree(leaves.slice(0, size2)).root,
            path: consistencyPath(leaves.slice(0, size2), size1),
          });
      }),
      { numRuns: 60 },
    );
  });

  it('does not hold between logs that part ways, from the first leaf that differs on', () => {
    const forks = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 30 }), fc.nat());
    fc.assert(
      fc.property(forks, ([size1, more, pick]) => {
        const size2 = size1 + more;
        const at = pick % size1;
        const forked = leaves.slice(0, size2).with(at, leafHash(new Uint8Array(9)));
        const proof = { size1: BigInt(size1), size2: BigInt(size2), root1: rootOf(leaves.slice(0, size1)) };
        expect(() => {
          verifyConsistency({ ...proof, root2: rootOf(forked), path: consistencyPath(forked, size1) });
        }).toThrow(expect.objectContaining({ code: 'CONSISTENCY_INVALID' }) as Error);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['from nothing', 0n, 3n],
    ['backwards', 4n, 3n],
    ['from less than nothing', -1n, 3n],
    ['to a size that 64 bits do not hold', 1n, 1n << 64n],
  ])('is not proved %s', (_, size1, size2) => {
    const [root] = leaves as [Uint8Array];
    expect(() => {
      verifyConsistency({ size1, root1: root, size2, root2: root, path: [] });
    }).toThrow(expect.objectContaining({ code: 'CONSISTENCY_INVALID' }) as Error);
  });
});
