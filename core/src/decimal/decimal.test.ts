import fc from 'fast-check';
import { Decimal, decimalPlaces, formatDecimal, isDecimalText, parseDecimal, roundHalfUp } from '.';

describe('decimals', () => {
  it.each(['1e5', '01', '.5', '5.', '+1', '-0', '-0.00', ' 1', '1,000', 'NaN', ''])('refuses %p', (text) => {
    expect(isDecimalText(text)).toBe(false);
    expect(() => parseDecimal(text)).toThrow(expect.objectContaining({ code: 'BAD_DECIMAL' }) as Error);
  });
  it('rounds half away from zero', () => {
    expect(formatDecimal(roundHalfUp(new Decimal('0.125'), 2), 2)).toBe('0.13');
    expect(formatDecimal(roundHalfUp(new Decimal('-0.125'), 2), 2)).toBe('-0.13');
    expect(formatDecimal(roundHalfUp(new Decimal('-0.004'), 2), 2)).toBe('0.00');
  });
  it('writes what it reads', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }),
        fc.integer({ min: 0, max: 12 }),
        (integer, places) => {
          const text = formatDecimal(new Decimal(integer.toString()).div(new Decimal(10).pow(places)), places);
          expect(isDecimalText(text)).toBe(true);
          expect(formatDecimal(parseDecimal(text), decimalPlaces(text))).toBe(text);
        },
      ),
    );
  });
});
