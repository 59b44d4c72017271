import { Decimal, floorDecimal, roundHalfUp } from '../decimal';
import { LedgerError } from '../errors';
import {
  listsTogether,
  parseFormula,
  type Dialect,
  type FormulaNode,
  type FunctionName,
  type Operator,
  type StatisticName,
} from './parse';
import { Sample } from './sample';
import * as statistics from './statistics';

/** A name stands for one number, for a list where sum and wavg take one, or for a window of a screening rule. */
export type FormulaValue = Decimal | readonly Decimal[] | Sample;
export type FormulaInputs = Readonly<Record<string, FormulaValue>>;

const maxRoundPlaces = 20;
const maxParsed = 2000;

function isList(value: FormulaValue): value is readonly Decimal[] {
  return Array.isArray(value);
}

function one(value: FormulaValue, where: string): Decimal {
  if (isList(value) || value instanceof Sample)
    throw new LedgerError('BAD_FORMULA', `${where} takes a number, not a list`);
  return value;
}

function list(value: FormulaValue | undefined): readonly Decimal[] {
  if (value === undefined) return [];
  if (value instanceof Sample) return value.decimals();
  return isList(value) ? value : [value];
}

function sample(value: FormulaValue | undefined): Sample {
  return value instanceof Sample ? value : Sample.of(list(value));
}

const zero = new Decimal(0);

/** Beyond ±1000 as exponent of the first digit a result would become infinite, or zero, unseen. */
function inRange(result: Decimal, isZero: boolean): Decimal {
  if (result.isFinite() && result.isZero() === isZero) return result;
  throw new LedgerError('BAD_FORMULA', 'a value is out of range: beyond 1e1000, or closer to zero than 1e-1000');
}

const plus = (left: Decimal, right: Decimal): Decimal => inRange(left.plus(right), left.eq(right.negated()));
const minus = (left: Decimal, right: Decimal): Decimal => inRange(left.minus(right), left.eq(right));
const times = (left: Decimal, right: Decimal): Decimal => inRange(left.times(right), left.isZero() || right.isZero());

function sum(values: readonly Decimal[]): Decimal {
  return values.reduce(plus, zero);
}

/** Σ(x·w)/Σw. @throws LedgerError BAD_FORMULA for lists of different length or weights that sum to zero */
function weightedMean(values: readonly Decimal[], weights: readonly Decimal[]): Decimal {
  if (values.length !== weights.length) {
    throw new LedgerError('BAD_FORMULA', `wavg: ${values.length} values but ${weights.length} weights`);
  }
  const total = sum(weights);
  if (total.isZero()) throw new LedgerError('BAD_FORMULA', 'wavg: the weights sum to zero');
  return divide(sum(values.map((value, index) => times(value, weights[index] ?? zero))), total);
}

/** @throws LedgerError BAD_FORMULA of an empty list */
function arithmeticMean(values: readonly Decimal[]): Decimal {
  if (values.length === 0) throw new LedgerError('BAD_FORMULA', 'mean of nothing');
  return divide(sum(values), new Decimal(values.length));
}

/** Σ x·y·… member by member. @throws LedgerError BAD_FORMULA for lists of different length */
function sumOfProducts(lists: readonly (readonly Decimal[])[]): Decimal {
  const [first = [], ...rest] = lists;
  const other = rest.find((values) => values.length !== first.length);
  if (other) throw new LedgerError('BAD_FORMULA', `sumproduct: lists of ${first.length} and ${other.length} values`);
  return sum(first.map((value, index) => rest.reduce((total, values) => times(total, values[index] ?? zero), value)));
}

/** Several numbers, or the members of one list. @throws LedgerError BAD_FORMULA for an empty list */
function several(args: readonly FormulaValue[], where: string): readonly Decimal[] {
  const values = args.length === 1 ? list(args[0]) : args.map((value) => one(value, where));
  if (values.length === 0) throw new LedgerError('BAD_FORMULA', `${where} of nothing`);
  return values;
}

function places(value: Decimal): number {
  if (!value.isInteger() || value.lt(0) || value.gt(maxRoundPlaces)) {
    throw new LedgerError('BAD_FORMULA', `round: ${value.toFixed()} is not a number of decimals`);
  }
  return value.toNumber();
}

function power(base: Decimal, exponent: Decimal): Decimal {
  if (base.lte(0) || exponent.abs().gt(1000)) {
    throw new LedgerError('BAD_FORMULA', 'pow: the base must be positive and the exponent at most 1000');
  }
  return inRange(base.pow(exponent), false);
}

