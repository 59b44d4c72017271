import fc from 'fast-check';
import { Decimal } from '../decimal';
import { codeOf } from '../../../test/support/code-of';
import { evaluateFormula, formulaNames, namesTogether, parseFormula, type FormulaInputs, type FormulaNode } from '.';

/** An exact fraction of whole numbers: what a formula of + − * / and the functions below means. */
interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

const abs = (value: bigint): bigint => (value < 0n ? -value : value);

function fraction(over: bigint, under: bigint): Fraction {
  return under < 0n ? { over: -over, under: -under } : { over, under };
}

const operations: Readonly<Record<string, (a: Fraction, b: Fraction) => Fraction>> = {
  '+': (a, b) => fraction(a.over * b.under + b.over * a.under, a.under * b.under),
  '-': (a, b) => fraction(a.over * b.under - b.over * a.under, a.under * b.under),
  '*': (a, b) => fraction(a.over * b.over, a.under * b.under),
  '/': (a, b) => fraction(a.over * b.under, a.under * b.over),
};

/** The greatest whole number that is not above. */
function floorOf({ over, under }: Fraction): bigint {
  const cut = over / under;
  return over < 0n && cut * under !== over ? cut - 1n : cut;
}

/** Half away from zero, to so many decimals. */
function rounded(value: Fraction, places: number): Fraction {
  const unit = 10n ** BigInt(places);
  const magnitude = (abs(value.over) * unit * 2n + value.under) / (value.under * 2n);
  return fraction(value.over < 0n ? -magnitude : magnitude, unit);
}

const isBelow = (a: Fraction, b: Fraction): boolean => a.over * b.under < b.over * a.under;

interface Written {
  readonly text: string;
  /** Undefined where it divides by zero. */
  readonly value: Fraction | undefined;
}

function join(left: Written, operator: string, right: Written): Written {
  const text = `(${left.text} ${operator} ${right.text})`;
  if (left.value === undefined || right.value === undefined) return { text, value: undefined };
  if (operator === '/' && right.value.over === 0n) return { text, value: undefined };
  return { text, value: operations[operator]?.(left.value, right.value) };
}

function wrap(text: string, of: readonly Written[], compute: (values: readonly Fraction[]) => Fraction): Written {
  const values = of.flatMap(({ value }) => value ?? []);
  return { text, value: values.length < of.length ? undefined : compute(values) };
}

const number: fc.Arbitrary<Written> = fc
  .tuple(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 3 }))
  .map(([digits, places]) => ({
    text: new Decimal(digits).div(new Decimal(10).pow(places)).toFixed(places),
    value: fraction(BigInt(digits), 10n ** BigInt(places)),
  }));

const formula = fc.letrec<{ node: Written }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    number,
    fc.tuple(tie('node'), fc.constantFrom('+', '-', '*', '/'), tie('node')).map(([a, op, b]) => join(a, op, b)),
    tie('node').map((a) => wrap(`-${a.text}`, [a], ([x]) => fraction(-(x?.over ?? 0n), x?.under ?? 1n))),
    tie('node').map((a) => wrap(`floor(${a.text})`, [a], ([x]) => fraction(floorOf(x ?? fraction(0n, 1n)), 1n))),
    fc
      .tuple(tie('node'), fc.integer({ min: 0, max: 4 }))
      .map(([a, places]) =>
        wrap(`round(${a.text}, ${String(places)})`, [a], ([x]) => rounded(x ?? fraction(0n, 1n), places)),
      ),
    fc
      .tuple(tie('node'), tie('node'))
      .map(([a, b]) =>
        wrap(`max(${a.text}, ${b.text})`, [a, b], (values) => values.reduce((x, y) => (isBelow(x, y) ? y : x))),
      ),
    fc
      .tuple(tie('node'), tie('node'))
      .map(([a, b]) =>
        wrap(`min(${a.text}, ${b.text})`, [a, b], (values) => values.reduce((x, y) => (isBelow(y, x) ? y : x))),
      ),
  ),
})).node;

/** Whether every quotient in it comes out in a few decimals: only then are forty digits exact. */
function isExact({ under }: Fraction): boolean {
  let left = under;
  for (const prime of [2n, 5n]) while (left % prime === 0n) left /= prime;
  return left === 1n && under < 10n ** 30n;
}

