import fc from 'fast-check';
import { siblingRanges, splitRange, type LeafRange } from './ranges';
import { bitLength, countOnes, splitPoint, trailingZeros } from './split';

const wide = fc.bigInt({ min: 1n, max: (1n << 64n) - 1n });

describe('the numbers behind a tree', () => {
  it('split it at the largest power of two below its size (RFC 9162, 2.1.1)', () => {
    for (let size = 2; size <= 4096; size++) {
      const split = splitPoint(size);
      expect([Number.isInteger(Math.log2(split)), split < size, split * 2 >= size]).toEqual([true, true, true]);
    }
  });

  it('are counted as the digits of the binary form say', () => {
    fc.assert(
      fc.property(wide, (n) => {
        const digits = n.toString(2);
        expect(bitLength(n)).toBe(digits.length);
        expect(countOnes(n)).toBe(digits.replaceAll('0', '').length);
        expect(trailingZeros(n)).toBe(/0*$/.exec(digits)?.[0].length);
      }),
    );
    expect([bitLength(0n), countOnes(0n)]).toEqual([0, 0]);
  });

  it('hold at the edges of each power of two', () => {
    for (let power = 0; power <= 64; power++) {
      const n = 1n << BigInt(power);
      expect([bitLength(n), countOnes(n), trailingZeros(n)]).toEqual([power + 1, 1, power]);
      expect([bitLength(n - 1n), countOnes(n - 1n)]).toEqual([power, power]);
    }
  });
});

describe('a range of leaves', () => {
  const range: fc.Arbitrary<LeafRange> = fc
    .tuple(fc.bigInt({ min: 0n, max: 1n << 40n }), fc.bigInt({ min: 2n, max: 1n << 40n }))
    .map(([start, size]) => ({ start, end: start + size }));

  it('falls into two that follow each other, the left one perfect and not the smaller', () => {
    fc.assert(
      fc.property(range, ({ start, end }) => {
        const [left, right] = splitRange({ start, end });
        expect([left.start, left.end, right.end]).toEqual([start, right.start, end]);
        const [first, second] = [left.end - left.start, right.end - right.start];
        expect(countOnes(first)).toBe(1);
        expect(second > 0n && second <= first).toBe(true);
      }),
    );
  });

  it('is split as a tree of its size is, wherever it begins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5000 }), fc.bigInt({ min: 0n, max: 1n << 50n }), (size, start) => {
        const [left] = splitRange({ start, end: start + BigInt(size) });
        expect(left.end - left.start).toBe(BigInt(splitPoint(size)));
      }),
    );
  });

  it('is covered once by a leaf and the siblings on its way to the root', () => {
    const place = fc
      .integer({ min: 1, max: 200 })
      .chain((size) => fc.tuple(fc.constant(size), fc.nat({ max: size - 1 })));
    fc.assert(
      fc.property(place, ([size, index]) => {
        const siblings = siblingRanges(BigInt(index), { start: 0n, end: BigInt(size) });
        const covered = [...siblings, { start: BigInt(index), end: BigInt(index) + 1n }].flatMap(({ start, end }) =>
          Array.from({ length: Number(end - start) }, (_, at) => Number(start) + at),
        );
        expect(covered.sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, at) => at));
      }),
    );
  });

  it('has siblings from the lowest up: none is smaller than what is below it, but for the last of a ragged edge', () => {
    for (const size of [8n, 64n, 1024n])
      for (const index of [0n, 5n, size - 1n]) {
        const sizes = siblingRanges(index, { start: 0n, end: size }).map(({ start, end }) => end - start);
        expect(sizes).toEqual(Array.from({ length: bitLength(size) - 1 }, (_, level) => 1n << BigInt(level)));
      }
    // Leaf 6 of 7 stands alone on the right: its siblings are leaves 4 and 5, then 0 to 3.
    expect(siblingRanges(6n, { start: 0n, end: 7n })).toEqual([
      { start: 4n, end: 6n },
      { start: 0n, end: 4n },
    ]);
    expect(siblingRanges(0n, { start: 0n, end: 1n })).toEqual([]);
  });
});
