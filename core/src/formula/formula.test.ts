import fc from 'fast-check';
import { Decimal } from '../decimal';
import { evaluateFormula, formulaNames, parseFormula, type FormulaInputs } from '.';

const value = (text: string, inputs: FormulaInputs = {}): string => evaluateFormula(text, inputs).toFixed();
const d = (text: string): Decimal => new Decimal(text);

describe('formula grammar', () => {
  it('computes a month of the sample', () => {
    const inputs = { FC: d('115272.04'), Cad: d('62.38'), Mar: d('12.34'), Mad: d('2.84'), OF: d('99') };
    const car = evaluateFormula('round(Cad * (100 - Mar) / (100 - Mad) / 100, 4)', inputs);
    expect(car.toFixed(4)).toBe('0.5628');
    expect(value('round(FC * Car * OF / 100 * 44 / 12, 2)', { ...inputs, Car: car })).toBe('235496.63');
  });
  it('computes the peaking factor of 2023/2024', () => {
    expect(value('round(pow(1.015, 16 - 20 * F / 100), 6)', { F: d('61.11') })).toBe('1.057861');
  });
  it('keeps the usual precedence', () => {
    expect(value('2 + 3 * 4 - 6 / 2')).toBe('11');
    expect(value('-(2 + 3) * 4')).toBe('-20');
    expect(value('10 - 2 - 3')).toBe('5');
  });
  it('takes lists in sum and wavg only', () => {
    const inputs = { x: [d('1'), d('3')], w: [d('1'), d('3')] };
    expect(value('wavg(x, w)', inputs)).toBe('2.5');
    expect(() => value('x + 1', inputs)).toThrow('not a list');
    expect(() => value('wavg(x, w)', { ...inputs, w: [d('1')] })).toThrow('2 values but 1 weights');
  });
  it.each(['', '1 +', '(1', '1)', 'a.b', 'a[0]', 'f(1)', 'round(1)', '"x"', 'a = 1', '1..2', 'constructor(1)'])(
    'refuses %p',
    (text) => {
      expect(() => parseFormula(text)).toThrow(expect.objectContaining({ code: 'BAD_FORMULA' }) as Error);
    },
  );
  it('knows no name but those given, not even inherited ones', () => {
    expect(() => value('toString + 1')).toThrow('has no value');
  });
  it('refuses division by zero and deep nesting', () => {
    expect(() => value('1 / (2 - 2)')).toThrow('division by zero');
    expect(() => parseFormula('('.repeat(30) + '1' + ')'.repeat(30))).toThrow('nests at most');
  });
  it('lists the names it needs', () => {
    expect(formulaNames(parseFormula('round(FC * Car / max(a, FC), 2)'))).toEqual(['FC', 'Car', 'a']);
  });
  it('adds and multiplies as decimals do', () => {
    const number = fc
      .tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 0, max: 4 }))
      .map(([n, p]) => d(String(n)).div(d('10').pow(p)));
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        expect(value('(a + b) * c', { a, b, c })).toBe(value('a * c + b * c', { a, b, c }));
      }),
    );
  });
});
