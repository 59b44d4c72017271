import fc from 'fast-check';
import { Decimal, evaluateFormula, LedgerError, type FormulaValue } from '@carbon-ledger/core';
import { hasPython, runPython } from '../support/second-verifier';
import { howMany, inRounds, SEED } from './fuzz-settings';

/*
 * Formulas in two languages: the same value to the last of 40 digits, or refused by both. Some are drawn from the grammar, some are
 * those with a character changed.
 */

const number = fc.oneof(
  fc.nat({ max: 20 }).map(String),
  fc.tuple(fc.nat({ max: 99_999 }), fc.nat({ max: 99_999 })).map(([whole, part]) => `${String(whole)}.${String(part)}`),
  fc.stringMatching(/^[0-9]{1,60}$/),
  fc.stringMatching(/^0\.0{0,30}[1-9][0-9]{0,45}$/),
);
const name = fc.constantFrom('a', 'b', 'x', 'w', 'big', 'tiny', 'neg', 'none', 'sum', 'pow');

const formula = fc.letrec<Record<'sum' | 'factor', string>>((tie) => ({
  sum: fc.oneof(
    { depthSize: 'medium' },
    tie('factor'),
    fc
      .tuple(tie('sum'), fc.constantFrom('+', '-', '*', '/', ' + ', ' - ', ' * ', ' / '), tie('factor'))
      .map((parts) => parts.join('')),
  ),
  factor: fc.oneof(
    { depthSize: 'medium' },
    number,
    name,
    tie('sum').map((inner) => `(${inner})`),
    tie('factor').map((inner) => `-${inner}`),
    fc
      .tuple(
        fc.constantFrom('sum', 'wavg', 'sumproduct', 'mean', 'round', 'floor', 'min', 'max', 'pow'),
        fc.array(tie('sum'), { minLength: 1, maxLength: 3 }),
      )
      .map(([fn, args]) => `${fn}(${args.join(', ')})`),
    tie('sum').chain((inner) => fc.nat({ max: 22 }).map((places) => `round(${inner}, ${String(places)})`)),
    fc
      .tuple(tie('factor'), fc.constantFrom('2', '0.5', '-3', '1000', '-1000', '0', '1001', '16.7', '1/3'))
      .map(([base, by]) => `pow(${base}, ${by})`),
    fc.constantFrom(
      'sum(x)',
      'wavg(x, w)',
      'wavg(x, a)',
      'sum(a)',
      'sum(none)',
      'sumproduct(x, w)',
      'sumproduct(x, w, x)',
      'min(x)',
      'mean(x)',
      'mean(none)',
      'max(w)',
      'max(none)',
      'x',
      'pow(pow(10, 900), 2)',
      'pow(0.1, 999)',
    ),
  ),
})).sum;

const change = fc.tuple(
  formula,
  fc.nat(),
  fc.constantFrom(
    '',
    ' ',
    '\t',
    '\n',
    '\u00a0',
    '\ufeff',
    '\u3000',
    '\u001c',
    '１',
    'é',
    '_',
    '.',
    ',',
    '(',
    ')',
    '--',
    '1e5',
    'ß',
    '²',
  ),
);
const drawn = fc.oneof(
  { weight: 3, arbitrary: formula },
  { weight: 1, arbitrary: change.map(([text, at, other]) => spliced(text, at % (text.length + 1), other)) },
  { weight: 1, arbitrary: fc.nat({ max: 30 }).map((depth) => '('.repeat(depth) + '1' + ')'.repeat(depth)) },
  { weight: 1, arbitrary: fc.nat({ max: 30 }).map((depth) => `${'-'.repeat(depth)}1`) },
  { weight: 1, arbitrary: fc.integer({ min: 490, max: 510 }).map((length) => '1'.repeat(length)) },
);

function spliced(text: string, at: number, other: string): string {
  return text.slice(0, at) + other + text.slice(at + 1);
}

const inputs: Readonly<Record<string, string | readonly string[]>> = {
  a: '115272.04',
  b: '0.5628',
  x: ['62.38', '61.9', '-3.25'],
  w: ['1', '2.5', '0.003'],
  big: '999999999999999999999999999999.99999999999999999999',
  tiny: '0.00000000000000000001',
  neg: '-41.12',
  none: [],
};
const values: Record<string, FormulaValue> = Object.fromEntries(
  Object.entries(inputs).map(([key, text]) => [
    key,
    typeof text === 'string' ? new Decimal(text) : text.map((one) => new Decimal(one)),
  ]),
);

function computed(expression: string): [value: string | null, code: string | null] {
  try {
    const value = evaluateFormula(expression, values);
    return [value.isZero() ? '0' : value.toFixed(), null];
  } catch (error) {
    if (error instanceof LedgerError) return [null, error.code];
    throw error;
  }
}

const count = howMany(2000);

test(
  hasPython
    ? `${String(count)} formulas have one value in both languages`
    : 'formulas in Python are not run: no Python',
  () => {
    const formulas = fc.sample(drawn, { numRuns: count, seed: SEED });
    let valued = 0;
    for (const round of inRounds(formulas)) {
      const said = round.map(computed);
      valued += said.filter(([value]) => value !== null).length;
      if (!hasPython) continue;
      const lines = round.map((expression) => `${JSON.stringify({ expression, inputs })}\n`).join('');
      const second = runPython('formulas.py', [], lines);
      const different = said.flatMap((first, at) =>
        JSON.stringify(first) === JSON.stringify(second[at]) ? [] : [[round[at], first, second[at]]],
      );
      expect(different).toEqual([]);
    }
    expect(valued).toBeGreaterThan(count * 0.3);
  },
);

test.each([
  ['pow(10, 1000) * 10', 'BAD_FORMULA'],
  ['pow(10, 1000)', null],
  ['pow(10, -1000) / 10', 'BAD_FORMULA'],
  ['pow(10, -1000) * pow(10, -1)', 'BAD_FORMULA'],
  ['pow(pow(10, 1000), 1000)', 'BAD_FORMULA'],
  ['pow(10, 1000) - pow(10, 1000)', null],
  ['round(1.5, -0)', null],
  ['round(1.5, 0.5)', 'BAD_FORMULA'],
  ['round(1.5, 21)', 'BAD_FORMULA'],
  ['1 +\t1', 'BAD_FORMULA'],
  ['1 +\u00a01', 'BAD_FORMULA'],
  ['  1  ', null],
  ['-115272.0412345678901234567890123456789012345678901234567890', null],
])('%j is answered alike, and never by infinity', (expression, code) => {
  expect(computed(expression)[1]).toBe(code);
  expect(computed(expression)[0] ?? '').not.toMatch(/Infinity|NaN/);
  if (hasPython)
    expect(runPython('formulas.py', [], JSON.stringify({ expression, inputs }))).toEqual([computed(expression)]);
});
