import fc from 'fast-check';
import { BitReader } from './bit-reader';
import { prefixCode, readSymbol } from './prefix-code';

/** Bytes of these bits, of each byte the lowest first. */
function bytesOf(bits: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  for (const [at, bit] of bits.entries()) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (bit << (at & 7));
  return bytes;
}

const cutShort = expect.objectContaining({ code: 'PROOF_MALFORMED' }) as Error;

describe('bits', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 12 });

  it('come lowest first, byte by byte (RFC 1951, 3.1.1)', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        const reader = new BitReader(data);
        const digits = Array.from(data, (byte) => byte.toString(2).padStart(8, '0').split('').reverse()).flat();
        expect(digits.map(() => String(reader.bit()))).toEqual(digits);
        expect(reader.isAtEnd).toBe(true);
        expect(() => reader.bit()).toThrow(cutShort);
      }),
    );
  });

  it('make numbers of any width in the same order', () => {
    const widths = fc.array(fc.nat({ max: 16 }), { maxLength: 10 });
    fc.assert(
      fc.property(bytes, widths, (data, all) => {
        const reader = new BitReader(data);
        let rest = Array.from(data).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
        let left = data.length * 8;
        for (const width of all) {
          left -= width;
          if (left < 0) {
            expect(() => reader.take(width)).toThrow(cutShort);
            return;
          }
          expect(reader.take(width)).toBe(Number(rest & ((1n << BigInt(width)) - 1n)));
          rest >>= BigInt(width);
        }
      }),
    );
  });

  it('of the rest of a byte are left, and none of the next one', () => {
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 8 }), (data, taken) => {
        const reader = new BitReader(data);
        reader.take(taken);
        reader.toByte();
        reader.toByte();
        const [, next] = data;
        expect(reader.isAtEnd).toBe(data.length === 1);
        if (next !== undefined) expect(reader.take(8)).toBe(next);
      }),
    );
  });

  it('are none where there are no bytes', () => {
    const reader = new BitReader(new Uint8Array(0));
    expect([reader.isAtEnd, reader.take(0)]).toEqual([true, 0]);
    expect(() => reader.bit()).toThrow(cutShort);
  });
});

/** Words of the code by the algorithm of RFC 1951, section 3.2.2, as it stands there: counts, first words, one by one. */
function wordsByTheRfc(lengths: readonly number[]): (string | undefined)[] {
  const next = new Map<number, number>();
  let code = 0;
  for (let bits = 1; bits <= 15; bits++) {
    code = (code + lengths.filter((length) => length > 0 && length === bits - 1).length) << 1;
    next.set(bits, code);
  }
  return lengths.map((length) => {
    if (length === 0) return undefined;
    const word = next.get(length) ?? 0;
    next.set(length, word + 1);
    return word.toString(2).padStart(length, '0');
  });
}

/** Sum of the shares that words of these lengths take of all words, in parts of 2^15 (Kraft). */
const shareOf = (lengths: readonly number[]): number =>
  lengths.reduce((sum, length) => sum + (length === 0 ? 0 : 2 ** (15 - length)), 0);

/** Lengths of a code without words to spare: a word is split in two until there are enough, then symbols without a word. */
const whole = fc
  .tuple(fc.array(fc.nat(), { minLength: 1, maxLength: 40 }), fc.array(fc.nat(), { maxLength: 5 }))
  .map(([splits, gaps]) => {
    const lengths = [1, 1];
    for (const pick of splits) {
      const at = pick % lengths.length;
      const length = lengths[at] ?? 0;
      if (length < 15) lengths.splice(at, 1, length + 1, length + 1);
    }
    for (const pick of gaps) lengths.splice(pick % (lengths.length + 1), 0, 0);
    return lengths;
  });

describe('a prefix code', () => {
  it('has the words that the RFC gives in its example: A to H with lengths 3, 3, 3, 3, 3, 2, 4, 4', () => {
    const words = ['010', '011', '100', '101', '110', '00', '1110', '1111'];
    const lengths = [3, 3, 3, 3, 3, 2, 4, 4];
    expect(wordsByTheRfc(lengths)).toEqual(words);
    const code = prefixCode(Uint8Array.from(lengths), true)!;
    for (const [symbol, word] of words.entries())
      expect(readSymbol(code, new BitReader(bytesOf(Array.from(word, Number))))).toBe(symbol);
  });

  it('reads back any symbols that are written in its words', () => {
    fc.assert(
      fc.property(whole, fc.array(fc.nat(), { maxLength: 30 }), (lengths, picks) => {
        const words = wordsByTheRfc(lengths);
        const used = words.flatMap((word, symbol) => (word === undefined ? [] : [symbol]));
        const symbols = picks.map((pick) => used[pick % used.length]!);
        const bits = symbols.flatMap((symbol) => Array.from(words[symbol]!, Number));
        const code = prefixCode(Uint8Array.from(lengths), true)!;
        const reader = new BitReader(bytesOf(bits));
        expect(symbols.map(() => readSymbol(code, reader))).toEqual(symbols);
      }),
    );
  });

  it('is there exactly where its words use up all words, or where there is one of one bit, or none', () => {
    const lengths = fc.array(fc.oneof(fc.constantFrom(0, 1, 2, 3), fc.nat({ max: 15 })), { maxLength: 12 });
    fc.assert(
      fc.property(fc.oneof(lengths, whole), fc.boolean(), (all, mustBeWhole) => {
        const isWhole = shareOf(all) === 2 ** 15;
        const isLeast = all.every((length) => length <= 1) && shareOf(all) < 2 ** 15;
        const expected = isWhole || (isLeast && !mustBeWhole);
        expect(prefixCode(Uint8Array.from(all), mustBeWhole) !== undefined).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('of one word reads that word, and nothing else', () => {
    const code = prefixCode(Uint8Array.of(0, 0, 1))!;
    expect(readSymbol(code, new BitReader(Uint8Array.of(0)))).toBe(2);
    expect(readSymbol(code, new BitReader(Uint8Array.of(0xff, 0xff)))).toBeUndefined();
    expect(readSymbol(prefixCode(Uint8Array.of(0, 0))!, new BitReader(Uint8Array.of(0, 0)))).toBeUndefined();
  });

  it('says that the data are cut short where a word is', () => {
    const code = prefixCode(
      Uint8Array.from({ length: 512 }, () => 9),
      true,
    )!;
    expect(() => readSymbol(code, new BitReader(Uint8Array.of(0xff)))).toThrow(cutShort);
  });
});