const functionTable: Readonly<Record<FunctionName | StatisticName, (args: readonly FormulaValue[]) => Decimal>> = {
  sum: ([values]) => sum(list(values)),
  wavg: ([values, weights]) => weightedMean(list(values), list(weights)),
  round: ([value, digits]) => roundHalfUp(one(value ?? zero, 'round'), places(one(digits ?? zero, 'round'))),
  floor: ([value]) => floorDecimal(one(value ?? zero, 'floor')),
  mean: ([values]) => (values instanceof Sample ? values.mean() : arithmeticMean(list(values))),
  sumproduct: (args) => sumOfProducts(args.map(list)),
  min: (args) => Decimal.min(...several(args, 'min')),
  max: (args) => Decimal.max(...several(args, 'max')),
  pow: ([base, exponent]) => power(one(base ?? zero, 'pow'), one(exponent ?? zero, 'pow')),
  abs: ([value]) => one(value ?? zero, 'abs').abs(),
  sqrt: ([value]) => root(one(value ?? zero, 'sqrt')),
  count: ([values]) => new Decimal(sample(values).size),
  distinct: ([values]) => new Decimal(statistics.distinct(sample(values))),
  stdev: ([values]) => sample(values).deviation(),
  quantile: ([values, share]) => statistics.quantile(sample(values), one(share ?? zero, 'quantile')),
  regression: ([ys, xs, x]) => statistics.predicted(sample(ys), sample(xs), one(x ?? zero, 'regression')),
  residual: ([ys, xs, x]) => statistics.predictionError(sample(ys), sample(xs), one(x ?? zero, 'residual')),
  correlation: ([ys, xs]) => statistics.correlation(sample(ys), sample(xs)),
  daysBetween: ([from, to]) => minus(one(to ?? zero, 'daysBetween'), one(from ?? zero, 'daysBetween')),
  digitChi: ([values, digits]) => statistics.digitChi(sample(values), places(one(digits ?? zero, 'digitChi'))),
  benfordChi: ([values]) => statistics.benfordChi(sample(values)),
};

/** @throws LedgerError BAD_FORMULA of a negative number */
function root(value: Decimal): Decimal {
  if (value.lt(0)) throw new LedgerError('BAD_FORMULA', 'sqrt of a negative number');
  return value.sqrt();
}

function divide(left: Decimal, right: Decimal): Decimal {
  if (right.isZero()) throw new LedgerError('BAD_FORMULA', 'division by zero');
  return inRange(left.div(right), left.isZero());
}

const operatorTable: Readonly<Record<Operator, (left: Decimal, right: Decimal) => Decimal>> = {
  '+': plus,
  '-': minus,
  '*': times,
  '/': divide,
};

const numbers = new Map<string, Decimal>();

/** Numbers that stand in formulas are few. */
function numberOf(text: string): Decimal {
  const known = numbers.get(text);
  if (known) return known;
  const value = new Decimal(text);
  if (numbers.size < maxParsed) numbers.set(text, value);
  return value;
}

function evaluateNode(node: FormulaNode, inputs: FormulaInputs): FormulaValue {
  switch (node.kind) {
    case 'number':
      return numberOf(node.text);
    case 'name':
      return inputOf(node.name, inputs);
    case 'negate':
      return one(evaluateNode(node.operand, inputs), 'minus').negated();
    case 'binary': {
      const left = one(evaluateNode(node.left, inputs), node.operator);
      return operatorTable[node.operator](left, one(evaluateNode(node.right, inputs), node.operator));
    }
    case 'call':
      return functionTable[node.fn](node.args.map((arg) => evaluateNode(arg, inputs)));
  }
}

function inputOf(name: string, inputs: FormulaInputs): FormulaValue {
  const value = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  if (value === undefined) throw new LedgerError('BAD_FORMULA', `${name} has no value`);
  return value;
}

/** Parsed formulas; bounded because only methodologies on the ledger are evaluated. */
const parsed = new Map<string, FormulaNode>();

function parseOnce(text: string, dialect: Dialect = 'methodology'): FormulaNode {
  const name = dialect === 'methodology' ? text : `${dialect} ${text}`;
  const known = parsed.get(name);
  if (known) return known;
  const node = parseFormula(text, dialect);
  if (parsed.size >= maxParsed) parsed.clear();
  parsed.set(name, node);
  return node;
}

const together = new WeakMap<FormulaNode, readonly (readonly string[])[]>();

/** Names that a formula takes member by member, as the lists of one `wavg` or `sumproduct`. @throws LedgerError BAD_FORMULA */
export function namesTogether(text: string): readonly (readonly string[])[] {
  const node = parseOnce(text);
  const known = together.get(node);
  if (known) return known;
  const found = listsTogether(node);
  together.set(node, found);
  return found;
}

/**
 * The value of a formula. Every operation is rounded to 40 significant digits.
 * @throws LedgerError BAD_FORMULA for a name without value, a division by zero, lists of different length, a value out of range
 */
export function evaluateFormula(text: string, inputs: FormulaInputs, dialect: Dialect = 'methodology'): Decimal {
  return one(evaluateNode(parseOnce(text, dialect), inputs), 'a formula');
}