describe('a formula', () => {
  it('is what exact fractions give, computed another way', () => {
    fc.assert(
      fc.property(formula, ({ text, value }) => {
        fc.pre(text.length <= 500);
        if (value === undefined) {
          expect(codeOf(() => evaluateFormula(text, {}))).toBe('BAD_FORMULA');
          return;
        }
        const got = evaluateFormula(text, {});
        const expected = new Decimal(value.over.toString()).div(value.under.toString());
        const slack = expected.abs().plus(1).times('1e-30');
        // A rounding or a cut just at a step may fall on either side of a quotient that has no end.
        const isNear = got.minus(expected).abs().lte(slack);
        if (isExact(value) || !/floor|round/.test(text)) expect(isNear).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('has sums, means and products over lists as arithmetic has them', () => {
    const values = fc.array(fc.tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: 1, max: 99 })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(values, (rows) => {
        const x = rows.map(([value]) => new Decimal(value));
        const w = rows.map(([, weight]) => new Decimal(weight));
        const sum = rows.reduce((total, [value]) => total + value, 0);
        const weighted = rows.reduce((total, [value, weight]) => total + value * weight, 0);
        const weights = rows.reduce((total, [, weight]) => total + weight, 0);
        const of = (text: string): string => evaluateFormula(text, { x, w }).toFixed();
        expect(of('sum(x)')).toBe(String(sum));
        expect(of('sumproduct(x, w)')).toBe(String(weighted));
        expect(of('wavg(x, w)')).toBe(new Decimal(weighted).div(weights).toFixed());
        expect(of('mean(x)')).toBe(new Decimal(sum).div(rows.length).toFixed());
        expect(of('max(x)')).toBe(String(Math.max(...rows.map(([value]) => value))));
        expect(of('min(x)')).toBe(String(Math.min(...rows.map(([value]) => value))));
      }),
    );
  });

  it('means the same with more blanks and parentheses', () => {
    fc.assert(
      fc.property(formula, fc.integer({ min: 0, max: 3 }), ({ text }, blanks) => {
        fc.pre(text.length < 100);
        const wider = text.replace(/([-+*/(),])/g, (mark) => `${' '.repeat(blanks)}${mark}${' '.repeat(blanks)}`);
        expect(parseFormula(wider)).toEqual(parseFormula(text));
        expect(parseFormula(`(${text})`)).toEqual(parseFormula(text));
      }),
    );
  });

  it('is read back from how it is written out', () => {
    const write = (node: FormulaNode): string => {
      switch (node.kind) {
        case 'number':
          return node.text;
        case 'name':
          return node.name;
        case 'negate':
          return `-(${write(node.operand)})`;
        case 'binary':
          return `(${write(node.left)}) ${node.operator} (${write(node.right)})`;
        case 'call':
          return `${node.fn}(${node.args.map(write).join(', ')})`;
      }
    };
    fc.assert(
      fc.property(formula, ({ text }) => {
        fc.pre(text.length < 80);
        const node = parseFormula(text);
        expect(parseFormula(write(node))).toEqual(node);
      }),
    );
  });

  it.each<[string, FormulaInputs]>([
    ['1 / 0', {}],
    ['1 / (x - x)', { x: new Decimal(1) }],
    ['round(1, 21)', {}],
    ['round(1, -1)', {}],
    ['round(1, 0.5)', {}],
    ['pow(0, 2)', {}],
    ['pow(-1, 2)', {}],
    ['pow(2, 1001)', {}],
    ['pow(10, 1000) * 10', {}],
    ['pow(10, -1000) / 10', {}],
    ['wavg(x, w)', { x: [new Decimal(1)], w: [new Decimal(0)] }],
    ['wavg(x, w)', { x: [new Decimal(1)], w: [] }],
    ['sumproduct(x, w)', { x: [new Decimal(1)], w: [] }],
    ['mean(x)', { x: [] }],
    ['max(x)', { x: [] }],
    ['max(x, 1)', { x: [new Decimal(1)] }],
    ['x', { x: [new Decimal(1)] }],
    ['-x', { x: [new Decimal(1)] }],
    ['y', { x: new Decimal(1) }],
    ['constructor', {}],
  ])('%s is refused and never infinite, nothing or a guess', (text, inputs) => {
    expect(codeOf(() => evaluateFormula(text, inputs))).toBe('BAD_FORMULA');
  });

  it('keeps the sum of nothing at zero', () => {
    expect(evaluateFormula('sum(x)', { x: [] }).toFixed()).toBe('0');
    expect(evaluateFormula('sum(x)', { x: new Decimal(5) }).toFixed()).toBe('5');
  });
});

describe('the grammar', () => {
  it('reads nothing else, whatever is sent', () => {
    const noise = fc.string({ unit: fc.constantFrom(...Array.from('ab1.+-*/(), \t\n[]{}="\';x_$é')), maxLength: 30 });
    fc.assert(
      fc.property(noise, (text) => {
        const outcome = codeOf(() => parseFormula(text));
        expect(['none', 'BAD_FORMULA']).toContain(outcome);
        if (outcome === 'none') expect(text).toMatch(/^[a-zA-Z0-9_.+\-*/(), ]+$/);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    'a\t+ b',
    'a\u00a0+ b',
    'a +\nb',
    '１ + 2',
    'a − b',
    'a × b',
    '.5',
    '5.',
    '1e3',
    '0x1',
    '1_000',
    'a b',
    '+a',
    'a++b',
    '()',
    'sum()',
    'sum(a, b)',
    'wavg(a)',
    'sumproduct(a, b, c, d, e)',
    'max(1,2,3,4,5,6,7,8,9)',
    'round(a,,2)',
    'Sum(a)',
  ])('does not read %j', (text) => {
    expect(codeOf(() => parseFormula(text))).toBe('BAD_FORMULA');
  });

  it('takes five hundred characters and twenty-four levels, and no more', () => {
    const long = (length: number): string => '1'.repeat(length);
    expect(codeOf(() => parseFormula(long(500)))).toBe('none');
    expect(codeOf(() => parseFormula(long(501)))).toBe('BAD_FORMULA');
    const deep = (levels: number): string => `${'('.repeat(levels)}1${')'.repeat(levels)}`;
    expect(codeOf(() => parseFormula(deep(23)))).toBe('none');
    expect(codeOf(() => parseFormula(deep(24)))).toBe('BAD_FORMULA');
    expect(codeOf(() => parseFormula(`${'-'.repeat(24)}1`))).toBe('BAD_FORMULA');
  });

  it('tells the names of a formula, and which go member by member', () => {
    expect(formulaNames(parseFormula('round(b * a, 2) + b / c'))).toEqual(['b', 'a', 'c']);
    expect(namesTogether('wavg(x, w) + sumproduct(a, b, c) + sum(y)')).toEqual([
      ['x', 'w'],
      ['a', 'b', 'c'],
    ]);
    expect(namesTogether('wavg(sumproduct(a, b), w)')).toEqual([['a', 'b'], ['w']]);
    expect(namesTogether('1 + 2')).toEqual([]);
  });
});
