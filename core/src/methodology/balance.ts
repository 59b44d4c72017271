import { canonicalize } from '../canonical';
import { Decimal, parseDecimal, roundHalfUp } from '../decimal';
import { LedgerError } from '../errors';
import { toHex } from '../bytes';
import { leafOfText, rootOf } from '../merkle';
import type { BalanceRule } from './spec';

/** One enterprise or line whose verified data count: the record that states them, its emissions and its intensity. */
export interface BalanceInput {
  /** Id of the record, `rec:…`. */
  readonly record: string;
  /** Verified emissions, tCO2. */
  readonly emission: string;
  /** Verified intensity, in the unit of the balance value. */
  readonly intensity: string;
}

export interface BalanceValue {
  /** The balance value, with as many decimals as the rule says. */
  readonly value: string;
  /** RFC 6962 root (hex) over the input set, and how many are in it. */
  readonly inputs: { readonly root: string; readonly size: number };
  /** Σ E·α at the rounded value, tCO2: what rounding leaves of the balance. */
  readonly remainder: string;
}

interface Member {
  readonly emission: Decimal;
  readonly intensity: Decimal;
}

const one = new Decimal(1);

function byRecord(a: BalanceInput, b: BalanceInput): number {
  return a.record < b.record ? -1 : Number(a.record > b.record);
}

/**
 * Root over the input set: each `{record, emission, intensity}` as canonical JSON is a leaf, in the order of the record ids.
 * So whoever has the records finds the same root, and can prove of one that it is in the set.
 * @throws LedgerError BAD_FILE for an empty set or a record that stands in it twice
 */
export function balanceInputSet(inputs: readonly BalanceInput[]): BalanceValue['inputs'] {
  if (inputs.length === 0) throw new LedgerError('BAD_FILE', 'a balance value needs verified data');
  const ordered = [...inputs].sort(byRecord);
  const twice = ordered.find((input, index) => ordered[index + 1]?.record === input.record);
  if (twice) throw new LedgerError('BAD_FILE', `${twice.record} stands in the input set twice`);
  const leaves = ordered.map(({ record, emission, intensity }) =>
    leafOfText(canonicalize({ record, emission, intensity })),
  );
  return { root: toHex(rootOf(leaves.map(({ hash }) => hash))), size: ordered.length };
}

/** α = slope·X, at most ±cap, with X = (BP − I)/BP. */
function alphaOf(intensity: Decimal, value: Decimal, slope: Decimal, cap: Decimal): Decimal {
  const x = value.minus(intensity).div(value);
  return Decimal.max(cap.negated(), Decimal.min(cap, slope.times(x)));
}

function sumOf(values: readonly Decimal[]): Decimal {
  return values.reduce((sum, value) => sum.plus(value), new Decimal(0));
}

function imbalance(members: readonly Member[], value: Decimal, slope: Decimal, cap: Decimal): Decimal {
  return sumOf(members.map(({ emission, intensity }) => emission.times(alphaOf(intensity, value, slope, cap))));
}

/** Where some α reaches its bound: the balance is smooth between two of these. */
function bendsOf(members: readonly Member[], slope: Decimal, cap: Decimal): Decimal[] {
  const ratio = cap.div(slope);
  const bends = members.flatMap(({ intensity }) => [
    intensity.div(one.plus(ratio)),
    ...(ratio.lt(1) ? [intensity.div(one.minus(ratio))] : []),
  ]);
  return bends.sort((a, b) => a.cmp(b));
}

/** The first bend at which the balance is no longer negative; it never falls as the value rises. */
function firstNotBelow(bends: readonly Decimal[], of: (value: Decimal) => Decimal): number {
  let [low, high] = [0, bends.length - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (of(bends[middle] ?? one).lt(0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Between two bends every α is either at a bound or slope·(1 − I/BP): the equation is linear in 1/BP. */
function solveBetween(
  members: readonly Member[],
  below: Decimal,
  above: Decimal,
  slope: Decimal,
  cap: Decimal,
): Decimal {
  const middle = below.plus(above).div(2);
  const free = members.filter(({ intensity }) => alphaOf(intensity, middle, slope, cap).abs().lt(cap));
  const bound = members.filter(({ intensity }) => alphaOf(intensity, middle, slope, cap).abs().gte(cap));
  const atBounds = sumOf(
    bound.map(({ emission, intensity }) => emission.times(alphaOf(intensity, middle, slope, cap))),
  );
  const weight = slope.times(sumOf(free.map(({ emission }) => emission))).plus(atBounds);
  const pull = slope.times(sumOf(free.map(({ emission, intensity }) => emission.times(intensity))));
  return weight.isZero() ? above : pull.div(weight);
}

function memberOf({ record, emission, intensity }: BalanceInput): Member {
  const member = { emission: parseDecimal(emission), intensity: parseDecimal(intensity) };
  if (member.emission.lte(0) || member.intensity.lte(0))
    throw new LedgerError('BAD_FILE', `${record}: emissions and intensity must be positive`);
  return member;
}

/**
 * Solves the balance value BP over all verified data of the nation: Σ E = Σ E(1 + α), where α = slope·(BP − I)/BP, at most
 * ±cap. Exact up to the rounding: every α is linear in 1/BP between the places where one reaches its bound.
 * Source: allocation plan of steel, cement and aluminium, 2025 and 2026 (draft).
 * @throws LedgerError BAD_FILE for an empty set, a record twice, or data that are not positive
 */
export function solveBalanceValue(
  inputs: readonly BalanceInput[],
  rule: Pick<BalanceRule, 'slope' | 'cap' | 'decimals'>,
): BalanceValue {
  const set = balanceInputSet(inputs);
  const members = inputs.map(memberOf);
  const [slope, cap] = [parseDecimal(rule.slope), parseDecimal(rule.cap)];
  const balance = (value: Decimal): Decimal => imbalance(members, value, slope, cap);
  const bends = bendsOf(members, slope, cap);
  const at = firstNotBelow(bends, balance);
  const above = bends[at] ?? one;
  const below = bends[at - 1] ?? above;
  const exact = balance(above).isZero() ? above : solveBetween(members, below, above, slope, cap);
  const value = roundHalfUp(exact, rule.decimals);
  return {
    value: value.toFixed(rule.decimals),
    inputs: set,
    remainder: roundHalfUp(balance(value), 2).toFixed(2),
  };
}
