import * as fc from 'fast-check';
import { codeOf } from '../../../test/support/code-of';
import { fromBase64, toHex, utf8Encode } from '../bytes';
import { element, integer, sequence } from './der-write';
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
