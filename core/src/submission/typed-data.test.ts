import fc from 'fast-check';
import { TypedDataEncoder } from 'ethers';
import { toHex } from '../bytes';
import { keccak256 } from '../digest';
import { keyPossessionDigest, keyPossessionTypes } from './key-possession';
import {
  submissionDigest,
  submissionDomain,
  submissionTypes,
  typedDataDigest,
  word,
  type SubmissionMessage,
} from './typed-data';

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const message: fc.Arbitrary<SubmissionMessage> = fc.record({
  ledger: bytes32.map(toHex),
  party: fc.string({ unit: 'grapheme', maxLength: 20 }),
  recordsRoot: bytes32,
  recordCount: fc.nat(1000),
  signedAt: fc.nat(4_000_000_000),
});

const mutable = (
  types: readonly { readonly name: string; readonly type: string }[],
): { name: string; type: string }[] => types.map((field) => ({ ...field }));

describe('what a party signs', () => {
  it('is the EIP-712 digest that ethers computes', () => {
    fc.assert(
      fc.property(message, ({ ledger, ...rest }) => {
        const domain = { ...submissionDomain, salt: `0x${ledger}` };
        const expected = TypedDataEncoder.hash(domain, { Submission: mutable(submissionTypes.Submission) }, rest);
        expect(`0x${toHex(submissionDigest({ ledger, ...rest }))}`).toBe(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('is another digest whenever any part is another', () => {
    fc.assert(
      fc.property(message, message, (one, other) => {
        const parts: Partial<SubmissionMessage>[] = [
          { ledger: other.ledger },
          { party: other.party },
          { recordsRoot: other.recordsRoot },
          { recordCount: other.recordCount },
          { signedAt: other.signedAt },
        ];
        const digest = toHex(submissionDigest(one));
        for (const part of parts) {
          const [[name, value] = ['', undefined]] = Object.entries(part);
          const isSame = toHexIfBytes(one[name as keyof SubmissionMessage]) === toHexIfBytes(value);
          expect(toHex(submissionDigest({ ...one, ...part })) === digest).toBe(isSame);
        }
      }),
    );
  });

  it('is the same again after more parties and ledgers than are kept in memory', () => {
    const one = { ledger: 'ab'.repeat(32), party: 'P', recordsRoot: new Uint8Array(32), recordCount: 1, signedAt: 1 };
    const before = submissionDigest(one);
    for (let at = 0; at < 4200; at += 1) submissionDigest({ ...one, party: `other ${String(at)}` });
    expect(submissionDigest(one)).toEqual(before);
  });
});

function toHexIfBytes(value: unknown): unknown {
  return value instanceof Uint8Array ? toHex(value) : value;
}

describe('a number member', () => {
  it('is thirty-two bytes, big-endian', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        expect(BigInt(`0x${toHex(word(value))}`)).toBe(BigInt(value));
        expect(word(value)).toHaveLength(32);
      }),
    );
  });
  it.each([-1, 1.5, NaN, Infinity, 2 ** 53])('is never %s', (value) => {
    expect(() => word(value)).toThrow(expect.objectContaining({ code: 'BAD_SUBMISSION' }) as Error);
  });
});

describe('what a key signs to be registered', () => {
  const party = '91140000MA0FAKE01X';
  const keyId = `0x${'1'.repeat(40)}`;

  it('is the EIP-712 digest that ethers computes, with a salt of zero', () => {
    const domain = { ...submissionDomain, salt: `0x${'0'.repeat(64)}` };
    const types = { KeyPossession: mutable(keyPossessionTypes.KeyPossession) };
    expect(`0x${toHex(keyPossessionDigest(party, keyId))}`).toBe(
      TypedDataEncoder.hash(domain, types, { party, keyId }),
    );
  });

  it('holds for this party and key alone, and is no submission of any ledger', () => {
    const own = toHex(keyPossessionDigest(party, keyId));
    expect(toHex(keyPossessionDigest('91110000MA0FAKE3W8', keyId))).not.toBe(own);
    expect(toHex(keyPossessionDigest(party, `0x${'2'.repeat(40)}`))).not.toBe(own);
    expect(toHex(keyPossessionDigest(keyId, party))).not.toBe(own);
    const submission = { ledger: '00'.repeat(32), party, recordsRoot: new Uint8Array(32), recordCount: 1, signedAt: 1 };
    expect(toHex(submissionDigest(submission))).not.toBe(own);
  });

  it('is bound to its ledger by the domain, whatever the message', () => {
    const struct = keccak256(new Uint8Array(32));
    const digests = ['00', '01', 'ff'].map((byte) => toHex(typedDataDigest(byte.repeat(32), struct)));
    expect(new Set(digests).size).toBe(3);
  });
});
