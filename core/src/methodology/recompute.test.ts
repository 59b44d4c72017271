import fc from 'fast-check';
import { Decimal } from '../decimal';
import { citedRecord, recordOf, told } from '../rulebook/testing/bench';
import { computedFigure, content, formula, parameter, self, statedFigure } from './define';
import { agrees, figureFaults, figureTable, recomputeFigure, specsOf } from './recompute';
import { contentText, MissingInput, selectCase } from './resolve';
import { settleFigures, specNamed } from './settle';
import type { FigureValue, RecordScope } from './scope';
import type { Condition, FigureSpec } from './spec';

interface Words {
  readonly figures?: Readonly<Record<string, Partial<FigureValue>>>;
  readonly totals?: readonly string[];
  readonly content?: Readonly<Record<string, unknown>>;
  readonly cited?: Readonly<Record<string, readonly RecordScope[]>>;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A record with figures in tonnes, and what it cites. */
function scopeOf({
  figures = {},
  totals = [],
  content: facts = {},
  cited = {},
  parameters = {},
}: Words): RecordScope & { figures: Map<string, FigureValue> } {
  const values = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, { value, unit: '1', source: '…' }]),
  );
  const named = Object.entries(figures).map(([name, figure]): [string, FigureValue] => [
    name,
    { value: '1.00', unit: 't', ...figure },
  ]);
  const record = {
    ...recordOf('monthly-evidence', { content: facts }),
    totals: Object.fromEntries(totals.map((name) => [name, { value: '1.00', unit: 't' }])),
  };
  return {
    ...{ id: '', key: '', record, figures: new Map(named) },
    cited: new Map([...Object.entries(cited), ['parameters', [citedRecord('parameter', { content: { values } })]]]),
  };
}

const double = computedFigure('b', 't', 2, [formula('B', 'round(A * 2, 2)', { A: self('a') })]);
const given = statedFigure('a', 't', 2);
const specs = [given, double];
const faults = (words: Words, some: readonly FigureSpec[] = specs): string[] =>
  figureFaults(some, scopeOf(words)).map(told);
const right = { a: { value: '3.00' }, b: { value: '6.00', formula: 'B' } };

describe('the figures of a record', () => {
  it('are right where each has its unit, its decimals, its formula and its value', () => {
    expect(faults({ figures: right })).toEqual([]);
  });

  it.each<[string, Words, string[]]>([
    ['one is missing', { figures: { b: right.b } }, ['FIGURE_MISSING /figures/a', 'FIGURE_MISSING /figures/b']],
    ['a computed one is missing', { figures: { a: right.a } }, ['FIGURE_MISSING /figures/b']],
    ['one is unknown', { figures: { ...right, c: {} } }, ['FIGURE_UNKNOWN /figures/c']],
    [
      'one is in another unit',
      { figures: { ...right, a: { value: '3.00', unit: 'kg' } } },
      ['FIGURE_FORMAT /figures/a'],
    ],
    ['one has too many decimals', { figures: { ...right, a: { value: '3.000' } } }, ['FIGURE_FORMAT /figures/a']],
    [
      'one has too few decimals',
      { figures: { ...right, b: { value: '6.0', formula: 'B' } } },
      ['FIGURE_FORMAT /figures/b'],
    ],
    ['one is public that is private', { figures: right, totals: ['b'] }, ['FIGURE_FORMAT /figures/b']],
    [
      'a stated one names a formula',
      { figures: { ...right, a: { value: '3.00', formula: 'B' } } },
      ['FIGURE_FORMAT /figures/a'],
    ],
    ['a computed one names none', { figures: { ...right, b: { value: '6.00' } } }, ['FIGURE_FORMAT /figures/b']],
    [
      'a computed one names another',
      { figures: { ...right, b: { value: '6.00', formula: 'A' } } },
      ['FIGURE_FORMAT /figures/b'],
    ],
    [
      'one is wrong by the last digit',
      { figures: { ...right, b: { value: '6.01', formula: 'B' } } },
      ['FIGURE_MISMATCH /figures/b'],
    ],
  ])('are refused where %s', (_, words, expected) => {
    expect(faults(words)).toEqual(expected);
  });

  it('are told with what was expected, what was found, and by which step', () => {
    const [fault] = figureFaults(specs, scopeOf({ figures: { ...right, b: { value: '6.01', formula: 'B' } } }));
    expect(fault?.details).toEqual({ figure: 'b', expected: '6.00', got: '6.01', step: 'B' });
  });

  it('may be missing where they are not required', () => {
    const optional = computedFigure('b', 't', 2, double.cases, { required: false });
    expect(faults({ figures: { a: right.a } }, [given, optional])).toEqual([]);
  });

  it('that cannot be computed are faults of the figure, not of the program', () => {
    const quotient = computedFigure('b', 't', 2, [formula('B', 'round(A / (A - A), 2)', { A: self('a') })]);
    expect(faults({ figures: right }, [given, quotient])).toEqual(['FORMULA_UNDEFINED /figures/b']);
    const none = computedFigure('b', 't', 2, [formula('B', '1', {}, { when: [{ cited: 'report', is: true }] })]);
    expect(faults({ figures: right }, [given, none])).toEqual(['FORMULA_UNDEFINED /figures/b']);
  });

  it('within a tolerance agree, and not beyond it', () => {
    const spec = computedFigure('b', 't', 2, [], { tolerance: '0.02' });
    fc.assert(
      fc.property(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: -4, max: 4 }), (hundredths, off) => {
        const text = (value: number): string => new Decimal(value).div(100).toFixed(2);
        expect(agrees(spec, text(hundredths + off), text(hundredths))).toBe(Math.abs(off) <= 2);
        expect(agrees(double, text(hundredths + off), text(hundredths))).toBe(off === 0);
      }),
    );
  });
});

