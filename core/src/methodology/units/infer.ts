import type { FormulaNode } from '../../formula';
import { inverse, isEqual, rational, times, unity, type Rational } from './rational';
import { formatUnit, multiply, one, sameDimensions, type Dimension, type Dimensions, type Unit } from './unit';

/**
 * The unit of a formula's value, with what its bare numbers may have done to it. A number in a product either multiplies the
 * quantity (1.03 times the emissions) or turns it into another unit (3.6 GJ in a MWh): which one, only the unit that is
 * expected in the end can tell. So they are kept until then.
 */
interface Quantity extends Unit {
  readonly kind: 'quantity';
  readonly factors: readonly Rational[];
  /** `%` over `%` is nothing; what is left may be the share of carbon in a mass. */
  readonly shares: number;
}
/** A number without unit takes the unit of what it is added to. */
interface Bare {
  readonly kind: 'bare';
  readonly value: Rational | undefined;
}
export type Inferred = Quantity | Bare;

/** What is wrong with the units of a formula, in words. */
export class UnitMismatch extends Error {}

const carbonToCo2 = { over: rational('44'), under: inverse(rational('12')) };
const maxFactors = 8;

export function quantityOf(unit: Unit, isPercent = false): Inferred {
  return { kind: 'quantity', ...unit, factors: [], shares: isPercent ? 1 : 0 };
}

const bare: Bare = { kind: 'bare', value: undefined };

function isZeroRational(value: Rational): boolean {
  return value.over === 0n;
}

/** Factors that do nothing are not kept. */
function withFactor(quantity: Quantity, factor: Rational | undefined, power: 1 | -1): Quantity {
  if (factor === undefined || isZeroRational(factor) || isEqual(factor, unity)) return quantity;
  return { ...quantity, factors: [...quantity.factors, power > 0 ? factor : inverse(factor)] };
}

function invert(quantity: Quantity): Quantity {
  return {
    kind: 'quantity',
    ...multiply(one, quantity, -1),
    factors: quantity.factors.map(inverse),
    shares: -quantity.shares,
  };
}

function bareProduct(left: Bare, right: Bare, power: 1 | -1): Bare {
  if (!left.value || !right.value || isZeroRational(right.value)) return bare;
  return { kind: 'bare', value: times(left.value, power > 0 ? right.value : inverse(right.value)) };
}

function product(left: Inferred, right: Inferred, power: 1 | -1): Inferred {
  if (left.kind === 'bare' && right.kind === 'bare') return bareProduct(left, right, power);
  if (right.kind === 'bare') return withFactor(left as Quantity, right.value, power);
  const second = power > 0 ? right : invert(right);
  if (left.kind === 'bare') return withFactor(second, left.value, 1);
  return {
    kind: 'quantity',
    ...multiply(left, second),
    factors: [...left.factors, ...second.factors],
    shares: left.shares + second.shares,
  };
}

function withPower(dimensions: Dimensions, ...changes: readonly (readonly [Dimension, number])[]): Dimensions {
  return multiply({ dimensions, scale: unity }, { dimensions: new Map(changes), scale: unity }).dimensions;
}

/** What the dimensions may be read as: as they are, or with shares of carbon, or after 44/12. */
function readings({
  dimensions,
  factors,
  shares,
}: Quantity): { dimensions: Dimensions; factors: readonly Rational[] }[] {
  const found = [{ dimensions, factors }];
  const sign = Math.sign(shares);
  for (let count = 1; count <= Math.abs(shares); count += 1) {
    found.push({ dimensions: withPower(dimensions, ['carbon', count * sign], ['mass', -count * sign]), factors });
  }
  const hasMasses =
    factors.some((one_) => isEqual(one_, carbonToCo2.over)) && factors.some((one_) => isEqual(one_, carbonToCo2.under));
  const pair = factors.some((one_) => isEqual(one_, times(carbonToCo2.over, carbonToCo2.under)));
  if (!hasMasses && !pair) return found;
  return found.flatMap((reading) => [reading, afterMasses(reading)]);
}

function afterMasses(reading: { dimensions: Dimensions; factors: readonly Rational[] }): typeof reading {
  const used = [carbonToCo2.over, carbonToCo2.under, times(carbonToCo2.over, carbonToCo2.under)];
  const left = reading.factors.filter((factor) => !used.some((one_) => isEqual(factor, one_)));
  return { dimensions: withPower(reading.dimensions, ['co2', 1], ['carbon', -1]), factors: left };
}

