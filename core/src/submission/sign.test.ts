import fc from 'fast-check';
import { Wallet } from 'ethers';
import { fromHex, toHex } from '../bytes';
import { codeOf } from '../../../test/support/code-of';
import { recordOf } from '../rulebook/testing/bench';
import {
  addressOf,
  assertKeyPossessed,
  digestSubmission,
  provePossession,
  recoverAddress,
  secp256k1Signer,
  signSubmission,
  verifySubmissionSignature,
  type DigestedSubmission,
  type Signer,
} from '.';
import { secp256k1PublicKey } from '../digest';

const party = '91140000MA0FAKE01X';
const privateKey = new Uint8Array(32).fill(7);
const signer: Omit<Signer, 'sign'> & { sign(digest: Uint8Array): string } = secp256k1Signer(privateKey);
const key = { id: signer.keyId, suite: signer.suite };
const digest = new Uint8Array(32).fill(3);
const curveOrder = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** r, s, v of a signature. */
function parts(signature: string): { r: bigint; s: bigint; v: number } {
  const bytes = signature.slice(2);
  return {
    r: BigInt(`0x${bytes.slice(0, 64)}`),
    s: BigInt(`0x${bytes.slice(64, 128)}`),
    v: parseInt(bytes.slice(128), 16),
  };
}
const hex64 = (value: bigint): string => value.toString(16).padStart(64, '0');

describe('a signature of a secp256k1 key', () => {
  it('names the address that ethers gives the key', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: curveOrder - 1n }), (secret) => {
        const bytes = fromHex(hex64(secret));
        expect(secp256k1Signer(bytes).keyId).toBe(new Wallet(`0x${hex64(secret)}`).address.toLowerCase());
        expect(addressOf(secp256k1PublicKey(bytes))).toBe(secp256k1Signer(bytes).keyId);
      }),
      { numRuns: 20 },
    );
  });

  it('is the same each time (RFC 6979), has a low s, and is recovered to its address', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (any) => {
        const signature = signer.sign(any);
        expect(signer.sign(any)).toBe(signature);
        expect(parts(signature).s <= curveOrder / 2n).toBe(true);
        expect([27, 28]).toContain(parts(signature).v);
        expect(recoverAddress(any, signature)).toBe(signer.keyId);
      }),
      { numRuns: 25 },
    );
  });

  it('is not recovered to its address once one bit of it, or of the digest, is another', () => {
    const signature = signer.sign(digest);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 64 }),
        fc.integer({ min: 0, max: 7 }),
        fc.boolean(),
        (at, bit, ofDigest) => {
          const bytes = ofDigest ? Uint8Array.from(digest) : fromHex(signature.slice(2));
          const place = at % bytes.length;
          bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
          const found = ((): string => {
            try {
              return ofDigest ? recoverAddress(bytes, signature) : recoverAddress(digest, `0x${toHex(bytes)}`);
            } catch {
              return 'none';
            }
          })();
          expect(found).not.toBe(signer.keyId);
        },
      ),
      { numRuns: 60 },
    );
  });

  const { r, s, v } = parts(signer.sign(digest));
  it.each([
    ['the other s of the same key', `0x${hex64(r)}${hex64(curveOrder - s)}${(55 - v).toString(16)}`],
    ['r of zero', `0x${'0'.repeat(64)}${hex64(s)}1b`],
    ['s of zero', `0x${hex64(r)}${'0'.repeat(64)}1b`],
    ['r of the order', `0x${hex64(curveOrder)}${hex64(s)}1b`],
    ['a recovery bit of 0', `0x${hex64(r)}${hex64(s)}00`],
    ['a recovery bit of 29', `0x${hex64(r)}${hex64(s)}1d`],
    ['capitals', signer.sign(digest).toUpperCase().replace('0X', '0x')],
    ['64 bytes', signer.sign(digest).slice(0, -2)],
    ['66 bytes', `${signer.sign(digest)}00`],
    ['no 0x', signer.sign(digest).slice(2)],
    ['nothing', ''],
  ])('is not %s', (_, signature) => {
    expect(codeOf(() => recoverAddress(digest, signature))).toBe('SIGNATURE_INVALID');
  });
});

describe('the signature of a submission', () => {
  let digested: DigestedSubmission;
  beforeAll(async () => {
    const records = [recordOf('sample-receipt')];
    const body = { ledger: 'ab'.repeat(32), party, records, signedAt: '2026-11-21T08:00:00Z' };
    digested = digestSubmission(await signSubmission(body, signer));
  });
  const verified = (change: object, by = key): string =>
    codeOf(() => {
      verifySubmissionSignature({ ...digested, submission: { ...digested.submission, ...change } }, by);
    });

  it('is verified by the key that it names', () => {
    expect(verified({})).toBe('none');
  });

  it('is nobody else’s: neither another key’s, nor of another suite, nor over another digest', () => {
    const other = secp256k1Signer(new Uint8Array(32).fill(8));
    expect(verified({}, { id: other.keyId, suite: other.suite })).toBe('SIGNATURE_INVALID');
    expect(verified({ keyId: other.keyId }, { id: other.keyId, suite: other.suite })).toBe('SIGNATURE_INVALID');
    expect(verified({ suite: 'sm2-sm3' })).toBe('SIGNATURE_INVALID');
    expect(verified({ suite: 'sm2-sm3' }, { ...key, suite: 'sm2-sm3' as never })).toBe('SIGNATURE_INVALID');
    expect(
      codeOf(() => {
        verifySubmissionSignature({ ...digested, digest }, key);
      }),
    ).toBe('SIGNATURE_INVALID');
  });
});

describe('the proof that a party holds a key', () => {
  const possessed = (change: object, of = party): Promise<string> =>
    provePossession(party, signer).then((proof) =>
      codeOf(() => {
        assertKeyPossessed(of, { ...key, proof, ...change });
      }),
    );

  it('is the key’s own signature over its registration', async () => {
    expect(await possessed({})).toBe('none');
  });

  it('serves no other party, no other key, and cannot be taken from a submission', async () => {
    expect(await possessed({}, '91110000MA0FAKE3W8')).toBe('SIGNATURE_INVALID');
    expect(await possessed({ id: secp256k1Signer(new Uint8Array(32).fill(8)).keyId })).toBe('SIGNATURE_INVALID');
    expect(await possessed({ proof: signer.sign(digest) })).toBe('SIGNATURE_INVALID');
    expect(await possessed({ proof: '0x' })).toBe('SIGNATURE_INVALID');
  });
});
