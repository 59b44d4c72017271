import * as fc from 'fast-check';
import { codeOf } from '../../../test/support/code-of';
import { canonicalize } from '../canonical';
import { compareBytes, concat, fromHex, toHex, utf8Encode } from '../bytes';
import { keccak256 } from '../digest';
import { isLedgerError } from '../errors';
import { verifyEvmEvidence } from './evidence';
import fixture from './fixtures/evidence.json';
import { decodeRlp, encodeRlp, rlpInteger, type Rlp } from './rlp';
import { trieValue } from './trie';

describe('verifyEvmEvidence', () => {
  const { evidence, block, rootHash, time } = fixture;

  it('accepts evidence that was taken from a chain long ago', () => {
    const proved = verifyEvmEvidence({ evidence: canonicalize(evidence), blocks: [block] });
    expect({ ...proved, rootHash: toHex(proved.rootHash) }).toMatchObject({ size: 12n, rootHash, time: BigInt(time) });
  });

  it('asks for a block that the verifier knows', () => {
    expect(codeOf(() => verifyEvmEvidence({ evidence, blocks: [] }))).toBe('ANCHOR_INVALID');
  });

  it.each([
    ['an upper-case address', { contract: evidence.contract.toUpperCase() }, 'PROOF_MALFORMED'],
    ['a size with a leading zero', { size: '012' }, 'PROOF_MALFORMED'],
    ['a size as number', { size: 12 }, 'PROOF_MALFORMED'],
    ['a missing field', { header: undefined }, 'PROOF_MALFORMED'],
    ['too many nodes', { root: Array.from({ length: 66 }, () => '0x00') }, 'PROOF_MALFORMED'],
    ['a node that is too large', { root: [`0x${'00'.repeat(2049)}`] }, 'PROOF_MALFORMED'],
    ['another version', { schema: 'carbon-ledger/evm-evidence/v2' }, 'UNSUPPORTED_VERSION'],
  ])('refuses %s', (_, change, code) => {
    const changed = Object.entries({ ...evidence, ...change }).filter(([, value]) => value !== undefined);
    expect(codeOf(() => verifyEvmEvidence({ evidence: Object.fromEntries(changed), blocks: [block] }))).toBe(code);
  });
});

describe('RLP', () => {
  // Examples of the Ethereum documentation, "Recursive-length prefix (RLP) serialization".
  it.each<[string, Rlp, string]>([
    ['dog', utf8Encode('dog'), '83646f67'],
    ['cat, dog', [utf8Encode('cat'), utf8Encode('dog')], 'c88363617483646f67'],
    ['nothing', new Uint8Array(), '80'],
    ['an empty list', [], 'c0'],
    ['zero', rlpInteger(0n), '80'],
    ['15', rlpInteger(15n), '0f'],
    ['1024', rlpInteger(1024n), '820400'],
    ['three, in sets', [[], [[]], [[], [[]]]], 'c7c0c1c0c3c0c1c0'],
    [
      'a long text',
      utf8Encode('Lorem ipsum dolor sit amet, consectetur adipisicing elit'),
      'b8384c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164697069736963696e6720656c6974',
    ],
  ])('writes and reads %s', (_, value, hex) => {
    expect(toHex(encodeRlp(value))).toBe(hex);
    expect(toHex(encodeRlp(decodeRlp(fromHex(hex))))).toBe(hex);
  });

  it('reads back what it writes', () => {
    const { value } = fc.letrec<{ value: Rlp }>((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, fc.uint8Array({ maxLength: 300 }), fc.array(tie('value'), { maxLength: 5 })),
    }));
    fc.assert(
      fc.property(value, (any) => {
        expect(decodeRlp(encodeRlp(any))).toEqual(any);
      }),
    );
  });

  it('reads no bytes in two ways', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 80 }), (bytes) => {
        let value: Rlp;
        try {
          value = decodeRlp(bytes);
        } catch (error) {
          expect(isLedgerError(error) && error.code).toBe('ANCHOR_INVALID');
          return;
        }
        expect(encodeRlp(value)).toEqual(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['nothing', ''],
    ['a byte as text', '8101'],
    ['a short text with a long length', 'b801ff'],
    ['a length with a leading zero', 'b90038' + '00'.repeat(56)],
    ['more than there is', '83646f'],
    ['bytes behind the end', '8000'],
    ['a huge length', 'bbffffffff'],
    ['too deep a nesting', 'c5c4c3c2c1c0'],
  ])('refuses %s', (_, hex) => {
    expect(codeOf(() => decodeRlp(fromHex(hex)))).toBe('ANCHOR_INVALID');
  });
});

