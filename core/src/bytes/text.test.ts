import fc from 'fast-check';
import { isLedgerError } from '../errors';
import { compareBytes, concat, decodeText, equalBytes, isWellFormed, utf8Encode, utf8EncodeInto } from '.';

/** 中文 in GBK, which GB 18030 contains. */
const gbk = Uint8Array.of(0xd6, 0xd0, 0xce, 0xc4);

/** Details of the refusal, or the text. */
function read(bytes: Uint8Array, encoding: 'utf-8' | 'gb18030' = 'utf-8'): unknown {
  try {
    return decodeText(bytes, encoding);
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    expect(error.code).toBe('BAD_ENCODING');
    return error.details;
  }
}

describe('text of a file', () => {
  it('in UTF-8 is read as it is written, without its byte order mark', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (text, hasMark) => {
        const bytes = utf8Encode(`${hasMark ? '\ufeff' : ''}${text}`);
        expect(read(bytes)).toBe(text.startsWith('\ufeff') && !hasMark ? text.slice(1) : text);
      }),
    );
  });

  it('in GB 18030 is read where that is asked for, letters of four bytes too', () => {
    expect(read(gbk, 'gb18030')).toBe('中文');
    expect(read(Uint8Array.of(0x81, 0x30, 0x81, 0x30), 'gb18030')).toBe('\u0080');
    expect(read(utf8Encode('plain ascii, 1.5\n'), 'gb18030')).toBe('plain ascii, 1.5\n');
  });

  it('is never guessed: what could be the other encoding is told, with its line', () => {
    expect(read(concat(utf8Encode('a\nb\n'), gbk))).toEqual({ line: 3, looksLike: 'gb18030' });
    expect(read(utf8Encode('中文'), 'gb18030')).toEqual({ line: 1, looksLike: 'utf-8' });
    expect(read(Uint8Array.of(0xff, 0xfe, 0x61, 0x00))).toEqual({ line: 1, looksLike: 'utf-16' });
    expect(read(Uint8Array.of(0xfe, 0xff, 0x00, 0x61))).toEqual({ line: 1, looksLike: 'utf-16' });
  });

  it('in neither is told by its first bad line', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(5), (before, after) => {
        const bytes = concat(
          utf8Encode('good\n'.repeat(before)),
          Uint8Array.of(0xff),
          utf8Encode('\ngood'.repeat(after)),
        );
        expect(read(bytes)).toMatchObject({ line: before + 1 });
        expect(read(bytes, 'gb18030')).toEqual({ line: before + 1 });
      }),
    );
  });

  it.each([
    ['an overlong form', [0xc0, 0xaf]],
    ['half of a pair', [0xed, 0xa0, 0x80]],
    ['a letter beyond Unicode', [0xf5, 0x80, 0x80, 0x80]],
    ['a letter that is cut off', [0xe4, 0xb8]],
    ['a byte that begins nothing', [0x80]],
  ])('is not UTF-8 with %s', (_, bytes) => {
    expect(read(Uint8Array.from(bytes))).toMatchObject({ line: 1 });
  });
});

describe('text written into a buffer', () => {
  it('is there whole, or is told not to fit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.nat(60), (text, size) => {
        const target = new Uint8Array(size);
        const bytes = utf8Encode(text);
        const written = utf8EncodeInto(text, target);
        expect(written).toBe(bytes.length <= size ? bytes.length : undefined);
        if (written !== undefined) expect(equalBytes(target.subarray(0, written), bytes)).toBe(true);
      }),
    );
  });

  it('has no half of a pair: two texts would be one', () => {
    for (const text of ['\ud800', 'a\udc00b', '\udc00\ud800']) {
      expect(isWellFormed(text)).toBe(false);
      expect(() => utf8Encode(text)).toThrow(expect.objectContaining({ code: 'BAD_ENCODING' }) as Error);
      expect(() => utf8EncodeInto(text, new Uint8Array(9))).toThrow(
        expect.objectContaining({ code: 'BAD_ENCODING' }) as Error,
      );
    }
  });
});

describe('the order of bytes', () => {
  it('is total, that of their hex, and equal only for equal bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 5 });
    fc.assert(
      fc.property(bytes, bytes, bytes, (a, b, c) => {
        const sign = Math.sign(compareBytes(a, b));
        expect(sign).toBe(Math.sign(Buffer.compare(a, b)));
        expect(Math.sign(compareBytes(b, a))).toBe(sign === 0 ? 0 : -sign);
        expect(equalBytes(a, b)).toBe(sign === 0);
        if (sign <= 0 && compareBytes(b, c) <= 0) expect(compareBytes(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
