import fc from 'fast-check';
import { Decimal } from '../decimal';
import { balanceInputSet, solveBalanceValue, type BalanceInput } from './balance';

const rule = { slope: '0.15', cap: '0.03', decimals: 4 };
const input = (at: number, emission: string, intensity: string): BalanceInput => ({
  record: `rec:${String(at).padStart(64, '0')}`,
  emission,
  intensity,
});

/** Σ E·α, written down once more. */
function left(inputs: readonly BalanceInput[], value: Decimal): Decimal {
  return inputs.reduce((sum, { emission, intensity }) => {
    const x = new Decimal(1).minus(new Decimal(intensity).div(value));
    const alpha = x.gte('0.2') ? new Decimal('0.03') : x.lte('-0.2') ? new Decimal('-0.03') : x.times('0.15');
    return sum.plus(alpha.times(emission));
  }, new Decimal(0));
}

describe('balance value', () => {
  it('of one enterprise is its own intensity', () => {
    expect(solveBalanceValue([input(1, '1000000', '0.8500')], rule)).toMatchObject({
      value: '0.8500',
      remainder: '0.00',
    });
  });
  it('is solved where everybody is inside the band', () => {
    // 0.15·Σ E(1 − I/BP) = 0: BP is the mean of the intensities, weighted by the emissions.
    const inputs = [input(1, '1000000', '0.8000'), input(2, '3000000', '0.8800')];
    expect(solveBalanceValue(inputs, rule).value).toBe('0.8600');
  });
  it('is solved where some are at the bounds', () => {
    const inputs = [input(1, '1000000', '0.4000'), input(2, '2000000', '0.8800'), input(3, '500000', '2.0000')];
    const { value } = solveBalanceValue(inputs, rule);
    // 0.03·1000000 − 0.03·500000 + 0.15·2000000·(1 − 0.88/BP) = 0
    expect(value).toBe(new Decimal('264000').div('315000').toFixed(4));
  });
  it('is the same in whatever order the data come, and has their root', () => {
    const inputs = [input(2, '3000000', '0.8800'), input(1, '1000000', '0.8000')];
    expect(solveBalanceValue([...inputs].reverse(), rule)).toEqual(solveBalanceValue(inputs, rule));
    const other = [input(2, '3000001', '0.8800'), input(1, '1000000', '0.8000')];
    expect(balanceInputSet(other).root).not.toBe(balanceInputSet(inputs).root);
    expect(balanceInputSet(inputs).size).toBe(2);
  });
  it('balances: no value of so many decimals leaves less, whatever the data', () => {
    const data = fc.array(
      fc.tuple(fc.integer({ min: 26_000, max: 90_000_000 }), fc.integer({ min: 2000, max: 30_000 })),
      {
        minLength: 1,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(data, (rows) => {
        const inputs = rows.map(([e, i], at) => input(at, String(e), (i / 10_000).toFixed(4)));
        const value = new Decimal(solveBalanceValue(inputs, { ...rule, decimals: 8 }).value);
        const step = new Decimal('0.00000001');
        expect(left(inputs, value.minus(step)).lte(0)).toBe(true);
        expect(left(inputs, value.plus(step)).gte(0)).toBe(true);
      }),
    );
  });
  it('is what trying every value finds', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 10, max: 250 })), {
      ...{ minLength: 1, maxLength: 8 },
    });
    fc.assert(
      fc.property(rows, (data) => {
        const inputs = data.map(([e, i], at) => input(at, String(e * 1000), (i / 100).toFixed(2)));
        const tried = Array.from({ length: 300 }, (_, at) => new Decimal(at + 1).div(100));
        const least = Decimal.min(...tried.map((value) => left(inputs, value).abs()));
        // Rounded to what was tried, it is at most one step from a value that leaves least: between two there may be a bend.
        const found = new Decimal(solveBalanceValue(inputs, { ...rule, decimals: 2 }).value);
        const near = [found.minus('0.01'), found, found.plus('0.01')].filter((value) => value.gt(0));
        expect(near.some((value) => left(inputs, value).abs().eq(least))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
  it.each<[BalanceInput[], string]>([
    [[], 'needs verified data'],
    [[input(1, '1', '1'), input(1, '2', '1')], 'twice'],
    [[input(1, '0', '1')], 'must be positive'],
    [[input(1, '1', '-1')], 'must be positive'],
  ])('refuses %#', (inputs, told) => {
    expect(() => solveBalanceValue(inputs, rule)).toThrow(told);
  });
});