describe('trieValue', () => {
  const keys = fc.uniqueArray(fc.uint8Array({ minLength: 2, maxLength: 2 }), {
    minLength: 1,
    maxLength: 40,
    selector: toHex,
  });

  it('finds every value of a trie, and nothing under any other key', () => {
    fc.assert(
      fc.property(
        keys,
        fc.integer({ min: 1, max: 60 }),
        fc.uint8Array({ minLength: 2, maxLength: 2 }),
        (all, width, other) => {
          const trie = new Trie(all.map((key) => [key, valueOf(key, width)]));
          for (const key of all) expect(trieValue(trie.root, key, trie.proof(key))).toEqual(valueOf(key, width));
          if (all.some((key) => compareBytes(key, other) === 0)) return;
          expect(codeOf(() => trieValue(trie.root, other, trie.proof(other)))).toBe('ANCHOR_INVALID');
          for (const key of all)
            expect(codeOf(() => trieValue(trie.root, other, trie.proof(key)))).toBe('ANCHOR_INVALID');
        },
      ),
    );
  });

  it('refuses proofs with a node missing, altered, doubled or added', () => {
    const all = Array.from({ length: 40 }, (_, at) => Uint8Array.of(at * 6, 255 - at));
    const trie = new Trie(all.map((key) => [key, valueOf(key, 40)]));
    const [key] = all as [Uint8Array];
    const proof = trie.proof(key);
    expect(proof.length).toBeGreaterThan(1);
    for (const [at, node] of proof.entries()) {
      const altered = node.map((byte, place) => (place === node.length - 1 ? byte ^ 1 : byte));
      const changes = [proof.toSpliced(at, 1), proof.with(at, altered), proof.toSpliced(at, 0, node), [...proof, node]];
      for (const nodes of changes) expect(codeOf(() => trieValue(trie.root, key, nodes))).toBe('ANCHOR_INVALID');
    }
  });

  it('takes no long node in place of its hash, which nobody would have hashed', () => {
    const inner: Rlp = [Uint8Array.of(0x30), new Uint8Array(40)];
    const branch: Rlp = Array.from({ length: 17 }, (_, at) => (at === 0 ? inner : new Uint8Array()));
    const node = encodeRlp(branch);
    expect(codeOf(() => trieValue(keccak256(node), Uint8Array.of(0), [node]))).toBe('ANCHOR_INVALID');
  });

  it('takes no leaf that ends before the key does, and no way on from where the key ends', () => {
    const leaf = encodeRlp([Uint8Array.of(0x20, 0x00), Uint8Array.of(7)]);
    expect(trieValue(keccak256(leaf), Uint8Array.of(0), [leaf])).toEqual(Uint8Array.of(7));
    expect(codeOf(() => trieValue(keccak256(leaf), Uint8Array.of(0, 0), [leaf]))).toBe('ANCHOR_INVALID');
    const extension = encodeRlp([Uint8Array.of(0x00, 0x00), keccak256(leaf)]);
    expect(codeOf(() => trieValue(keccak256(extension), Uint8Array.of(0), [extension, leaf]))).toBe('ANCHOR_INVALID');
  });

  it('answers any nodes with a code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.uint8Array({ minLength: 2, maxLength: 2 }), (node, key) => {
        expect(codeOf(() => trieValue(keccak256(node), key, [node]))).toBe('ANCHOR_INVALID');
      }),
      { numRuns: 1000 },
    );
  });
});

function valueOf(key: Uint8Array, width: number): Uint8Array {
  return concat(key, new Uint8Array(width).fill(7));
}

type Pair = readonly [readonly number[], Uint8Array];

/** A trie written after the definition of the yellow paper (appendix D), apart from the code that verifies. */
class Trie {
  readonly root: Uint8Array;
  readonly #top: Rlp;
  readonly #nodes = new Map<string, Uint8Array>();

  constructor(pairs: readonly (readonly [Uint8Array, Uint8Array])[]) {
    this.#top = this.#build(pairs.map(([key, value]) => [nibbles(key), value]));
    const encoded = encodeRlp(this.#top);
    this.root = keccak256(encoded);
    this.#nodes.set(toHex(this.root), encoded);
  }

  /** Hashed nodes on the way to a key, as far as it leads. */
  proof(key: Uint8Array): Uint8Array[] {
    return this.#way(this.root, nibbles(key));
  }

  #way(reference: Rlp | undefined, path: readonly number[]): Uint8Array[] {
    if (reference === undefined || reference.length === 0) return [];
    const encoded = reference instanceof Uint8Array ? this.#nodes.get(toHex(reference))! : undefined;
    const node = (encoded === undefined ? reference : decodeRlp(encoded)) as readonly Rlp[];
    const own = encoded === undefined ? [] : [encoded];
    if (node.length === 17) return [...own, ...this.#way(node[path[0]!], path.slice(1))];
    const [flag, padding, ...rest] = nibbles(node[0] as Uint8Array);
    const taken = flag! % 2 === 1 ? [padding!, ...rest] : rest;
    return flag! >= 2 ? own : [...own, ...this.#way(node[1], path.slice(taken.length))];
  }

  #build(pairs: readonly Pair[]): Rlp {
    const [[first, value]] = pairs as [Pair];
    if (pairs.length === 1) return [compact(first, true), value];
    let shared = 0;
    while (pairs.every(([path]) => path[shared] === first[shared])) shared += 1;
    if (shared > 0) {
      const rest = pairs.map(([path, each]): Pair => [path.slice(shared), each]);
      return [compact(first.slice(0, shared), false), this.#reference(this.#build(rest))];
    }
    const branches = Array.from({ length: 16 }, (_, nibble) => {
      const below = pairs.filter(([path]) => path[0] === nibble).map(([path, each]): Pair => [path.slice(1), each]);
      return below.length === 0 ? new Uint8Array() : this.#reference(this.#build(below));
    });
    return [...branches, new Uint8Array()];
  }

  #reference(node: Rlp): Rlp {
    const encoded = encodeRlp(node);
    if (encoded.length < 32) return node;
    const hash = keccak256(encoded);
    this.#nodes.set(toHex(hash), encoded);
    return hash;
  }
}

function nibbles(bytes: Uint8Array): number[] {
  return Array.from(toHex(bytes), (digit) => Number.parseInt(digit, 16));
}

function compact(path: readonly number[], isLeaf: boolean): Uint8Array {
  const flag = (isLeaf ? 2 : 0) + (path.length % 2);
  const digits = path.length % 2 === 1 ? [flag, ...path] : [flag, 0, ...path];
  return fromHex(digits.map((digit) => digit.toString(16)).join(''));
}
