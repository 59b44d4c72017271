import fc from 'fast-check';
import { codeOf } from '../../../test/support/code-of';
import { Decimal } from '../decimal';
import { evaluateFormula, formulaNames, parseFormula, type FormulaInputs } from '.';

const d = (text: string): Decimal => new Decimal(text);
const inputs: FormulaInputs = { x: [d('1'), d('3')], w: [d('1'), d('-1')], none: [], n: d('2'), big: d('9e999') };

describe('a formula that has no value', () => {
  it.each([
    ['1 / 0', 'division by zero'],
    ['n / (n - 2)', 'division by zero'],
    ['wavg(x, w)', 'the weights sum to zero'],
    ['wavg(x, n)', '2 values but 1 weights'],
    ['sumproduct(x, w, none)', 'lists of 2 and 0 values'],
    ['mean(none)', 'mean of nothing'],
    ['min(none)', 'min of nothing'],
    ['max(none)', 'max of nothing'],
    ['min(x, 1)', 'min takes a number, not a list'],
    ['x', 'a formula takes a number, not a list'],
    ['-x', 'minus takes a number, not a list'],
    ['1 * x', '* takes a number, not a list'],
    ['round(x, 1)', 'round takes a number, not a list'],
    ['round(1, x)', 'round takes a number, not a list'],
    ['floor(x)', 'floor takes a number, not a list'],
    ['pow(x, 1)', 'pow takes a number, not a list'],
    ['round(1, 0.5)', '0.5 is not a number of decimals'],
    ['round(1, -1)', '-1 is not a number of decimals'],
    ['round(1, 21)', '21 is not a number of decimals'],
    ['pow(0, 1)', 'the base must be positive'],
    ['pow(-1, 2)', 'the base must be positive'],
    ['pow(2, 1001)', 'the exponent at most 1000'],
    ['pow(2, -1001)', 'the exponent at most 1000'],
    ['pow(10, 1000) * 10', 'out of range'],
    ['pow(0.1, 1000) / 10', 'out of range'],
    ['big * 100', 'out of range'],
    ['big + 9 * pow(10, 1000) + 9 * pow(10, 1000)', 'out of range'],
    ['sum(unknown)', 'unknown has no value'],
    ['hasOwnProperty', 'hasOwnProperty has no value'],
  ])('%s says why: %s', (text, words) => {
    const evaluate = (): unknown => evaluateFormula(text, inputs);
    expect(codeOf(evaluate)).toBe('BAD_FORMULA');
    expect(evaluate).toThrow(words);
  });
});

describe('a text that is no formula', () => {
  it.each([
    ['', 'ends too early'],
    ['  ', 'ends too early'],
    ['1 +', 'ends too early'],
    ['-', 'ends too early'],
    ['1 2', 'unexpected "2"'],
    ['a b', 'unexpected "b"'],
    ['()', 'unexpected ")"'],
    ['* 1', 'unexpected "*"'],
    ['(1', ') is missing'],
    ['sum(x', ') is missing'],
    ['sum()', 'unexpected ")"'],
    ['sum(x, y)', 'sum takes 1 arguments'],
    ['wavg(x)', 'wavg takes 2 arguments'],
    ['sumproduct(x)', 'sumproduct takes 2 to 4 arguments'],
    ['min(1,2,3,4,5,6,7,8,9)', 'min takes 1 to 8 arguments'],
    ['valueOf(1)', 'valueOf is not a function'],
    ['stdev(x)', 'stdev is not a function'],
    ['1e3', 'unexpected "e3"'],
    ['.5', 'unexpected text at position 0'],
    ['1.', 'unexpected text at position 1'],
    ['1\t+ 1', 'unexpected text at position 1'],
    ['1\n', 'unexpected text at position 1'],
    ['排放', 'unexpected text at position 0'],
    ['_a', 'unexpected text at position 0'],
    ['a^2', 'unexpected text at position 1'],
    [`${'1+'.repeat(250)}1`, 'at most 500 characters'],
    [`${'-'.repeat(24)}1`, 'nests at most 24 deep'],
  ])('%j says where: %s', (text, words) => {
    expect(codeOf(() => parseFormula(text))).toBe('BAD_FORMULA');
    expect(() => parseFormula(text)).toThrow(words);
  });

  it('is refused with the one code, whatever the text', () => {
    const piece = fc.constantFrom(
      '1',
      '2.5',
      'x',
      'sum',
      'round',
      '(',
      ')',
      ',',
      '+',
      '-',
      '*',
      '/',
      ' ',
      '.',
      '"',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join('');
        const code = codeOf(() => parseFormula(text));
        expect(['none', 'BAD_FORMULA']).toContain(code);
        if (code === 'none') expect(formulaNames(parseFormula(`(${text})`))).toEqual(formulaNames(parseFormula(text)));
      }),
      { numRuns: 300 },
    );
  });
});

describe('the two dialects', () => {
  const series: FormulaInputs = { x: [d('1'), d('3')] };

  it.each(['abs(-1)', 'sqrt(4)', 'count(x)', 'distinct(x)', 'stdev(x)', 'quantile(x, 0.5)', 'daysBetween(1, 2)'])(
    '%s is for screening rules alone',
    (text) => {
      expect(codeOf(() => evaluateFormula(text, series))).toBe('BAD_FORMULA');
      expect(evaluateFormula(text, series, 'screening').isFinite()).toBe(true);
    },
  );

  it('do not learn of each other, whichever reads a text first', () => {
    expect(evaluateFormula('count(x) + 1', series, 'screening').toFixed()).toBe('3');
    expect(codeOf(() => evaluateFormula('count(x) + 1', series))).toBe('BAD_FORMULA');
    expect(evaluateFormula('sum(x) + 1', series).eq(evaluateFormula('sum(x) + 1', series, 'screening'))).toBe(true);
  });
});
