import fc from 'fast-check';
import { Decimal } from '../../decimal';
import { evaluateFormula, parseFormula, type FormulaNode } from '../../formula';
import { codeOf } from '../../../../test/support/code-of';
import { unitFault } from './conversion';
import { inferUnit, quantityOf, resultMismatch, type Inferred } from './infer';
import { inverse, isEqual, rational, times, unity } from './rational';
import {
  conversionFactor,
  formatRational,
  formatUnit,
  isSameUnit,
  multiply,
  one,
  parseUnit,
  sameDimensions,
  unitSymbols,
  type Unit,
} from './unit';

const ratio = fc
  .tuple(fc.bigInt({ min: 1n, max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 12n }))
  .map(([over, under]) => times({ over, under: 1n }, { over: 1n, under }));
const unit = fc.constantFrom(...unitSymbols);
/** Two units of the same. */
const pair = fc.constantFrom(
  ...unitSymbols.flatMap((a) =>
    unitSymbols.flatMap((b) => (conversionFactor(a, b) === undefined ? [] : [[a, b] as const])),
  ),
);

describe('ratios', () => {
  it('are a group, in lowest terms', () => {
    fc.assert(
      fc.property(ratio, ratio, ratio, (a, b, c) => {
        expect(times(a, b)).toEqual(times(b, a));
        expect(times(times(a, b), c)).toEqual(times(a, times(b, c)));
        expect(times(a, inverse(a))).toEqual(unity);
        expect(times(a, unity)).toEqual(a);
        expect(isEqual(a, b)).toBe(a.over * b.under === b.over * a.under);
      }),
    );
  });

  it('are read exactly from decimal digits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n }), fc.integer({ min: 0, max: 12 }), (digits, places) => {
        const text = new Decimal(digits.toString()).div(new Decimal(10).pow(places)).toFixed(places);
        const { over, under } = rational(text);
        expect(over * 10n ** BigInt(places)).toBe(digits * under);
        // For people: twelve digits.
        expect(new Decimal(formatRational({ over, under })).div(text).minus(1).abs().lt('1e-11')).toBe(true);
      }),
    );
  });
});

describe('conversions', () => {
  it('go through any third unit to the same factor', () => {
    fc.assert(
      fc.property(unit, unit, unit, (a, b, c) => {
        const [ab, bc, ac] = [conversionFactor(a, b), conversionFactor(b, c), conversionFactor(a, c)];
        if (ab !== undefined && bc !== undefined) expect(times(ab, bc)).toEqual(ac);
        expect(conversionFactor(a, a)).toEqual(unity);
      }),
      { numRuns: 400 },
    );
  });

  it('of compound units are those of their parts', () => {
    fc.assert(
      fc.property(pair, pair, ([a, b], [c, d]) => {
        const [ab, cd] = [conversionFactor(a, b)!, conversionFactor(c, d)!];
        expect(conversionFactor(`${a}/${c}`, `${b}/${d}`)).toEqual(times(ab, inverse(cd)));
        expect(conversionFactor(`${a}*${c}`, `${b}*${d}`)).toEqual(times(ab, cd));
      }),
    );
  });

  it('keep the quantity: what is converted there and back is the same number', () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 9n }).map(String);
    fc.assert(
      fc.property(pair, amount, ([a, b], value) => {
        fc.pre(a !== b);
        const there = unitFault('/x', 'x', { value, unit: a }, b)?.details?.['converted'];
        fc.pre(typeof there === 'string' && there.length < 30 && there !== '0');
        const { over, under } = conversionFactor(b, a) ?? unity;
        const back = new Decimal(there).times(over.toString()).div(under.toString());
        expect(back.minus(value).abs().div(value).lt('1e-9')).toBe(true);
      }),
    );
  });

  it.each([
    ['t', 'kg', '1000'],
    ['kg', 't', '0.001'],
    ['MWh', 'GJ', '3.6'],
    ['10^4kWh', 'MWh', '10'],
    ['tCO2e', 'tCO2', '1'],
    ['kJ/kg', 'GJ/t', '0.001'],
    ['GJ/10^4Nm3', 'MJ/Nm3', '0.1'],
    ['MW', 'kW', '1000'],
    ['%', '1', '0.01'],
    ['d', 'h', '24'],
    ['tC/GJ', 'kgC/GJ', '1000'],
  ])('from %s to %s is %s', (from, to, factor) => {
    expect(formatRational(conversionFactor(from, to)!)).toBe(factor);
  });

  it.each([
    ['t', 'tC'],
    ['tC', 'tCO2'],
    ['t', 'tce'],
    ['GJ', 'MW'],
    ['GJ', 't'],
    ['CNY', 't'],
    ['degC', 'GJ'],
    ['t/h', 't'],
  ])('from %s to %s there is none', (from, to) => {
    expect(conversionFactor(from, to)).toBeUndefined();
    expect(unitFault('/x', 'x', { value: '1', unit: from }, to)?.message).toContain('cannot be converted');
  });

  it.each(['', 'x', 't/', '/t', 't//h', 't**h', 'T', 'gj', 'tonne', 't^2', '10^4', 'constructor'])(
    'know no unit %j',
    (text) => {
      expect(codeOf(() => parseUnit(text))).toBe('BAD_METHODOLOGY');
    },
  );
});

