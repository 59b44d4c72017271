import fc from 'fast-check';
import { codeOf } from '../../../test/support/code-of';
import { Decimal, decimalPlaces, floorDecimal, formatDecimal, isDecimalText, parseDecimal, roundHalfUp } from '.';

/** A decimal text with its digits as a whole number and the count of its places. */
const written = fc
  .tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, places]) => ({ digits, places, text: textOf(digits, places) }));

/** Digits with a point before the last `places` of them: as one writes it by hand. */
function textOf(digits: bigint, places: number): string {
  const magnitude = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
  const whole = places === 0 ? magnitude : `${magnitude.slice(0, -places)}.${magnitude.slice(-places)}`;
  return digits < 0n ? `-${whole}` : whole;
}

const abs = (value: bigint): bigint => (value < 0n ? -value : value);

/** Half away from zero, on whole numbers. */
function roundedTo(digits: bigint, places: number, keep: number): bigint {
  if (keep >= places) return digits * 10n ** BigInt(keep - places);
  const unit = 10n ** BigInt(places - keep);
  const magnitude = (abs(digits) * 2n + unit) / (unit * 2n);
  return digits < 0n ? -magnitude : magnitude;
}

describe('decimals against whole numbers', () => {
  it('are read and written digit by digit', () => {
    fc.assert(
      fc.property(written, ({ digits, places, text }) => {
        const isNegativeZero = digits === 0n && text.startsWith('-');
        expect(isDecimalText(text)).toBe(!isNegativeZero);
        expect(decimalPlaces(text)).toBe(places);
        expect(formatDecimal(parseDecimal(text), places)).toBe(text);
      }),
    );
  });

  it('round half away from zero', () => {
    fc.assert(
      fc.property(written, fc.integer({ min: 0, max: 12 }), ({ digits, places, text }, keep) => {
        const expected = textOf(roundedTo(digits, places, keep), keep);
        expect(formatDecimal(roundHalfUp(parseDecimal(text), keep), keep)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('round just at the half as everybody expects, on both sides of zero', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 0, max: 6 }), (whole, places) => {
        const half = textOf(whole * 10n + 5n, places + 1);
        const justBelow = textOf((whole * 10n + 5n) * 1000n - 1n, places + 4);
        expect(formatDecimal(roundHalfUp(parseDecimal(half), places), places)).toBe(textOf(whole + 1n, places));
        expect(formatDecimal(roundHalfUp(parseDecimal(justBelow), places), places)).toBe(textOf(whole, places));
        expect(formatDecimal(roundHalfUp(parseDecimal(`-${half}`), places), places)).toBe(textOf(-whole - 1n, places));
      }),
    );
  });

  it('are cut down to the whole number that is not above', () => {
    fc.assert(
      fc.property(written, ({ digits, places, text }) => {
        const unit = 10n ** BigInt(places);
        const cut = digits / unit;
        const expected = digits < 0n && cut * unit !== digits ? cut - 1n : cut;
        expect(floorDecimal(parseDecimal(text)).toFixed()).toBe(expected.toString());
      }),
    );
  });

  it('add, subtract and multiply without losing a digit, as far as forty go', () => {
    const short = fc.tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 6 }));
    fc.assert(
      fc.property(short, short, ([a, p], [b, q]) => {
        const [x, y] = [parseDecimal(textOf(a, p)), parseDecimal(textOf(b, q))];
        const places = Math.max(p, q);
        const [m, n] = [a * 10n ** BigInt(places - p), b * 10n ** BigInt(places - q)];
        expect(formatDecimal(x.plus(y), places)).toBe(textOf(m + n, places));
        expect(formatDecimal(x.minus(y), places)).toBe(textOf(m - n, places));
        expect(formatDecimal(x.times(y), p + q)).toBe(textOf(a * b, p + q));
        expect(x.cmp(y)).toBe(m < n ? -1 : Number(m > n));
      }),
    );
  });

  it('divide to forty digits, the last one rounded half up', () => {
    const number = fc.bigInt({ min: 1n, max: 10n ** 12n });
    fc.assert(
      fc.property(number, number, (a, b) => {
        const quotient = new Decimal(a.toString()).div(b.toString());
        const scaled = quotient.times(new Decimal(10).pow(60)).toFixed(0);
        const exact = (a * 10n ** 60n) / b;
        const digits = exact.toString().length;
        const slack = 10n ** BigInt(Math.max(digits - 39, 1));
        expect(abs(BigInt(scaled) - exact) <= slack).toBe(true);
      }),
    );
  });

  it.each([
    '',
    '-',
    '+1',
    '1.',
    '.1',
    '00',
    '01.5',
    '-0',
    '-0.000',
    '1,5',
    '1 000',
    '1e2',
    'Infinity',
    'NaN',
    '0x10',
    '１',
    '1'.repeat(31),
    `0.${'1'.repeat(21)}`,
    '1\n',
    ' 1',
    '--1',
  ])('are not %j', (text) => {
    expect(codeOf(() => parseDecimal(text))).toBe('BAD_DECIMAL');
  });

  it('are at most thirty digits and twenty more behind the point', () => {
    const longest = `-${'9'.repeat(30)}.${'9'.repeat(20)}`;
    expect(isDecimalText(longest)).toBe(true);
    expect(parseDecimal('0.00000000000000000001').toFixed(20)).toBe('0.00000000000000000001');
  });

  it('are of a kind whose settings nobody else changes', () => {
    expect([Decimal.precision, Decimal.rounding]).toEqual([40, Decimal.ROUND_HALF_UP]);
    expect(new Decimal('1e-30').toString()).not.toContain('e');
  });
});
