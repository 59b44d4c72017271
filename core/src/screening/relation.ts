import { Decimal, roundHalfUp } from '../decimal';
import { Moments } from '../formula';

/** Values of one record, as whole numbers of 10⁻¹². */
export interface Observation {
  readonly y: bigint;
  /** One or two. */
  readonly x: readonly bigint[];
  readonly record: string;
  readonly enterprise: string;
}

/** y = intercept + Σ slope · x, with the deviation of what lies beside it; decimal text. */
export interface Relation {
  readonly intercept: string;
  readonly slopes: readonly string[];
  readonly deviation: string;
  /** What it was learnt from: without what lies far from the others. */
  readonly kept: readonly Observation[];
}

const places = 12;
const unit = new Decimal(10).pow(-places);
/** What lies further from the line than so many deviations is left out, and the line is drawn anew. */
const farthest = 3;
const mostPasses = 10;

interface Line {
  readonly intercept: Decimal;
  readonly slopes: readonly Decimal[];
  readonly deviation: Decimal;
}

function momentsOf(observations: readonly Observation[]): Moments {
  const moments = new Moments();
  for (const { y, x } of observations)
    moments.add({ y, ...Object.fromEntries(x.map((value, at) => [`x${String(at)}`, value])) });
  return moments;
}

/** n·Σab − Σa·Σb, exact. */
function spread({ count, sums, products }: Moments, a: string, b: string): bigint {
  return BigInt(count) * (products[Moments.pair(a, b)] ?? 0n) - (sums[a] ?? 0n) * (sums[b] ?? 0n);
}

function ratio(above: bigint, below: bigint): Decimal {
  return roundHalfUp(new Decimal(above.toString()).div(below.toString()), places);
}

/** Slopes by least squares: a value that never varies has none. Undefined where nothing can be told apart. */
function slopesOf(moments: Moments, count: number): Decimal[] | undefined {
  const s = (a: string, b: string): bigint => spread(moments, a, b);
  const zero = new Decimal(0);
  const [one, two] = [s('x0', 'x0'), count > 1 ? s('x1', 'x1') : 0n];
  if (one === 0n && two === 0n) return undefined;
  if (two === 0n) return [ratio(s('x0', 'y'), one), ...(count > 1 ? [zero] : [])];
  if (one === 0n) return [zero, ratio(s('x1', 'y'), two)];
  const both = s('x0', 'x1');
  const determinant = one * two - both * both;
  if (determinant === 0n) return undefined;
  return [
    ratio(s('x0', 'y') * two - s('x1', 'y') * both, determinant),
    ratio(s('x1', 'y') * one - s('x0', 'y') * both, determinant),
  ];
}

function decimalOf(value: bigint): Decimal {
  return new Decimal(value.toString()).times(unit);
}

function residual({ intercept, slopes }: Pick<Line, 'intercept' | 'slopes'>, { y, x }: Observation): Decimal {
  return x.reduce(
    (rest, value, at) => rest.minus((slopes[at] ?? unit).times(decimalOf(value))),
    decimalOf(y).minus(intercept),
  );
}

function lineThrough(observations: readonly Observation[]): Line | undefined {
  const regressors = observations[0]?.x.length ?? 0;
  const free = observations.length - regressors - 1;
  const moments = momentsOf(observations);
  const slopes = free > 0 ? slopesOf(moments, regressors) : undefined;
  if (slopes === undefined) return undefined;
  const mean = (name: string): Decimal => decimalOf(moments.sums[name] ?? 0n).div(moments.count);
  const intercept = roundHalfUp(
    slopes.reduce((rest, slope, at) => rest.minus(slope.times(mean(`x${String(at)}`))), mean('y')),
    places,
  );
  const squares = observations.reduce(
    (sum, one) => sum.plus(residual({ intercept, slopes }, one).pow(2)),
    new Decimal(0),
  );
  return { intercept, slopes, deviation: roundHalfUp(squares.div(free).sqrt(), places) };
}

/**
 * Least squares over observations, those left out that lie further than three deviations from the line of the others; undefined for fewer
 * than `least`, or where the values do not vary. The order of observations changes nothing.
 */
export function fittedRelation(observations: readonly Observation[], least: number): Relation | undefined {
  let kept: readonly Observation[] = [...observations].sort((a, b) => (a.record < b.record ? -1 : 1));
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const line = kept.length < least ? undefined : lineThrough(kept);
    if (line === undefined) return undefined;
    const bound = line.deviation.times(farthest);
    const near = kept.filter((one) => residual(line, one).abs().lte(bound));
    if (near.length === kept.length || pass === mostPasses - 1) return told(line, kept);
    kept = near;
  }
  return undefined;
}

function told({ intercept, slopes, deviation }: Line, kept: readonly Observation[]): Relation {
  return {
    intercept: intercept.toFixed(),
    slopes: slopes.map((slope) => slope.toFixed()),
    deviation: deviation.toFixed(),
    kept,
  };
}