describe('a figure computed anew', () => {
  it('is what plain arithmetic gives, rounded half up to its decimals', () => {
    const spec = computedFigure('x', 't', 2, [
      formula('X', 'round(A * B - C, 2)', { A: self('a'), B: parameter('B'), C: content('c') }),
    ]);
    const hundredths = fc.integer({ min: -1e6, max: 1e6 });
    const text = (value: number): string => new Decimal(value).div(100).toFixed(2);
    fc.assert(
      fc.property(hundredths, hundredths, hundredths, (a, b, c) => {
        fc.pre(a !== 0 && b !== 0 && c !== 0);
        const scope = scopeOf({
          figures: { a: { value: text(a) } },
          parameters: { B: text(b) },
          content: { c: text(c) },
        });
        // In ten-thousandths, as whole numbers: a·b − 100·c, half away from zero.
        const exact = BigInt(a) * BigInt(b) - 100n * BigInt(c);
        const magnitude = ((exact < 0n ? -exact : exact) + 50n) / 100n;
        const expected = text(Number(exact < 0n ? -magnitude : magnitude)).replace(/^-0\.00$/, '0.00');
        expect(recomputeFigure(spec, scope)?.expected).toBe(expected);
      }),
    );
  });

  it('tells its formula and where each input stands', () => {
    const spec = computedFigure('x', 't', 0, [
      formula('X', 'A + B + C', { A: self('a'), B: parameter('B'), C: content('c') }),
    ]);
    const scope = scopeOf({ figures: { a: { value: '1.00' } }, parameters: { B: '2' }, content: { c: '3' } });
    const found = recomputeFigure(spec, scope);
    expect(found?.expected).toBe('6');
    expect(found?.inputs.map(({ variable, value, source }) => [variable, value, source.kind])).toEqual([
      ['A', '1.00', 'figure'],
      ['B', '2', 'parameter'],
      ['C', '3', 'content'],
    ]);
  });

  it('says of an input that is not there where it was looked for', () => {
    const spec = (inputs: Parameters<typeof formula>[2]): FigureSpec =>
      computedFigure('x', 't', 0, [formula('X', 'A', inputs)]);
    const missing = (inputs: Parameters<typeof formula>[2]): unknown => {
      try {
        return recomputeFigure(spec(inputs), scopeOf({}))?.expected;
      } catch (error) {
        if (error instanceof MissingInput) return [error.figure, error.role];
        throw error;
      }
    };
    expect(missing({ A: self('a') })).toEqual(['a', 'self']);
    expect(missing({ A: { from: 'report', figure: 'a' } })).toEqual(['a', 'report']);
    expect(missing({ A: parameter('P') })).toEqual(['P', 'parameters']);
    expect(missing({ A: { parameter: 'P', by: { content: 'fuel' } } })).toEqual(['fuel', 'self']);
    expect(missing({ A: content('c', 'plan') })).toEqual(['c', 'plan']);
    expect(missing({ A: parameter('toString') })).toEqual(['toString', 'parameters']);
  });

  it('takes a list of all cited records, in the order of their keys', () => {
    const months = ['03', '01', '02'].map((month) =>
      citedRecord('monthly-evidence', { subject: { period: `2024-${month}` }, figures: { e: `${Number(month)}.00` } }),
    );
    const spec = computedFigure('x', 't', 2, [formula('X', 'sum(E)', { E: { from: 'months', figure: 'e' } })]);
    expect(recomputeFigure(spec, scopeOf({ cited: { months } }))?.expected).toBe('6.00');
  });
});

