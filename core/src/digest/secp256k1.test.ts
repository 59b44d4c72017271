import fc from 'fast-check';
import { fromHex, toHex } from '../bytes';
import {
  createFileDigest,
  digestBytes,
  isDigest,
  recoverSecp256k1,
  secp256k1PublicKey,
  sha256,
  signSecp256k1,
  sm3,
} from '.';
import * as noble from './secp256k1-noble';
import { isRecoverable } from './secp256k1-rules';

const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const bytesOf = (value: bigint): Uint8Array => fromHex(value.toString(16).padStart(64, '0'));
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
const secret = fc.bigInt({ min: 1n, max: order - 1n }).map(bytesOf);

describe('secp256k1', () => {
  it('gives the same keys and signatures natively and in JavaScript', () => {
    fc.assert(
      fc.property(hash, secret, (digest, key) => {
        const [native, plain] = [signSecp256k1(digest, key), noble.sign(digest, key)];
        expect([toHex(native.signature), native.recoveryBit]).toEqual([toHex(plain.signature), plain.recoveryBit]);
        expect(toHex(secp256k1PublicKey(key))).toBe(toHex(noble.publicKey(key)));
      }),
      { numRuns: 20 },
    );
  });

  it('recovers the signer, and with the other bit somebody else', () => {
    fc.assert(
      fc.property(hash, secret, (digest, key) => {
        const { signature, recoveryBit } = signSecp256k1(digest, key);
        const own = toHex(secp256k1PublicKey(key));
        for (const recover of [recoverSecp256k1, noble.recover]) {
          expect(toHex(recover(digest, signature, recoveryBit) ?? new Uint8Array())).toBe(own);
          const other = recover(digest, signature, 1 - recoveryBit);
          expect(other === undefined ? '' : toHex(other)).not.toBe(own);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('recovers the same, or nothing, from noise, natively and in JavaScript', () => {
    fc.assert(
      fc.property(
        hash,
        fc.uint8Array({ minLength: 64, maxLength: 64 }),
        fc.constantFrom(0, 1),
        (digest, signature, bit) => {
          const [native, plain] = [recoverSecp256k1(digest, signature, bit), noble.recover(digest, signature, bit)];
          expect(native && toHex(native)).toBe(plain && toHex(plain));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('holds signatures to one form: r below the order, s in its lower half, a bit of 0 or 1', () => {
    const half = order / 2n;
    const edge = fc.constantFrom(0n, 1n, half - 1n, half, half + 1n, order - 1n, order, order + 1n, 2n ** 256n - 1n);
    fc.assert(
      fc.property(edge, edge, fc.integer({ min: -1, max: 3 }), (r, s, bit) => {
        const signature = Uint8Array.of(...bytesOf(r), ...bytesOf(s));
        const expected = r > 0n && r < order && s > 0n && s <= half && (bit === 0 || bit === 1);
        expect(isRecoverable(new Uint8Array(32), signature, bit)).toBe(expected);
      }),
    );
    expect(isRecoverable(new Uint8Array(31), new Uint8Array(64).fill(1), 0)).toBe(false);
    expect(isRecoverable(new Uint8Array(32), new Uint8Array(63).fill(1), 0)).toBe(false);
  });
});

describe('the digests of a file', () => {
  it('are the same however it comes in pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }), (pieces) => {
        const whole = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
        const digest = createFileDigest();
        for (const piece of pieces) digest.update(piece);
        const found = digest.digest();
        expect(found).toEqual(digestBytes(whole));
        expect(found).toEqual({ sha256: `sha256:${toHex(sha256(whole))}`, sm3: `sm3:${toHex(sm3(whole))}` });
        expect([isDigest(found.sha256, 'sha256'), isDigest(found.sm3, 'sm3')]).toEqual([true, true]);
      }),
    );
  });

  it.each([
    '',
    'sha256:',
    `sha256:${'0'.repeat(63)}`,
    `sha256:${'A'.repeat(64)}`,
    `sm3:${'0'.repeat(64)}`,
    '0'.repeat(64),
    ` sha256:${'0'.repeat(64)}`,
  ])('are not %j where SHA-256 is asked for', (value) => {
    expect(isDigest(value, 'sha256')).toBe(false);
  });
});
