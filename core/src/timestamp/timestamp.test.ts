import * as fc from 'fast-check';
import { codeOf } from '../../../test/support/code-of';
import { fromBase64, toHex, utf8Encode } from '../bytes';
import { DerCursor, readDer, TAG } from './der';
import { integerOf, oidOf, timeOf } from './der-values';
import { element, integer, oid, sequence } from './der-write';
import { timestampRequest, tokenOfResponse } from './exchange';
import fixture from './fixtures/tokens.json';
import { verifyTimestamp, type TimestampQuestion } from './verify';

type TokenName = keyof typeof fixture.tokens;
type RootName = keyof typeof fixture.roots;

const message = fromBase64(fixture.message);
const token = (name: TokenName): Uint8Array => fromBase64(fixture.tokens[name]);
const root = (name: RootName): Uint8Array => fromBase64(fixture.roots[name]);

function question(name: TokenName, ...roots: RootName[]): TimestampQuestion {
  return { token: token(name), message, roots: (roots.length > 0 ? roots : (['root'] as const)).map(root) };
}

describe('verifyTimestamp', () => {
  it.each<[TokenName, RootName, string]>([
    ['good', 'root', 'tsa'],
    ['long', 'root', 'tsa'],
    ['p256', 'root', 'p256'],
    ['p384', 'ecroot', 'p384'],
    ['by_cms', 'root', 'tsa'],
    ['by_key_id', 'root', 'tsa'],
  ])('accepts the token %s under %s', (name, under, authority) => {
    expect(verifyTimestamp(question(name, under))).toMatchObject({ authority, policy: '1.3.6.1.4.1.13762.3' });
  });

  it('tells time, accuracy and number of the token', () => {
    const verified = verifyTimestamp(question('good'));
    expect(verified).toMatchObject({ accuracyMs: 1501, serial: '2' });
    expect(verified.time).toMatch(/^2026-11-21T\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('trusts a pinned certificate of the signer itself, and a pinned root whatever signed it', () => {
    expect(verifyTimestamp(question('no_chain', 'tsa')).authority).toBe('tsa');
    expect(verifyTimestamp(question('pinned_sha1_root', 'sha1root')).authority).toBe('undersha1');
  });

  it('finds the certificate of a token that brings none, if it is pinned', () => {
    expect(verifyTimestamp(question('bare', 'tsa')).authority).toBe('tsa');
    expect(codeOf(() => verifyTimestamp(question('bare')))).toBe('TIMESTAMP_INVALID');
  });

  it.each<[TokenName, string]>([
    ['other_bytes', 'TIMESTAMP_MISMATCH'],
    ['no_chain', 'TIMESTAMP_UNTRUSTED'],
    ['p384', 'TIMESTAMP_UNTRUSTED'],
    ['soft', 'TIMESTAMP_UNTRUSTED'],
    ['more', 'TIMESTAMP_UNTRUSTED'],
    ['none', 'TIMESTAMP_UNTRUSTED'],
    ['nosign', 'TIMESTAMP_UNTRUSTED'],
    ['unknown', 'TIMESTAMP_UNTRUSTED'],
    ['weak_signed', 'TIMESTAMP_UNTRUSTED'],
    ['under_leaf', 'TIMESTAMP_UNTRUSTED'],
    ['under_bare', 'TIMESTAMP_UNTRUSTED'],
    ['too_deep', 'TIMESTAMP_UNTRUSTED'],
    ['weak_key', 'TIMESTAMP_INVALID'],
    ['unnamed_signer', 'TIMESTAMP_INVALID'],
    ['plain_data', 'TIMESTAMP_INVALID'],
    ['two_signers', 'TIMESTAMP_INVALID'],
    ['expired', 'TIMESTAMP_EXPIRED'],
    ['early', 'TIMESTAMP_EXPIRED'],
  ])('refuses the token %s with %s', (name, code) => {
    expect(codeOf(() => verifyTimestamp(question(name)))).toBe(code);
  });

  it('refuses roots that are not those of the authority', () => {
    expect(codeOf(() => verifyTimestamp(question('good', 'stranger', 'ecroot')))).toBe('TIMESTAMP_UNTRUSTED');
    expect(codeOf(() => verifyTimestamp({ ...question('good'), roots: [] }))).toBe('TIMESTAMP_UNTRUSTED');
    expect(codeOf(() => verifyTimestamp({ ...question('good'), roots: [message] }))).toBe('TIMESTAMP_UNTRUSTED');
  });

  it('refuses other bytes and another nonce', () => {
    expect(codeOf(() => verifyTimestamp({ ...question('good'), message: utf8Encode('other\n') }))).toBe(
      'TIMESTAMP_MISMATCH',
    );
    expect(codeOf(() => verifyTimestamp({ ...question('good'), nonce: 1n }))).toBe('TIMESTAMP_MISMATCH');
  });

  it('refuses a token with a byte altered anywhere', () => {
    const whole = token('p256');
    for (let at = 0; at < whole.length; at += 5) {
      const altered = whole.map((byte, index) => (index === at ? byte ^ 0x04 : byte));
      const code = codeOf(() => verifyTimestamp({ ...question('p256'), token: altered }));
      // The set of digests in front of the content is a hint for one-pass readers (RFC 5652 section 5.1), and so are
      // versions; nothing is decided by them.
      if (code === 'none') expect(unread(whole, at)).toBe(true);
    }
  });

  it('refuses a token with anything cut off or added', () => {
    const whole = token('p256');
    for (let length = 0; length < whole.length; length += 7) {
      expect(codeOf(() => verifyTimestamp({ ...question('p256'), token: whole.subarray(0, length) }))).toBe(
        'TIMESTAMP_INVALID',
      );
    }
    const longer = Uint8Array.from([...whole, 0]);
    expect(codeOf(() => verifyTimestamp({ ...question('p256'), token: longer }))).toBe('TIMESTAMP_INVALID');
    expect(codeOf(() => verifyTimestamp({ ...question('p256'), token: new Uint8Array(16_385) }))).toBe(
      'TIMESTAMP_INVALID',
    );
  });

  it('answers any bytes with a code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(codeOf(() => verifyTimestamp({ token: bytes, message, roots: [] }))).toBe('TIMESTAMP_INVALID');
      }),
    );
  });
});

