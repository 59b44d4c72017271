import fc from 'fast-check';
import { codeOf } from '../../../test/support/code-of';
import { fromBase64, utf8Encode } from '../bytes';
import { readCertificate } from './certificate';
import { DerCursor, readDer, TAG } from './der';
import { element, integer, sequence } from './der-write';
import { timestampRequest, tokenOfResponse } from './exchange';
import fixture from './fixtures/tokens.json';
import { MAX_TOKEN_BYTES, readToken } from './token';
import { verifyTimestamp } from './verify';

const message = fromBase64(fixture.message);
const tokens = Object.entries(fixture.tokens).map(([name, text]) => [name, fromBase64(text)] as const);
const roots = Object.values(fixture.roots).map(fromBase64);
const [[, good] = ['', new Uint8Array()]] = tokens.filter(([name]) => name === 'good');
const refusals = ['TIMESTAMP_INVALID', 'TIMESTAMP_MISMATCH', 'TIMESTAMP_UNTRUSTED', 'TIMESTAMP_EXPIRED'];

const damage = fc.record({
  from: fc.nat(MAX_TOKEN_BYTES),
  length: fc.nat(12),
  put: fc.uint8Array({ maxLength: 12 }),
});

function damaged(
  whole: Uint8Array,
  { from, length, put }: { from: number; length: number; put: Uint8Array },
): Uint8Array {
  const at = from % whole.length;
  return Uint8Array.from([...whole.subarray(0, at), ...put, ...whole.subarray(at + length)]);
}

describe('a token', () => {
  it('with any stretch of it changed is refused with a code of its own, or says what it said before', () => {
    fc.assert(
      fc.property(fc.constantFrom(...tokens), damage, ([, whole], change) => {
        const question = { message, roots };
        const before = codeOf(() => verifyTimestamp({ ...question, token: whole }));
        const token = damaged(whole, change);
        const after = codeOf(() => verifyTimestamp({ ...question, token }));
        expect(['none', ...refusals]).toContain(after);
        if (after === 'none' && before === 'none')
          expect(verifyTimestamp({ ...question, token })).toEqual(verifyTimestamp({ ...question, token: whole }));
      }),
      { numRuns: 80 },
    );
  });

  it('holds for no other message', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (other) => {
        fc.pre(!Buffer.from(other).equals(message));
        expect(codeOf(() => verifyTimestamp({ token: good, message: other, roots }))).toBe('TIMESTAMP_MISMATCH');
      }),
    );
  });

  it('is trusted under a root whatever stands beside it, and never without it', () => {
    const named = Object.entries(fixture.roots).map(([name, text]) => ({ name, bytes: fromBase64(text) }));
    fc.assert(
      fc.property(fc.shuffledSubarray(named), (pinned) => {
        const isTrusted = pinned.some(({ name }) => name === 'root' || name === 'tsa');
        const code = codeOf(() => verifyTimestamp({ token: good, message, roots: pinned.map(({ bytes }) => bytes) }));
        expect(code).toBe(isTrusted ? 'none' : 'TIMESTAMP_UNTRUSTED');
      }),
    );
  });

  it('of the authority with anything in its info changed is not signed by it', () => {
    const { content } = readToken(good);
    const start = Buffer.from(good).indexOf(content);
    fc.assert(
      fc.property(fc.nat(content.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const token = good.map((byte, index) => (index === start + at ? byte ^ change : byte));
        expect(['TIMESTAMP_INVALID', 'TIMESTAMP_MISMATCH']).toContain(
          codeOf(() => verifyTimestamp({ token, message, roots })),
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe('a certificate', () => {
  it('is read or refused, whatever is damaged in it, and nothing else happens', () => {
    fc.assert(
      fc.property(fc.constantFrom(...roots), damage, (whole, change) => {
        expect(['none', 'TIMESTAMP_INVALID', 'TIMESTAMP_UNTRUSTED']).toContain(
          codeOf(() => readCertificate(damaged(whole, change))),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('the exchange with an authority', () => {
  /** RFC 3161, section 2.4.1: version, imprint, nonce, whether certificates are asked for. */
  it('asks with the nonce that was given, whatever it is', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 128n }), fc.uint8Array({ maxLength: 50 }), (nonce, of) => {
        const request = readDer(timestampRequest(of, nonce), TAG.sequence);
        expect(request.take(TAG.integer).content).toEqual(Uint8Array.of(1));
        request.take(TAG.sequence);
        expect(request.any().whole).toEqual(integer(nonce));
        expect(request.take(TAG.boolean).content).toEqual(Uint8Array.of(0xff));
        request.end();
      }),
    );
  });

  const answer = (status: bigint, ...more: Uint8Array[]): Uint8Array =>
    sequence(sequence(integer(status), ...more), good);

  it('takes a token that was granted, with modifications too, and of no other status (RFC 3161, 2.4.2)', () => {
    for (const status of [0n, 1n]) expect(tokenOfResponse(answer(status))).toEqual(good);
    for (const status of [2n, 3n, 4n, 5n, 6n, 65_535n])
      expect(codeOf(() => tokenOfResponse(answer(status)))).toBe('OUTSIDE_REFUSED');
    expect(codeOf(() => tokenOfResponse(answer(65_536n)))).toBe('TIMESTAMP_INVALID');
  });

  it('says that an authority refused, in whatever bytes it says why', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (why) => {
        expect(codeOf(() => tokenOfResponse(answer(2n, sequence(element(0x0c, why)))))).toBe('OUTSIDE_REFUSED');
      }),
    );
    const long = sequence(element(0x0c, utf8Encode('不'.repeat(5000))));
    expect(() => tokenOfResponse(answer(2n, long))).toThrow(/refused \(2\)\. 不{200}$/);
  });

  it('reads or refuses any answer', () => {
    fc.assert(
      fc.property(damage, (change) => {
        const code = codeOf(() => tokenOfResponse(damaged(answer(0n), { ...change, from: change.from % 40 })));
        expect(['none', 'OUTSIDE_REFUSED', 'TIMESTAMP_INVALID']).toContain(code);
      }),
      { numRuns: 300 },
    );
  });

  it('reads what follows in its order and hides nothing behind the token', () => {
    const more = Uint8Array.from([...answer(0n), 0]);
    expect(codeOf(() => tokenOfResponse(more))).toBe('TIMESTAMP_INVALID');
    const two = sequence(sequence(integer(0n)), good, good);
    expect(codeOf(() => tokenOfResponse(two))).toBe('TIMESTAMP_INVALID');
    expect(new DerCursor(answer(0n)).rest()).toHaveLength(1);
  });
});
