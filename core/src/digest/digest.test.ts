import { createHash, createHmac, generateKeyPairSync, sign as nodeSign } from 'node:crypto';
import { keccak256, SigningKey } from 'ethers';
import { createKeccak } from 'hash-wasm';
import { createFileDigest, digestBytes, isDigest } from '.';
import { fromHex, toHex, utf8Encode } from '../bytes';
import * as browser from './platform.browser';
import * as node from './platform';
import type { Platform } from './platform-types';

const platforms: readonly (readonly [string, Platform])[] = [
  ['node', node],
  ['browser', browser],
];
/** Deterministic filler of any length. */
const filler = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => (index * 167 + 13) & 255);
const seed = (name: string): Uint8Array => new Uint8Array(createHmac('sha256', 'digest.test').update(name).digest());

describe.each(platforms)('platform %s', (_, platform) => {
  test('hashes to the published values', () => {
    const abc = utf8Encode('abc');
    expect(toHex(platform.sha256(abc))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    // GB/T 32905-2016, appendix A
    expect(toHex(platform.sm3(abc))).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
    expect(toHex(platform.sm3(utf8Encode('abcd'.repeat(16))))).toBe(
      'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732',
    );
    expect(toHex(platform.keccak256(new Uint8Array(0)))).toBe(
      'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
    );
  });

  test('hashes any length, whole and in pieces, as node:crypto does', () => {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 128, 1000]) {
      const bytes = filler(length);
      for (const [algorithm, once, create] of [
        ['sha256', platform.sha256, platform.createSha256],
        ['sm3', platform.sm3, platform.createSm3],
      ] as const) {
        const expected = createHash(algorithm).update(bytes).digest('hex');
        const pieces = create();
        for (let at = 0; at < length; at += 37) pieces.update(bytes.subarray(at, at + 37));
        expect([toHex(once(bytes)), toHex(pieces.digest())]).toEqual([expected, expected]);
      }
    }
  });

  test('hashes any length with Keccak as ethers does, before and after its WebAssembly is there', async () => {
    const lengths = [0, 1, 32, 64, 135, 136, 137, 160, 272, 1000];
    const all = (): string[] => lengths.map((length) => `0x${toHex(platform.keccak256(filler(length)))}`);
    const expected = lengths.map((length) => keccak256(filler(length)));
    expect(all()).toEqual(expected);
    await createKeccak(256);
    expect(all()).toEqual(expected);
  });

  test('signs and verifies Ed25519 as RFC 8032 section 7.1 has it', () => {
    const secret = fromHex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
    const key = platform.ed25519PublicKey(secret);
    expect(toHex(key)).toBe('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
    const message = Uint8Array.of(0x72);
    const signature = platform.ed25519Sign(message, secret);
    expect(toHex(signature)).toBe(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    );
    expect(platform.ed25519Verify(message, signature, key)).toBe(true);
    expect(platform.ed25519Verify(Uint8Array.of(0x73), signature, key)).toBe(false);
    expect(platform.ed25519Verify(message, signature.subarray(1), key)).toBe(false);
    expect(platform.ed25519Verify(message, signature, key.subarray(1))).toBe(false);
    expect(platform.ed25519Verify(message, new Uint8Array(64).fill(255), key)).toBe(false);
    expect(platform.ed25519Verify(message, signature, new Uint8Array(32).fill(255))).toBe(false);
  });

  test('verifies P-256 with low s only', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const raw = new Uint8Array(spki.subarray(-65));
    const message = utf8Encode('block header');
    const made = nodeSign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const s = BigInt(`0x${made.subarray(32).toString('hex')}`);
    const withS = (value: bigint): Uint8Array =>
      fromHex(made.subarray(0, 32).toString('hex') + value.toString(16).padStart(64, '0'));
    const low = withS(s * 2n < order ? s : order - s);
    const high = withS(s * 2n < order ? order - s : s);
    expect(platform.p256Verify(message, low, raw)).toBe(true);
    expect(platform.p256Verify(message, high, raw)).toBe(false);
    expect(platform.p256Verify(utf8Encode('another'), low, raw)).toBe(false);
    expect(platform.p256Verify(message, low, new Uint8Array(65).fill(4))).toBe(false);
    expect(platform.p256Verify(message, low.subarray(1), raw)).toBe(false);
  });

  test('signs and recovers secp256k1 as ethers does', () => {
    for (const name of ['a', 'b', 'c', 'd']) {
      const key = seed(`key ${name}`);
      const hash = seed(`hash ${name}`);
      const reference = new SigningKey(key).sign(hash);
      const { signature, recoveryBit } = platform.signSecp256k1(hash, key);
      expect([`0x${toHex(signature)}`, recoveryBit]).toEqual([reference.r + reference.s.slice(2), reference.yParity]);
      const publicKey = platform.recoverSecp256k1(hash, signature, recoveryBit);
      expect(publicKey && `0x${toHex(publicKey)}`).toBe(new SigningKey(key).publicKey);
      expect(toHex(platform.secp256k1PublicKey(key))).toBe(publicKey && toHex(publicKey));
    }
  });

  test('recovers nothing from what no signer makes', () => {
    const hash = seed('hash');
    const { signature, recoveryBit } = platform.signSecp256k1(hash, seed('key'));
    const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    const r = toHex(signature.subarray(0, 32));
    const s = toHex(signature.subarray(32));
    const word = (value: bigint): string => value.toString(16).padStart(64, '0');
    const cases: readonly (readonly [Uint8Array, string, number])[] = [
      [hash, r + word(order - BigInt(`0x${s}`)), 1 - recoveryBit],
      [hash, r + s, recoveryBit + 2],
      [hash, r + s, 27],
      [hash, word(0n) + s, recoveryBit],
      [hash, r + word(0n), recoveryBit],
      [hash, word(order) + s, recoveryBit],
      [hash, r + s + '00', recoveryBit],
      [hash.subarray(1), r + s, recoveryBit],
      [hash, word(5n) + s, 0], // no point of the curve has this x
    ];
    for (const [digest, text, bit] of cases) {
      expect(platform.recoverSecp256k1(digest, fromHex(text), bit)).toBeUndefined();
    }
  });
});

test('a file has both digests, whole and in pieces', () => {
  const bytes = filler(100_000);
  const digest = createFileDigest();
  for (let at = 0; at < bytes.length; at += 4096) digest.update(bytes.subarray(at, at + 4096));
  const whole = digestBytes(bytes);
  expect(digest.digest()).toEqual(whole);
  expect(whole.sha256).toBe(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
  expect([isDigest(whole.sm3, 'sm3'), isDigest(whole.sm3, 'sha256'), isDigest('sm3:00', 'sm3')]).toEqual([
    true,
    false,
    false,
  ]);
});