describe('units', () => {
  it('are a commutative group under multiplication', () => {
    fc.assert(
      fc.property(unit, unit, unit, (a, b, c) => {
        const [x, y, z] = [parseUnit(a), parseUnit(b), parseUnit(c)];
        expect(isSameUnit(multiply(x, y), multiply(y, x))).toBe(true);
        expect(isSameUnit(multiply(multiply(x, y), z), multiply(x, multiply(y, z)))).toBe(true);
        expect(isSameUnit(multiply(multiply(x, y), y, -1), x)).toBe(true);
        expect(isSameUnit(multiply(x, one), x)).toBe(true);
        expect(isSameUnit(parseUnit(`${a}*${b}/${c}`), multiply(multiply(x, y), z, -1))).toBe(true);
      }),
    );
  });

  it('are told in base units, which read back as the same dimensions', () => {
    fc.assert(
      fc.property(unit, unit, (a, b) => {
        const both = multiply(parseUnit(a), parseUnit(b), -1);
        const words = formatUnit(both).split(' ').at(-1) ?? '';
        expect(sameDimensions(parseUnit(words).dimensions, both.dimensions)).toBe(true);
      }),
    );
  });
});

/** Formulas of products, quotients, sums and functions over names whose units are drawn. */
const names = ['a', 'b', 'c'] as const;
const leaf = fc.constantFrom<string>(...names);
const expression = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.tuple(tie('node'), fc.constantFrom('*', '/'), tie('node')).map(([x, op, y]) => `(${x} ${op} ${y})`),
    tie('node').map((x) => `-${x}`),
    tie('node').map((x) => `max(${x}, ${x})`),
    tie('node').map((x) => `(${x} + ${x})`),
  ),
})).node;

/** The unit of such a formula, once more: by its dimensions alone, as everybody learns it. */
function unitOf(node: FormulaNode, units: Readonly<Record<string, Unit>>): Unit {
  if (node.kind === 'name') return units[node.name] ?? one;
  if (node.kind === 'negate') return unitOf(node.operand, units);
  if (node.kind === 'call') return unitOf(node.args[0]!, units);
  if (node.kind === 'number') return one;
  if (node.operator === '+' || node.operator === '-') return unitOf(node.left, units);
  return multiply(unitOf(node.left, units), unitOf(node.right, units), node.operator === '*' ? 1 : -1);
}

describe('the unit of a formula', () => {
  // Shares may be carbon in a mass: that is a reading of its own, tested beside.
  const plain = fc.constantFrom(...unitSymbols.filter((text) => text !== '%' && text !== '1'));

  it('is that of its products and quotients, and no other', () => {
    fc.assert(
      fc.property(expression, plain, plain, plain, plain, (text, a, b, c, other) => {
        const units = { a: parseUnit(a), b: parseUnit(b), c: parseUnit(c) };
        const inferred = inferUnit(
          parseFormula(text),
          new Map<string, Inferred>(Object.entries(units).map(([name, one_]) => [name, quantityOf(one_)])),
        );
        const expected = unitOf(parseFormula(text), units);
        expect(resultMismatch(inferred, expected, 'x')).toBeUndefined();
        const wrong = multiply(expected, parseUnit(other));
        expect(resultMismatch(inferred, wrong, 'x') === undefined).toBe(isSameUnit(wrong, expected));
      }),
      { numRuns: 300 },
    );
  });

  it('scales the value as it scales: a formula that fits computes the same quantity in other units', () => {
    fc.assert(
      fc.property(
        expression,
        plain,
        plain,
        plain,
        fc.tuple(...names.map(() => fc.integer({ min: 1, max: 50 }))),
        (text, a, b, c, numbers) => {
          const units = [a, b, c].map(parseUnit);
          const base = (value: number, { scale }: Unit): Decimal =>
            new Decimal(value).times(scale.over.toString()).div(scale.under.toString());
          const own = Object.fromEntries(names.map((name, at) => [name, new Decimal(numbers[at] ?? 1)]));
          const inBase = Object.fromEntries(names.map((name, at) => [name, base(numbers[at] ?? 1, units[at] ?? one)]));
          const { scale } = unitOf(
            parseFormula(text),
            Object.fromEntries(names.map((name, at) => [name, units[at] ?? one])),
          );
          const value = evaluateFormula(text, own).times(scale.over.toString()).div(scale.under.toString());
          const expected = evaluateFormula(text, inBase);
          expect(value.minus(expected).abs().lte(expected.abs().times('1e-25'))).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});
