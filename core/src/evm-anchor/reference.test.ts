import {
  AbiCoder,
  encodeRlp as byEthers,
  keccak256 as keccakByEthers,
  sha256 as shaByEthers,
  toBeHex,
  toUtf8Bytes,
} from 'ethers';
import fc from 'fast-check';
import { codeOf } from '../../../test/support/code-of';
import { fromHex, toHex } from '../bytes';
import { keccak256 } from '../digest';
import { verifyEvmEvidence } from './evidence';
import fixture from './fixtures/evidence.json';
import { decodeRlp, encodeRlp, rlpInteger, type Rlp } from './rlp';
import { anchorSlots, originHash } from './storage';

/* Held to ethers, which shares no code with what verifies. */

const prefixed = (bytes: Uint8Array): string => `0x${toHex(bytes)}`;
type Texts = string | Texts[];
const textsOf = (value: Rlp): Texts => (value instanceof Uint8Array ? prefixed(value) : value.map(textsOf));

const { value } = fc.letrec<{ value: Rlp }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.uint8Array({ maxLength: 70 }),
    fc.constantFrom(0, 55, 56, 255, 256, 300).map((length) => new Uint8Array(length).fill(9)),
    fc.array(tie('value'), { maxLength: 20 }),
  ),
}));

describe('RLP', () => {
  it('is what ethers writes, and is read back', () => {
    fc.assert(
      fc.property(value, (any) => {
        const written = encodeRlp(any);
        expect(prefixed(written)).toBe(byEthers(textsOf(any)));
        expect(decodeRlp(written)).toEqual(any);
      }),
      { numRuns: 150 },
    );
  });

  it('has numbers in as few bytes as they take', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), (number) => {
        const bytes = rlpInteger(number);
        expect(BigInt(`0x0${toHex(bytes)}`)).toBe(number);
        expect(bytes[0]).not.toBe(0);
        expect(bytes.length).toBe(number === 0n ? 0 : (toBeHex(number).length - 2) / 2);
      }),
    );
  });

  it('reads what is nested as deep as nodes of tries are, and no deeper', () => {
    const nested = (depth: number): Rlp => (depth === 0 ? new Uint8Array(0) : [nested(depth - 1)]);
    for (const depth of [0, 1, 4]) expect(decodeRlp(encodeRlp(nested(depth)))).toEqual(nested(depth));
    for (const depth of [5, 6, 50]) expect(codeOf(() => decodeRlp(encodeRlp(nested(depth))))).toBe('ANCHOR_INVALID');
  });

  it('that is cut off anywhere, or has anything behind it, is none', () => {
    fc.assert(
      fc.property(value, fc.nat(), (any, pick) => {
        const written = encodeRlp(any);
        const cut = written.subarray(0, pick % written.length);
        expect(codeOf(() => decodeRlp(cut))).toBe('ANCHOR_INVALID');
        expect(codeOf(() => decodeRlp(Uint8Array.of(...written, 0)))).toBe('ANCHOR_INVALID');
      }),
      { numRuns: 100 },
    );
  });
});

describe('the slots of a checkpoint', () => {
  const coder = AbiCoder.defaultAbiCoder();

  it('are those of Solidity: mappings by the Keccak-256 of key and slot, members of a struct in a row', () => {
    const origin = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(origin, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (name, size) => {
        const ofOrigin = shaByEthers(toUtf8Bytes(name));
        expect(prefixed(originHash(name))).toBe(ofOrigin);
        const bySize = keccakByEthers(coder.encode(['bytes32', 'uint256'], [ofOrigin, 0]));
        const root = keccakByEthers(coder.encode(['uint256', 'bytes32'], [size, bySize]));
        const slots = anchorSlots(name, size);
        expect(prefixed(slots.root)).toBe(root);
        expect(prefixed(slots.time)).toBe(toBeHex(BigInt(root) + 1n, 32));
      }),
      { numRuns: 60 },
    );
  });

  it('are of one log and size', () => {
    const slots = ['a', 'b'].flatMap((origin) => [1n, 2n, 256n].map((size) => anchorSlots(origin, size)));
    const all = slots.flatMap(({ root, time }) => [toHex(root), toHex(time)]);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('evidence of a chain', () => {
  const { evidence, block } = fixture;
  type Evidence = Readonly<Record<string, unknown>>;
  const told = (changed: Evidence, blocks: readonly string[] = [block]): string =>
    codeOf(() => verifyEvmEvidence({ evidence: changed, blocks }));
  const flip = (hex: string, at: number): string => {
    const bytes = fromHex(hex.slice(2));
    return prefixed(bytes.map((byte, place) => (place === at % bytes.length ? byte ^ 1 : byte)));
  };
  const lists = ['account', 'root', 'time'] as const;

  it('holds as it is, also among blocks of other chains', () => {
    expect(told(evidence)).toBe('none');
    expect(told(evidence, [`0x${'0'.repeat(64)}`, block])).toBe('none');
    for (const blocks of [[], [block.toUpperCase()], [block.slice(2)], [`0x${'0'.repeat(64)}`]])
      expect(told(evidence, blocks)).toBe('ANCHOR_INVALID');
  });

  it('holds for no header with a byte altered, and not when the altered one is known: its state is another', () => {
    for (let at = 0; at < (evidence.header.length - 2) / 2; at += 7) {
      const header = flip(evidence.header, at);
      expect(told({ ...evidence, header })).toBe('ANCHOR_INVALID');
    }
    // The state root stands fourth in a header: behind three prefixes, two hashes and an address.
    const [, , , stateRoot] = decodeRlp(fromHex(evidence.header.slice(2))) as readonly Uint8Array[];
    const at = (evidence.header.indexOf(toHex(stateRoot!)) - 2) / 2;
    const header = flip(evidence.header, at);
    expect(told({ ...evidence, header }, [prefixed(keccak256(fromHex(header.slice(2))))])).toBe('ANCHOR_INVALID');
  });

  it('holds with no byte of any node altered, no node left out, doubled or moved', () => {
    fc.assert(
      fc.property(fc.constantFrom(...lists), fc.nat(), fc.nat(), (list, pick, at) => {
        const nodes = evidence[list];
        const place = pick % nodes.length;
        const node = nodes[place]!;
        const changes = [
          nodes.with(place, flip(node, at)),
          nodes.toSpliced(place, 1),
          nodes.toSpliced(place, 0, node),
          [...nodes].reverse(),
          [...nodes, node],
          [],
        ];
        for (const changed of changes)
          if (changed.join() !== nodes.join()) expect(told({ ...evidence, [list]: changed })).toBe('ANCHOR_INVALID');
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['another contract', { contract: `0x${'1'.repeat(40)}` }],
    ['another log', { origin: `${evidence.origin}0` }],
    ['another size', { size: '13' }],
    ['the time in place of the root', { root: evidence.time }],
    ['the root in place of the time', { time: evidence.root }],
    ['the account in place of both', { root: evidence.account, time: evidence.account }],
  ])('says nothing of %s', (_, more) => {
    expect(told({ ...evidence, ...more })).toBe('ANCHOR_INVALID');
  });
});
