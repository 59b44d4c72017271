import fc from 'fast-check';
import {
  boundedTree,
  CompactRange,
  consistencyPath,
  emptyRoot,
  inclusionPath,
  leafHash,
  leafOfText,
  nodeHash,
  rootFromInclusion,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '.';
import { fromBase64, fromHex, toHex, utf8Encode } from '../bytes';
import { rootByDefinition } from './tree';
import vectors from './testdata/transparency-dev.json';
import type { ErrorCode } from '../errors';

const withCode = (code: ErrorCode): Error => expect.objectContaining({ code }) as Error;

const leaves = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, index) => leafHash(Uint8Array.of(index >> 8, index & 255)));
const invalidInclusion = withCode('INCLUSION_INVALID');
const invalidConsistency = withCode('CONSISTENCY_INVALID');

/** The eight leaves and roots that Certificate Transparency implementations share (RFC 6962 reference tests). */
const REFERENCE_LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => leafHash(fromHex(hex)));
const REFERENCE_ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('public vectors', () => {
  test('roots of the RFC 6962 reference tree', () => {
    const roots = REFERENCE_ROOTS.map((_, size) => toHex(rootOf(REFERENCE_LEAVES.slice(0, size))));
    expect(roots).toEqual(REFERENCE_ROOTS);
  });

  const decode = (proof: readonly string[] | null): Uint8Array[] => (proof ?? []).map(fromBase64);

  test.each(vectors.inclusion.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    const check = (): void => {
      const proof = {
        leafHash: fromBase64(vector.leafHash),
        index: BigInt(vector.leafIdx),
        size: BigInt(vector.treeSize),
        path: decode(vector.proof),
      };
      verifyInclusion(proof, fromBase64(vector.root));
    };
    if (vector.wantErr) expect(check).toThrow(invalidInclusion);
    else expect(check).not.toThrow();
  });

  test.each(vectors.consistency.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    const check = (): void => {
      verifyConsistency({
        size1: BigInt(vector.size1),
        root1: fromBase64(vector.root1),
        size2: BigInt(vector.size2),
        root2: fromBase64(vector.root2),
        path: decode(vector.proof),
      });
    };
    if (vector.wantErr) expect(check).toThrow(invalidConsistency);
    else expect(check).not.toThrow();
  });
});

describe('trees', () => {
  const count = fc.integer({ min: 0, max: 70 });

  test('a leaf and a node never share a hash: the prefixes differ', () => {
    const [a, b] = leaves(2) as [Uint8Array, Uint8Array];
    const joined = new Uint8Array(64);
    joined.set(a);
    joined.set(b, 32);
    expect(leafHash(joined)).not.toEqual(nodeHash(a, b));
  });

  test('a leaf is the same from text as from its bytes, however long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom(1, 3, 40_000), (text, times) => {
        const bytes = utf8Encode(text.repeat(times));
        expect(leafOfText(text.repeat(times))).toEqual({ hash: leafHash(bytes), size: bytes.length });
      }),
      { numRuns: 60 },
    );
    for (const length of [65_534, 65_535, 65_536]) {
      expect(leafOfText('x'.repeat(length))).toEqual({
        hash: leafHash(new Uint8Array(length).fill(0x78)),
        size: length,
      });
    }
    expect(() => leafOfText('a\ud800')).toThrow(withCode('BAD_ENCODING'));
  });

  test('root, compact range, bounded tree and the definition agree', () => {
    fc.assert(
      fc.property(count, (size) => {
        const all = leaves(size);
        const expected = toHex(rootByDefinition(all));
        expect([toHex(rootOf(all)), toHex(boundedTree(all).root)]).toEqual([expected, expected]);
      }),
    );
  });

  test('equal leaves at different places have different proofs', () => {
    const [leaf, other] = leaves(2) as [Uint8Array, Uint8Array];
    const tree = boundedTree([leaf, leaf, other, leaf]);
    expect(tree.path(0)).toEqual([leaf, nodeHash(other, leaf)]);
    expect(tree.path(3)).toEqual([other, nodeHash(leaf, leaf)]);
  });

  test('bounded tree gives the same paths as the definition, and they verify', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), (size, pick) => {
        const all = leaves(size);
        const index = pick % size;
        const tree = boundedTree(all);
        const path = tree.path(index);
        expect(path).toEqual(inclusionPath(all, index));
        verifyInclusion({ leafHash: all[index]!, index: BigInt(index), size: BigInt(size), path }, tree.root);
      }),
    );
  });

  test('an index outside of the tree has no path', () => {
    for (const index of [-1, 3, 0.5, NaN]) {
      expect(() => boundedTree(leaves(3)).path(index)).toThrow(withCode('NOT_FOUND'));
      expect(() => inclusionPath(leaves(3), index)).toThrow(withCode('NOT_FOUND'));
    }
    expect(() => boundedTree([]).path(0)).toThrow(withCode('NOT_FOUND'));
    expect(toHex(boundedTree([]).root)).toBe(toHex(emptyRoot()));
  });
});