describe('the case that applies', () => {
  const chosen = (when: readonly Condition[], words: Words): boolean =>
    selectCase(computedFigure('x', 't', 0, [formula('X', '1', {}, { when })]), scopeOf(words)) !== undefined;

  it('is the first whose conditions all hold', () => {
    const spec = computedFigure('x', 't', 0, [
      formula('low', '1', {}, { when: [{ of: self('a'), op: 'lt', value: '5' }] }),
      formula('some', '2', {}, { when: [{ of: self('a'), op: 'lt', value: '10' }] }),
      formula('else', '3', {}),
    ]);
    const of = (value: string): string | undefined => selectCase(spec, scopeOf({ figures: { a: { value } } }))?.id;
    expect(['4.99', '5.00', '9.99', '10.00'].map(of)).toEqual(['low', 'some', 'some', 'else']);
  });

  it('compares numbers as numbers', () => {
    const value = fc.integer({ min: -2000, max: 2000 });
    const text = (hundredths: number): string =>
      new Decimal(hundredths)
        .div(100)
        .toFixed(2)
        .replace(/^-0\.00$/, '0.00');
    fc.assert(
      fc.property(value, value, (a, b) => {
        const holds = (op: 'lt' | 'le' | 'gt' | 'ge'): boolean =>
          chosen([{ of: self('a'), op, value: text(b) }], { figures: { a: { value: text(a) } } });
        expect([holds('lt'), holds('le'), holds('gt'), holds('ge')]).toEqual([a < b, a <= b, a > b, a >= b]);
      }),
    );
  });

  it('looks at fields, and at what is cited', () => {
    const fuel: Condition = { of: content('fuel'), op: 'in', value: ['coke', 'gas'] };
    expect(chosen([fuel], { content: { fuel: 'gas' } })).toBe(true);
    expect(chosen([fuel], { content: { fuel: 'oil' } })).toBe(false);
    expect(chosen([{ of: content('daily'), op: 'eq', value: 'true' }], { content: { daily: true } })).toBe(true);
    expect(chosen([{ cited: 'report', is: false }], {})).toBe(true);
    expect(chosen([{ cited: 'report', is: true }], { cited: { report: [citedRecord('test-report')] } })).toBe(true);
  });

  it('sees text, numbers and booleans of a content, and nothing else', () => {
    expect(['x', 1.5, true, false, null, {}, [], undefined].map(contentText)).toEqual([
      'x',
      '1.5',
      'true',
      'false',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('the figures that a methodology asks for', () => {
  const methodology = {
    id: 'X',
    title: { en: '', zh: '' },
    year: '2024',
    sources: [],
    figures: { 'monthly-evidence@unit': specs, 'a.b@plant': [given] },
  };
  it('are those of the kind and level of a record, and none of a kind that it does not know', () => {
    const of = (kind: string, unit: string): number => specsOf(methodology, { kind, subject: { unit } }).length;
    expect([
      of('monthly-evidence', 'U1'),
      of('monthly-evidence', 'PLANT'),
      of('a.b', 'PLANT'),
      of('toString', 'U1'),
    ]).toEqual([2, 0, 1, 0]);
    expect([figureTable('x', 'U1'), figureTable('x', 'PLANT')]).toEqual(['x@unit', 'x@plant']);
    expect(specNamed([...specs, statedFigure('daily.fc_t.*', 't', 2)], 'daily.fc_t.07')?.name).toBe('daily.fc_t.*');
    expect(specNamed(specs, 'ab')).toBeUndefined();
  });
});

describe('figures that are filled in', () => {
  const chain: readonly FigureSpec[] = [
    computedFigure('e', 't', 2, [formula('E', 'sum(D)', { D: self('part.d.*') })]),
    computedFigure('part.d.*', 't', 2, [formula('D', 'round(C * 2, 2)', { C: self('part.c.@') })]),
    statedFigure('part.c.*', 't', 2),
    computedFigure('f', 't', 2, [formula('F', 'E + A', { E: self('e'), A: self('a') })]),
    given,
    computedFigure('g', 't', 2, [formula('G', 'A / Z', { A: self('a'), Z: self('missing') })]),
  ];
  const settled = (some: readonly FigureSpec[]): Record<string, string> => {
    const scope = scopeOf({
      figures: { a: { value: '1.00' }, 'part.c.x': { value: '2.00' }, 'part.c.y': { value: '3.00' } },
    });
    settleFigures(some, scope.figures, scope);
    return Object.fromEntries([...scope.figures].map(([name, { value }]) => [name, value]));
  };

  it('come to the same in whatever order the methodology lists them', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...chain], { minLength: chain.length, maxLength: chain.length }), (order) => {
        expect(settled(order)).toEqual({
          ...{ a: '1.00', 'part.c.x': '2.00', 'part.c.y': '3.00' },
          ...{ 'part.d.x': '4.00', 'part.d.y': '6.00', e: '10.00', f: '11.00' },
        });
      }),
    );
  });

  it('keep what was stated, right or wrong', () => {
    const scope = scopeOf({ figures: { a: { value: '3.00' }, b: { value: '7.00' } } });
    settleFigures(specs, scope.figures, scope);
    expect(scope.figures.get('b')).toEqual({ value: '7.00', unit: 't', formula: 'B' });
    const unitless = scopeOf({ figures: { a: { value: '3.00', unit: '' } } });
    settleFigures(specs, unitless.figures, unitless);
    expect(unitless.figures.get('a')).toEqual({ value: '3.00', unit: 't' });
  });
});
