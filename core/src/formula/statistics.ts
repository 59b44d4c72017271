import { Decimal } from '../decimal';
import { LedgerError } from '../errors';
import { fixed, fixedDecimal, type Sample } from './sample';

export function distinct(sample: Sample): number {
  return new Set(sample.column()).size;
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}

/**
 * The value below which a share of the sample lies, between its neighbours in line (type 7, as spreadsheets have it).
 * @throws LedgerError BAD_FORMULA of an empty sample, for a share outside 0 to 1
 */
export function quantile(sample: Sample, share: Decimal): Decimal {
  const sorted = [...sample.column()].sort(ascending);
  if (sorted.length === 0) throw new LedgerError('BAD_FORMULA', 'quantile of nothing');
  if (share.lt(0) || share.gt(1)) throw new LedgerError('BAD_FORMULA', 'quantile: a share is 0 to 1');
  const place = share.times(sorted.length - 1);
  const low = place.floor().toNumber();
  const below = fixedDecimal(sorted[low] ?? 0n);
  const above = fixedDecimal(sorted[Math.min(low + 1, sorted.length - 1)] ?? 0n);
  return below.plus(above.minus(below).times(place.minus(low)));
}

function slope(ys: Sample, xs: Sample): Decimal {
  const across = xs.spread(xs);
  if (across === 0n) throw new LedgerError('BAD_FORMULA', 'a regression on values that are all the same');
  return new Decimal(ys.spread(xs).toString()).div(across.toString());
}

/** ȳ + b·(x − x̄), by least squares. @throws LedgerError BAD_FORMULA where all x are the same */
export function predicted(ys: Sample, xs: Sample, x: Decimal): Decimal {
  return ys.mean().plus(slope(ys, xs).times(x.minus(xs.mean())));
}

/**
 * Standard error of a single new observation at x: s·√(1 + 1/n + (x − x̄)²/Sxx).
 * @throws LedgerError BAD_FORMULA of less than three pairs, and where all x are the same
 */
export function predictionError(ys: Sample, xs: Sample, x: Decimal): Decimal {
  const n = ys.size;
  if (n < 3) throw new LedgerError('BAD_FORMULA', 'residual of less than three pairs');
  const b = slope(ys, xs);
  const [syy, sxy, sxx] = [ys.spread(ys), ys.spread(xs), xs.spread(xs)].map((sum) => fixedDecimal(sum, 2).div(n));
  const unexplained = Decimal.max(0, (syy ?? b).minus(b.times(sxy ?? b)));
  const far = x
    .minus(xs.mean())
    .pow(2)
    .div(sxx ?? b);
  return unexplained
    .div(n - 2)
    .times(far.plus(1).plus(new Decimal(1).div(n)))
    .sqrt();
}

/** Pearson's r. @throws LedgerError BAD_FORMULA where one of the two does not vary */
export function correlation(ys: Sample, xs: Sample): Decimal {
  const square = ys.spread(ys) * xs.spread(xs);
  if (square === 0n) throw new LedgerError('BAD_FORMULA', 'a correlation with values that are all the same');
  return new Decimal(ys.spread(xs).toString()).div(new Decimal(square.toString()).sqrt());
}

/** Σ(found − expected)²/expected. */
function chiSquare(found: readonly number[], expected: readonly Decimal[]): Decimal {
  return found.reduce((sum, count, index) => {
    const due = expected[index] ?? new Decimal(1);
    return sum.plus(due.minus(count).pow(2).div(due));
  }, new Decimal(0));
}

/** χ² of the last of so many decimals against equal shares, 9 degrees of freedom. @throws LedgerError BAD_FORMULA */
export function digitChi(sample: Sample, places: number): Decimal {
  const column = sample.column();
  if (column.length === 0) throw new LedgerError('BAD_FORMULA', 'digitChi of nothing');
  const step = fixed(new Decimal(10).pow(-places));
  const found = Array.from({ length: 10 }, () => 0);
  for (const value of column) {
    const digit = Number(((value < 0n ? -value : value) / step) % 10n);
    found[digit] = (found[digit] ?? 0) + 1;
  }
  return chiSquare(
    found,
    found.map(() => new Decimal(column.length).div(10)),
  );
}

function firstDigit(value: bigint): number {
  return Number((value < 0n ? -value : value).toString()[0]);
}

/** χ² of first digits against Benford's shares log₁₀(1 + 1/d), 8 degrees of freedom. @throws LedgerError BAD_FORMULA */
export function benfordChi(sample: Sample): Decimal {
  const column = sample.column().filter((value) => value !== 0n);
  if (column.length === 0) throw new LedgerError('BAD_FORMULA', 'benfordChi of nothing');
  const found = Array.from(
    { length: 9 },
    (_, index) => column.filter((value) => firstDigit(value) === index + 1).length,
  );
  const shares = found.map((_, index) => new Decimal(index + 2).div(index + 1).log(10));
  return chiSquare(
    found,
    shares.map((share) => share.times(column.length)),
  );
}