describe('inclusion', () => {
  const proofOf = (size: number, index: number): Parameters<typeof rootFromInclusion>[0] => {
    const all = leaves(size);
    return { leafHash: all[index]!, index: BigInt(index), size: BigInt(size), path: inclusionPath(all, index) };
  };

  test('an altered part of a proof never verifies', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat(), (size, pick, where) => {
        const proof = proofOf(size, pick % size);
        const root = rootOf(leaves(size));
        const at = where % proof.path.length;
        const flipped = proof.path.map((hash, i) =>
          i === at ? hash.map((byte, j) => (j === 0 ? byte ^ 1 : byte)) : hash,
        );
        const altered = [
          { ...proof, path: flipped },
          { ...proof, path: proof.path.slice(1) },
          { ...proof, path: [...proof.path, root] },
          { ...proof, index: (proof.index + 1n) % proof.size },
          { ...proof, leafHash: root },
        ];
        for (const wrong of altered)
          expect(() => {
            verifyInclusion(wrong, root);
          }).toThrow(invalidInclusion);
      }),
    );
  });

  test('refuses indexes and sizes outside of 64 bits, and hashes of other lengths', () => {
    const proof = proofOf(3, 1);
    for (const wrong of [
      { ...proof, index: -1n },
      { ...proof, index: 3n },
      { ...proof, size: 1n << 64n },
      { ...proof, leafHash: proof.leafHash.subarray(1) },
      { ...proof, path: proof.path.map((hash) => hash.subarray(1)) },
    ]) {
      expect(() => rootFromInclusion(wrong)).toThrow(invalidInclusion);
    }
  });

  test('asks for a path of 64 hashes at the far end of 64 bits', () => {
    const size = (1n << 64n) - 1n;
    const path = Array.from({ length: 64 }, () => new Uint8Array(32));
    expect(() => rootFromInclusion({ leafHash: emptyRoot(), index: 0n, size, path })).not.toThrow();
    expect(() => rootFromInclusion({ leafHash: emptyRoot(), index: 0n, size, path: path.slice(1) })).toThrow(
      invalidInclusion,
    );
  });
});

describe('consistency', () => {
  test('holds between all pairs of sizes, and for no other root', () => {
    const all = leaves(33);
    for (let size2 = 1; size2 <= all.length; size2++) {
      for (let size1 = 1; size1 <= size2; size1++) {
        const root1 = rootOf(all.slice(0, size1));
        const root2 = rootOf(all.slice(0, size2));
        const path = consistencyPath(all.slice(0, size2), size1);
        const proof = { size1: BigInt(size1), root1, size2: BigInt(size2), root2, path };
        verifyConsistency(proof);
        const wrong = leafHash(Uint8Array.of(size1));
        expect(() => {
          verifyConsistency({ ...proof, root1: wrong });
        }).toThrow(invalidConsistency);
        expect(() => {
          verifyConsistency({ ...proof, root2: wrong });
        }).toThrow(invalidConsistency);
        expect(() => {
          verifyConsistency({ ...proof, path: [...path, wrong] });
        }).toThrow(invalidConsistency);
      }
    }
  });

  test('from an empty log proves nothing and is refused', () => {
    const root = rootOf(leaves(2));
    const proof = { size1: 0n, root1: emptyRoot(), size2: 2n, root2: root, path: [] };
    expect(() => {
      verifyConsistency(proof);
    }).toThrow(invalidConsistency);
    expect(() => consistencyPath(leaves(2), 0)).toThrow(withCode('NOT_FOUND'));
  });
});

describe('compact range', () => {
  test('reports every node once, when it is complete', () => {
    const range = new CompactRange();
    const seen: string[] = [];
    for (const leaf of leaves(4)) range.append(leaf, (level, index) => seen.push(`${String(level)}/${String(index)}`));
    expect(seen).toEqual(['0/0', '0/1', '1/0', '0/2', '0/3', '1/1', '2/0']);
  });

  test('is stored and read back at any size, and goes on from there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 20 }), (first, more) => {
        const all = leaves(first + more);
        const before = new CompactRange();
        for (const leaf of all.slice(0, first)) before.append(leaf);
        const stored: unknown = JSON.parse(JSON.stringify(before.serialise()));
        const after = CompactRange.parse(stored as ReturnType<CompactRange['serialise']>);
        const copy = after.clone();
        for (const leaf of all.slice(first)) after.append(leaf);
        expect([after.size, toHex(after.root())]).toEqual([BigInt(all.length), toHex(rootOf(all))]);
        expect(toHex(copy.root())).toBe(toHex(before.root()));
      }),
    );
  });

  test('a stored edge that does not fit its size is refused', () => {
    const corrupt = withCode('STORE_CORRUPT');
    expect(() => CompactRange.parse({ size: '3', nodes: ['00'.repeat(32)] })).toThrow(corrupt);
    expect(() => CompactRange.parse({ size: '1', nodes: ['00'] })).toThrow(corrupt);
  });
});
