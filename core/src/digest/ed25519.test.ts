import { ed25519, ED25519_TORSION_SUBGROUP } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { concat, fromHex, toHex } from '../bytes';
import { isSoundEd25519Key } from './ed25519-rules';
import * as browser from './platform.browser';
import * as node from './platform';

/* One signature holds everywhere or nowhere: a receipt must not hold on the page and fail on the command line. */

const { Point } = ed25519;
const order = Point.Fn.ORDER;
const prime = 2n ** 255n - 19n;
const platforms = [node, browser];
const littleEndian = (value: bigint): Uint8Array => fromHex(value.toString(16).padStart(64, '0')).reverse();
const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes.slice().reverse())}`);
/** What each platform says of a signature. */
const verdicts = (message: Uint8Array, signature: Uint8Array, key: Uint8Array): boolean[] =>
  platforms.map((platform) => platform.ed25519Verify(message, signature, key));

const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });
const message = fc.uint8Array({ maxLength: 80 });
const torsion = fc.constantFrom(...ED25519_TORSION_SUBGROUP).map((hex) => Point.fromHex(hex, true));
const secret = fc.bigInt({ min: 1n, max: order - 1n });

const challengeOf = (r: Uint8Array, key: Uint8Array, bytes: Uint8Array): bigint =>
  numberOf(sha512(concat(r, key, bytes))) % order;

interface Made {
  readonly key: Uint8Array;
  readonly signature: Uint8Array;
  /** Whether the equation holds without the cofactor. */
  readonly isExact: boolean;
}

/** A signature of somebody who adds points of small order to the own key and commitment. */
function made(own: bigint, nonce: bigint, bytes: Uint8Array, inKey: typeof Point.BASE, inR: typeof Point.BASE): Made {
  const keyPoint = Point.BASE.multiply(own).add(inKey);
  const rPoint = Point.BASE.multiply(nonce).add(inR);
  const [key, r] = [keyPoint.toBytes(), rPoint.toBytes()];
  const challenge = challengeOf(r, key, bytes);
  const s = (nonce + challenge * own) % order;
  const isExact = inR.add(inKey.multiplyUnsafe(challenge)).equals(Point.ZERO);
  return { key, signature: concat(r, littleEndian(s)), isExact };
}

describe('published signatures (RFC 8032, section 7.1)', () => {
  it.each([
    [
      '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      '',
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    ],
    [
      'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
      'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      'af82',
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    ],
  ])('are made and taken with the seed %s', (secretSeed, key, text, signature) => {
    for (const platform of platforms) {
      expect(toHex(platform.ed25519PublicKey(fromHex(secretSeed)))).toBe(key);
      expect(toHex(platform.ed25519Sign(fromHex(text), fromHex(secretSeed)))).toBe(signature);
    }
    expect(verdicts(fromHex(text), fromHex(signature), fromHex(key))).toEqual([true, true]);
  });
});

describe('a signature', () => {
  it('is the same from both platforms, and taken by both', () => {
    fc.assert(
      fc.property(seed, message, (secretSeed, bytes) => {
        const [key = seedless, other = seedless] = platforms.map((platform) => platform.ed25519PublicKey(secretSeed));
        const [first = seedless, second = seedless] = platforms.map((one) => one.ed25519Sign(bytes, secretSeed));
        expect([toHex(key), toHex(first)]).toEqual([toHex(other), toHex(second)]);
        expect(verdicts(bytes, first, key)).toEqual([true, true]);
      }),
      { numRuns: 20 },
    );
  });

  it('with any bit of it, of its message or key turned is taken by neither', () => {
    fc.assert(
      fc.property(seed, fc.nat(), (secretSeed, pick) => {
        const bytes = Uint8Array.of(1, 2, 3);
        const key = node.ed25519PublicKey(secretSeed);
        const whole = concat(bytes, node.ed25519Sign(bytes, secretSeed), key);
        const bit = pick % (whole.length * 8);
        const turned = whole.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        expect(verdicts(turned.subarray(0, 3), turned.subarray(3, 67), turned.subarray(67))).toEqual([false, false]);
      }),
      { numRuns: 60 },
    );
  });

  it('has one spelling: s is below the order of the group', () => {
    fc.assert(
      fc.property(seed, (secretSeed) => {
        const bytes = Uint8Array.of(7);
        const key = node.ed25519PublicKey(secretSeed);
        const signature = node.ed25519Sign(bytes, secretSeed);
        const twin = concat(signature.subarray(0, 32), littleEndian(numberOf(signature.subarray(32)) + order));
        expect(verdicts(bytes, twin, key)).toEqual([false, false]);
      }),
      { numRuns: 10 },
    );
  });

  it('of a key or commitment of mixed order holds on both platforms or on neither', () => {
    fc.assert(
      fc.property(secret, secret, message, torsion, torsion, (own, nonce, bytes, inKey, inR) => {
        const { key, signature, isExact } = made(own, nonce, bytes, inKey, inR);
        expect(verdicts(bytes, signature, key)).toEqual([isExact, isExact]);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['a signature that is too short', 63, 32],
    ['a signature that is too long', 65, 32],
    ['a key that is too short', 64, 31],
    ['a key that is too long', 64, 33],
    ['nothing', 0, 0],
  ])('is none, and no error: %s', (_, signature, key) => {
    expect(verdicts(Uint8Array.of(1), new Uint8Array(signature).fill(1), new Uint8Array(key).fill(1))).toEqual([
      false,
      false,
    ]);
  });
});

const seedless = new Uint8Array(0);

describe('a key', () => {
  const spellings = ED25519_TORSION_SUBGROUP.flatMap((hex) => {
    const y = numberOf(fromHex(hex)) % 2n ** 255n;
    // Either sign of x, and y once more from p on where 255 bits hold that.
    return [y, y + prime].filter((one) => one < 2n ** 255n).flatMap((one) => [one, one + 2n ** 255n]);
  });

  it('of small order, in any spelling, has signed nothing: it would hold for messages that nobody signed', () => {
    expect(new Set(spellings).size).toBe(14);
    const neutral = concat(littleEndian(1n), new Uint8Array(32));
    for (const spelling of spellings) {
      const key = littleEndian(spelling);
      expect(isSoundEd25519Key(key)).toBe(false);
      for (let one = 0; one < 8; one++) expect(verdicts(Uint8Array.of(one), neutral, key)).toEqual([false, false]);
    }
  });

  it('has one spelling: y is below p', () => {
    for (let more = 0n; more < 19n; more++) {
      expect(isSoundEd25519Key(littleEndian(prime + more))).toBe(false);
      expect(isSoundEd25519Key(littleEndian(prime + more + 2n ** 255n))).toBe(false);
    }
    expect(isSoundEd25519Key(littleEndian(prime - 2n))).toBe(true);
  });

  it('of a seed is sound', () => {
    fc.assert(
      fc.property(seed, (secretSeed) => isSoundEd25519Key(node.ed25519PublicKey(secretSeed))),
      { numRuns: 30 },
    );
  });
});
