import fc from 'fast-check';
import {
  compareBytes,
  concat,
  equalBytes,
  fromBase64,
  fromHex,
  isHex,
  isWellFormed,
  toBase64,
  toHex,
  utf8Decode,
  utf8Encode,
} from '.';
import type { ErrorCode } from '../errors';

const withCode = (code: ErrorCode): Error => expect.objectContaining({ code }) as Error;

const bytes = fc.uint8Array({ maxLength: 70 });

describe('hex', () => {
  test('is what Buffer writes, and reads back', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(toHex(value)).toBe(Buffer.from(value).toString('hex'));
        expect(fromHex(toHex(value))).toEqual(value);
      }),
    );
  });

  test.each(['A0', '0', 'zz', '0x00', ' 00', '00\n0'])('refuses %j', (text) => {
    expect(() => fromHex(text)).toThrow(withCode('BAD_ENCODING'));
  });

  test('knows hex of a length', () => {
    expect(isHex('00ff', 2)).toBe(true);
    expect(isHex('00ff', 3)).toBe(false);
    expect(isHex('00FF', 2)).toBe(false);
  });
});

describe('base64', () => {
  test('is what Buffer writes, and reads back', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(toBase64(value)).toBe(Buffer.from(value).toString('base64'));
        expect(fromBase64(toBase64(value))).toEqual(value);
      }),
    );
  });

  test.each(['AA', 'AA=', 'AB==', 'AAB=', 'A===', '====', 'AA==AA==', 'AA\n=', 'A-A=', 'AA =', 'AAAA=', 'Ａ==='])(
    'refuses %j',
    (text) => {
      expect(() => fromBase64(text)).toThrow(withCode('BAD_ENCODING'));
    },
  );

  test('gives each text one value: what it reads, it writes the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('A', 'Q', 'g', 'w', '/', '+', '='), maxLength: 8 }), (text) => {
        let value: Uint8Array;
        try {
          value = fromBase64(text);
        } catch {
          return;
        }
        expect(toBase64(value)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('utf8', () => {
  test('round-trips well-formed text, byte order mark included', () => {
    for (const text of ['', '碳审计账本', '😀', '\ufeffx']) expect(utf8Decode(utf8Encode(text))).toBe(text);
  });

  test('refuses lone surrogates and broken bytes', () => {
    expect(isWellFormed('\ud83d')).toBe(false);
    expect(isWellFormed('\ud83d\ude00')).toBe(true);
    expect(() => utf8Encode('a\udc00')).toThrow(withCode('BAD_ENCODING'));
    for (const broken of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe4, 0xbd]]) {
      expect(() => utf8Decode(Uint8Array.from(broken))).toThrow(withCode('BAD_ENCODING'));
    }
  });
});

test('arrays compare and join as Buffers do', () => {
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      expect(Buffer.from(concat(a, b))).toEqual(Buffer.concat([a, b]));
      expect(equalBytes(a, b)).toBe(Buffer.compare(a, b) === 0);
      expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b));
    }),
  );
});
