import fc from 'fast-check';
import { Decimal } from '../decimal';
import { isLedgerError } from '../errors';
import { Moments, Sample } from './sample';
import { benfordChi, correlation, digitChi, distinct, predicted, predictionError, quantile } from './statistics';

const sampleOf = (...values: readonly (number | string)[]): Sample =>
  Sample.of(values.map((value) => new Decimal(value)));

/** Two columns of one table. */
function table(pairs: readonly (readonly [x: number, y: number])[]): { xs: Sample; ys: Sample } {
  const moments = new Moments();
  const columns = pairs.map(([x, y]) => ({ x: BigInt(x) * 10n ** 12n, y: BigInt(y) * 10n ** 12n }));
  for (const row of columns) moments.add(row);
  return {
    xs: new Sample(moments, 'x', () => columns.map(({ x }) => x)),
    ys: new Sample(moments, 'y', () => columns.map(({ y }) => y)),
  };
}

const near = (found: Decimal, expected: number): void => {
  expect(found.toNumber()).toBeCloseTo(expected, 6);
};
const isRefused = (work: () => unknown): boolean => {
  try {
    work();
    return false;
  } catch (error) {
    return isLedgerError(error) && error.code === 'BAD_FORMULA';
  }
};

describe('a quantile (type 7)', () => {
  it.each([
    ['0', 1],
    ['0.25', 1.75],
    ['0.5', 2.5],
    ['0.75', 3.25],
    ['1', 4],
  ])('at %s of 4, 1, 3, 2 is %d', (share, expected) => {
    near(quantile(sampleOf(4, 1, 3, 2), new Decimal(share)), expected);
  });

  it('lies in the sample, and rises with its share', () => {
    const values = fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 1, maxLength: 15 });
    const share = fc.integer({ min: 0, max: 100 }).map((percent) => new Decimal(percent).div(100));
    fc.assert(
      fc.property(values, share, share, (all, one, other) => {
        const [low, high] = one.lte(other) ? [one, other] : [other, one];
        const sample = sampleOf(...all);
        expect(quantile(sample, low).lte(quantile(sample, high))).toBe(true);
        expect(quantile(sample, new Decimal(0)).toNumber()).toBe(Math.min(...all));
        expect(quantile(sample, new Decimal(1)).toNumber()).toBe(Math.max(...all));
      }),
    );
  });

  it('is none of nothing, and of no share outside 0 to 1', () => {
    expect(isRefused(() => quantile(sampleOf(), new Decimal('0.5')))).toBe(true);
    for (const share of ['-0.01', '1.01'])
      expect(isRefused(() => quantile(sampleOf(1), new Decimal(share)))).toBe(true);
  });
});

describe('a regression', () => {
  const pairs = fc.uniqueArray(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -40, max: 40 })), {
    minLength: 3,
    maxLength: 10,
    selector: ([x]) => x,
  });

  it('predicts what least squares predict, and errs as they do', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: -40, max: 40 }), (all, at) => {
        const { xs, ys } = table(all);
        const n = all.length;
        const [mx, my] = [0, 1].map((column) => all.reduce((sum, pair) => sum + (pair[column] ?? 0), 0) / n) as [
          number,
          number,
        ];
        const sxx = all.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
        const slope = all.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / sxx;
        const rest = all.reduce((sum, [x, y]) => sum + (y - my - slope * (x - mx)) ** 2, 0);
        near(predicted(ys, xs, new Decimal(at)), my + slope * (at - mx));
        near(
          predictionError(ys, xs, new Decimal(at)),
          Math.sqrt((rest / (n - 2)) * (1 + 1 / n + (at - mx) ** 2 / sxx)),
        );
      }),
    );
  });

  it('is none on values that are all the same, of two pairs, or over two tables', () => {
    const { xs, ys } = table([
      [1, 1],
      [1, 2],
      [1, 3],
    ]);
    expect(isRefused(() => predicted(ys, xs, new Decimal(1)))).toBe(true);
    const two = table([
      [1, 1],
      [2, 2],
    ]);
    expect(isRefused(() => predictionError(two.ys, two.xs, new Decimal(1)))).toBe(true);
    expect(isRefused(() => predicted(ys, two.xs, new Decimal(1)))).toBe(true);
  });
});

describe('a correlation', () => {
  it('is 1 of what rises together, −1 of what falls, and between them of the rest', () => {
    const up = table([
      [1, 10],
      [2, 20],
      [4, 40],
    ]);
    const down = table([
      [1, -1],
      [2, -2],
      [5, -5],
    ]);
    near(correlation(up.ys, up.xs), 1);
    near(correlation(down.ys, down.xs), -1);
    const some = table([
      [1, 2],
      [2, 1],
      [3, 4],
      [4, 3],
    ]);
    near(correlation(some.ys, some.xs), 0.6);
    const flat = table([
      [1, 5],
      [2, 5],
    ]);
    expect(isRefused(() => correlation(flat.ys, flat.xs))).toBe(true);
  });
});

describe('digits', () => {
  it('that come equally often have a χ² of nothing; one digit alone has that of nine times its number', () => {
    const each = Array.from({ length: 10 }, (_, digit) => `1.2${String(digit)}`);
    near(digitChi(sampleOf(...each), 2), 0);
    near(digitChi(sampleOf(...Array.from({ length: 10 }, () => '7.35')), 2), 90);
    near(digitChi(sampleOf('-0.05', '0.05'), 2), 18);
    expect(isRefused(() => digitChi(sampleOf(), 2))).toBe(true);
  });

  it('that come first are held to Benford’s shares, whatever the size of the values', () => {
    // 301, 176, 125, … of 1000 values begin with 1, 2, 3, …
    const counts = [301, 176, 125, 97, 79, 67, 58, 51, 46];
    const values = counts.flatMap((count, at) =>
      Array.from({ length: count }, (_, index) => `${String(at + 1)}${index % 2 === 0 ? '' : '00'}`),
    );
    expect(benfordChi(sampleOf(...values)).toNumber()).toBeLessThan(0.1);
    expect(benfordChi(sampleOf('9', '90', '0.9', '0')).toNumber()).toBeGreaterThan(15.507);
    expect(isRefused(() => benfordChi(sampleOf('0')))).toBe(true);
  });

  it('are told apart as numbers, not as texts', () => {
    expect(distinct(sampleOf('1.50', '1.5', '01.5', '1.51'))).toBe(2);
  });
});