/** Whether a byte stands in the versions or the digest hint in front of the content. */
function unread(whole: Uint8Array, at: number): boolean {
  const hex = toHex(whole);
  return at < hex.indexOf('060b2a864886f70d0109100104') / 2 || /^0201/.test(hex.slice(2 * at - 4, 2 * at));
}

describe('exchange', () => {
  it('asks as OpenSSL does', () => {
    const request = timestampRequest(utf8Encode('x'), 0x80ffn);
    expect(toHex(request)).toBe(
      '303e0201013031300d' +
        '060960864801650304020105000420' +
        '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881' +
        '0203' +
        '0080ff0101ff',
    );
  });

  it('takes the token out of what was granted', () => {
    const granted = sequence(sequence(integer(0n)), token('good'));
    expect(tokenOfResponse(granted)).toEqual(token('good'));
  });

  it('says why an authority refused', () => {
    const text = element(0x0c, utf8Encode('no such policy'));
    const refused = sequence(sequence(integer(2n), sequence(text)));
    expect(() => tokenOfResponse(refused)).toThrow(/refused \(2\)\. no such policy/);
    expect(codeOf(() => tokenOfResponse(refused))).toBe('OUTSIDE_REFUSED');
  });

  it('refuses an answer without a token', () => {
    expect(codeOf(() => tokenOfResponse(sequence(sequence(integer(0n)))))).toBe('TIMESTAMP_INVALID');
  });
});

describe('DER', () => {
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 160n }), (value) => {
        expect(integerOf(new DerCursor(integer(value)).any())).toBe(value);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.nat(2 ** 31 - 1), { maxLength: 8 }), fc.nat(39), (rest, second) => {
        const dotted = [1, second, ...rest].join('.');
        expect(oidOf(new DerCursor(oid(dotted)).any())).toBe(dotted);
      }),
    );
    for (const length of [0, 1, 127, 128, 255, 256, 65_535]) {
      expect(new DerCursor(element(TAG.octetString, new Uint8Array(length))).any().content).toHaveLength(length);
    }
  });

  it('reads numbers below zero', () => {
    expect(integerOf(new DerCursor(Uint8Array.of(2, 1, 0xff)).any())).toBe(-1n);
    expect(integerOf(new DerCursor(Uint8Array.of(2, 2, 0xff, 0x7f)).any())).toBe(-129n);
  });

  it.each([
    ['an indefinite length', [0x30, 0x80, 0, 0]],
    ['a length that could be shorter', [0x30, 0x81, 0x01, 0x00]],
    ['a length with leading zeros', [0x30, 0x82, 0x00, 0x80]],
    ['more than there is', [0x30, 0x02, 0x00]],
    ['nothing', []],
    ['a tag of several bytes', [0x3f, 0x81, 0x01, 0x00]],
    ['bytes behind the end', [0x30, 0x00, 0x00]],
  ])('refuses %s', (_, bytes) => {
    expect(codeOf(() => readDer(Uint8Array.from(bytes), TAG.sequence).rest())).toBe('TIMESTAMP_INVALID');
  });

  it.each([
    ['integer 00 01', () => integerOf(new DerCursor(Uint8Array.of(2, 2, 0, 1)).any())],
    ['integer ff 80', () => integerOf(new DerCursor(Uint8Array.of(2, 2, 0xff, 0x80)).any())],
    ['integer of no bytes', () => integerOf(new DerCursor(Uint8Array.of(2, 0)).any())],
    ['object identifier that is cut off', () => oidOf(new DerCursor(Uint8Array.of(6, 2, 0x2a, 0x86)).any())],
    ['object identifier with a padded arc', () => oidOf(new DerCursor(Uint8Array.of(6, 3, 0x2a, 0x80, 1)).any())],
    ['object identifier of no bytes', () => oidOf(new DerCursor(Uint8Array.of(6, 0)).any())],
  ])('refuses the %s', (_, read) => {
    expect(codeOf(read)).toBe('TIMESTAMP_INVALID');
  });

  const time = (text: string, tag: number = TAG.generalizedTime): number =>
    timeOf(new DerCursor(element(tag, utf8Encode(text))).any());

  it('reads times', () => {
    expect(time('20261121080000Z')).toBe(Date.UTC(2026, 10, 21, 8));
    expect(time('20261121080000.25Z')).toBe(Date.UTC(2026, 10, 21, 8) + 250);
    expect(time('261121080000Z', TAG.utcTime)).toBe(Date.UTC(2026, 10, 21, 8));
    expect(time('991121080000Z', TAG.utcTime)).toBe(Date.UTC(1999, 10, 21, 8));
  });

  it.each([
    '20260230080000Z',
    '20261121250000Z',
    '20261121080000',
    '20261121080000+0800',
    '20261121080000.50Z',
    '20261121080000.Z',
    '202611210800Z',
    '',
  ])('refuses the time %p', (text) => {
    expect(codeOf(() => time(text))).toBe('TIMESTAMP_INVALID');
  });
});