/** Scales that the quantity may have, fewest numbers read as conversions first. */
function scales(scale: Rational, factors: readonly Rational[]): Rational[] {
  const few = factors.slice(0, maxFactors);
  const subsets = Array.from({ length: 2 ** few.length }, (_, bits) => few.filter((_factor, at) => (bits >> at) & 1));
  subsets.sort((a, b) => a.length - b.length);
  return subsets.map((subset) => subset.reduce((value, factor) => times(value, inverse(factor)), scale));
}

function canBe(quantity: Quantity, unit: Unit): boolean {
  return readings(quantity).some(
    (reading) =>
      sameDimensions(reading.dimensions, unit.dimensions) &&
      scales(quantity.scale, reading.factors).some((scale) => isEqual(scale, unit.scale)),
  );
}

/** Units that a quantity may be read as, likeliest first. */
function possibleUnits(quantity: Quantity): Unit[] {
  return readings(quantity).flatMap(({ dimensions, factors }) =>
    scales(quantity.scale, factors).map((scale) => ({ dimensions, scale })),
  );
}

/** What two things that are added or compared are both in. @throws UnitMismatch */
function agree(left: Inferred, right: Inferred, what: string): Inferred {
  if (left.kind === 'bare') return right.kind === 'bare' ? bare : right;
  if (right.kind === 'bare') return left;
  const shared = possibleUnits(left).find((unit) => canBe(right, unit));
  if (!shared) throw new UnitMismatch(`${what} ${formatUnit(left)} and ${formatUnit(right)}`);
  const shares = left.shares === right.shares && sameDimensions(shared.dimensions, left.dimensions) ? left.shares : 0;
  return { kind: 'quantity', ...shared, factors: [], shares };
}

function assertNumber(of: Inferred, what: string): void {
  if (of.kind === 'quantity' && !canBe(of, one))
    throw new UnitMismatch(`${what} is in ${formatUnit(of)}, not a number`);
}

type Call = Extract<FormulaNode, { kind: 'call' }>;

function inferCall({ fn, args }: Call, units: ReadonlyMap<string, Inferred>): Inferred {
  const given = args.map((arg) => inferUnit(arg, units));
  const [first = bare, second = bare] = given;
  switch (fn) {
    case 'sumproduct':
      return given.reduce((left, right) => product(left, right, 1));
    case 'min':
    case 'max':
      return given.reduce((left, right) => agree(left, right, `${fn} of`));
    case 'pow':
      assertNumber(first, 'the base of pow');
      assertNumber(second, 'the exponent of pow');
      return bare;
    // Sums, means and roundings are in the unit of what is summed, averaged or rounded.
    default:
      return first;
  }
}

/** The unit of a formula. @param units of its names @throws UnitMismatch */
export function inferUnit(node: FormulaNode, units: ReadonlyMap<string, Inferred>): Inferred {
  switch (node.kind) {
    case 'number':
      return { kind: 'bare', value: rational(node.text) };
    case 'name':
      return units.get(node.name) ?? bare;
    case 'negate':
      return inferUnit(node.operand, units);
    case 'call':
      return inferCall(node, units);
    case 'binary': {
      const left = inferUnit(node.left, units);
      const right = inferUnit(node.right, units);
      if (node.operator === '*') return product(left, right, 1);
      if (node.operator === '/') return product(left, right, -1);
      return agree(left, right, node.operator === '+' ? 'adds' : 'subtracts');
    }
  }
}

/** What is wrong where a formula gives this and that unit is declared; undefined for nothing. */
export function resultMismatch(inferred: Inferred, declared: Unit, name: string): string | undefined {
  if (inferred.kind === 'bare' || canBe(inferred, declared)) return undefined;
  const same = readings(inferred).some((reading) => sameDimensions(reading.dimensions, declared.dimensions));
  if (!same) return `gives ${formatUnit(inferred)}, which is not ${name}`;
  const factor = formatUnit({ dimensions: new Map(), scale: times(inferred.scale, inverse(declared.scale)) });
  return `gives ${formatUnit(inferred)}, not ${name}: a factor of ${factor.replace(/ 1$/, '')} is missing`;
}
