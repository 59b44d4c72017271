import fc from 'fast-check';
import { Decimal } from '../../decimal';
import { conversionTold, unitFault } from './conversion';
import { unitSymbols } from './unit';

const unit = fc.constantFrom(...unitSymbols);
/** Eight digits at most, so that no factor takes them beyond the twenty places that are told. */
const value = fc
  .tuple(fc.integer({ min: 0, max: 99_999_999 }), fc.integer({ min: 0, max: 4 }))
  .map(([digits, places]) => new Decimal(`${String(digits)}e-${String(places)}`).toFixed());

describe('a number in another unit', () => {
  it.each([
    ['5000', 'kg', 't', '0.001', '5'],
    ['1.5', 't', 'kg', '1000', '1500'],
    ['2', 'MWh', 'GJ', '3.6', '7.2'],
    ['0.25', '1', '%', '100', '25'],
    ['-3', '10^4t', 't', '10000', '-30000'],
    ['1', 'GJ/t', 'kJ/kg', '1000', '1000'],
    ['7', 't', 't', '1', '7'],
  ])('%s %s in %s: by %s, %s', (text, from, to, factor, converted) => {
    const told = `1 ${from} is ${factor} ${to}, so ${text} ${from} is ${converted} ${to}`;
    expect(conversionTold({ value: text, unit: from }, to)).toEqual({ factor, converted, told });
  });

  it.each([
    ['t', 'GJ'],
    ['t', 'tCO2'],
    ['', 't'],
    ['bushel', 't'],
    ['t', 'bushel'],
    ['t/', 't'],
    ['toString', 't'],
  ])('is told nothing of where %j is no %j', (from, to) => {
    expect(conversionTold({ value: '1', unit: from }, to)).toBeUndefined();
  });

  it('comes back as it was, where there is a way at all, and there is one back wherever there is one there', () => {
    fc.assert(
      fc.property(value, unit, unit, (text, a, b) => {
        const there = conversionTold({ value: text, unit: a }, b);
        const back = there && conversionTold({ value: there.converted, unit: b }, a);
        expect(back === undefined).toBe(there === undefined);
        expect(conversionTold({ value: '1', unit: b }, a) === undefined).toBe(there === undefined);
        if (back === undefined) return;
        expect(new Decimal(back.converted).minus(text).abs().lte('1e-9')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps order and sum of what it converts', () => {
    const of = (text: string, from: string, to: string): Decimal | undefined => {
      const told = conversionTold({ value: text, unit: from }, to);
      return told && new Decimal(told.converted);
    };
    fc.assert(
      fc.property(value, value, unit, unit, (x, y, a, b) => {
        const [one, other] = [of(x, a, b), of(y, a, b)];
        const sum = of(new Decimal(x).plus(y).toFixed(), a, b);
        if (one === undefined || other === undefined || sum === undefined) return;
        expect(one.cmp(other)).toBe(new Decimal(x).cmp(y));
        expect(sum.minus(one.plus(other)).abs().lte('1e-19')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the unit of a figure', () => {
  it('is none of its faults exactly where it is spelled as it is asked for', () => {
    fc.assert(
      fc.property(value, unit, unit, (text, given, expected) => {
        const fault = unitFault('/figures/FC', 'FC', { value: text, unit: given }, expected);
        expect(fault === undefined).toBe(given === expected);
        if (fault === undefined) return;
        const conversion = conversionTold({ value: text, unit: given }, expected);
        const details = { figure: 'FC', expected, got: given };
        const { factor, converted } = conversion ?? {};
        expect(fault).toMatchObject({ path: '/figures/FC', code: 'FIGURE_FORMAT' });
        expect(fault.details).toEqual(conversion === undefined ? details : { ...details, factor, converted });
        expect(fault.message).toContain(conversion?.told ?? 'one cannot be converted into the other');
      }),
      { numRuns: 200 },
    );
  });
});
