import fc from 'fast-check';
import type { Cell } from '../model';
import { readDecimal } from './decimal';

const cell = (text: string, kind: Cell['kind'] = 'number', more: Partial<Cell> = {}): Cell => ({
  row: 1,
  column: 1,
  kind,
  text,
  ...more,
});
const read = (text: string, decimals = 2, unit = 't'): unknown => readDecimal(cell(text, 'text'), { decimals, unit });
const number = (text: string, decimals = 2): unknown => readDecimal(cell(text), { decimals });

describe('a number of a cell', () => {
  it('is the one that was typed, although the file holds the binary one in 17 digits', () => {
    expect(number('1.1000000000000001')).toEqual({ value: '1.10' });
    expect(number('115272.03999999999')).toEqual({ value: '115272.04' });
    expect(number('1.152720400000E5')).toEqual({ value: '115272.04' });
    expect(number('5')).toEqual({ value: '5.00' });
  });

  it('is taken with the unit of its column behind it, by symbol or by its Chinese name', () => {
    expect(read('12,345.6 吨')).toEqual({ value: '12345.60' });
    expect(read('１２ｔ')).toEqual({ value: '12.00' });
    expect(read('3吨', 2, 'tCO2')).toEqual({ value: '3.00' });
    expect(read('21.5吉焦/吨', 3, 'GJ/t')).toEqual({ value: '21.500' });
    expect(read('3公斤', 2, 'kg')).toEqual({ value: '3.00' });
    expect(read('1.2万吨')).toMatchObject({ fault: 'WRONG_UNIT' });
  });

  it('is refused beyond the decimals of the rule, with what it would round to', () => {
    expect(number('0.30000000000000004')).toMatchObject({ fault: 'CELL_ROUNDING', expected: '0.30' });
    expect(number('2.675')).toMatchObject({ fault: 'CELL_ROUNDING', expected: '2.68' });
    expect(number('-2.675')).toMatchObject({ fault: 'CELL_ROUNDING', expected: '-2.68' });
  });

  it('keeps every number with at most 15 digits, whatever binary number stands for it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -999_999_999, max: 999_999_999 }),
        fc.integer({ min: 0, max: 6 }),
        (digits, decimals) => {
          const sign = digits < 0 ? '-' : '';
          const all = String(Math.abs(digits)).padStart(decimals + 1, '0');
          const whole = decimals === 0 ? all : `${all.slice(0, -decimals)}.${all.slice(-decimals)}`;
          const typed = digits === 0 ? whole : sign + whole;
          const saved = Number(typed).toPrecision(17);
          expect(readDecimal(cell(saved), { decimals })).toEqual({ value: typed });
          expect(readDecimal(cell(typed, 'text'), { decimals })).toEqual({ value: typed });
          // Written as it will be told, it is told as it stands: to the same as a number that must be put into that form.
          expect(readDecimal(cell(` ${typed}`, 'text'), { decimals })).toEqual({ value: typed });
        },
      ),
    );
  });

  it('is never a day, a truth value or a percentage', () => {
    const rule = { decimals: 2, unit: '%' };
    expect(readDecimal(cell('45000', 'number', { shownAs: 'date' }), rule)).toMatchObject({
      fault: 'CELL_NOT_A_NUMBER',
    });
    expect(readDecimal(cell('1', 'boolean'), rule)).toMatchObject({ fault: 'CELL_NOT_A_NUMBER' });
    expect(readDecimal(cell('0.1336', 'number', { shownAs: 'percent' }), rule)).toMatchObject({
      fault: 'WRONG_UNIT',
      expected: '13.36 in a cell formatted as a number',
    });
  });
});

describe('a number written as text', () => {
  it.each([
    ['１１５，２７２．０４', '115272.04'],
    ['115,272.04', '115272.04'],
    ['1,234,567.8', '1234567.80'],
    [' 21.50 t ', '21.50'],
    ['−3.5', '-3.50'],
    ['+3.5', '3.50'],
    ['007', '7.00'],
    ['-0', '0.00'],
  ])('%s is read', (text, value) => {
    expect(read(text)).toEqual({ value });
  });

  it.each([
    '',
    '-',
    '12,34',
    '1,2345',
    '1.2.3',
    '约12',
    '12-13',
    '0x10',
    'Infinity',
    'NaN',
    '#N/A',
    '１２３４５６７８９０１２３４５６７８９０１２３４５６７８９０１',
    '1 000',
  ])('%s is no number', (text) => {
    expect(read(text)).toMatchObject({ fault: expect.stringMatching(/CELL_NOT_A_NUMBER|WRONG_UNIT/) as string });
  });

  it('is not looked for in a text as long as a page', () => {
    expect(read(`1${' '.repeat(100_000)}x\ny`)).toMatchObject({ fault: 'CELL_NOT_A_NUMBER' });
  });

  it('is refused in another unit', () => {
    expect(read('21.50 kg')).toMatchObject({ fault: 'WRONG_UNIT', expected: 't' });
    expect(read('21.50 万吨')).toMatchObject({
      fault: 'WRONG_UNIT',
      message: '"21.50 万吨" is in 万吨: 1 10^4t is 10000 t, so 21.5 10^4t is 215000 t',
    });
    expect(read('21.50 吉焦')).toMatchObject({ fault: 'WRONG_UNIT', message: '"21.50 吉焦" is in 吉焦' });
    expect(read('5139.76 千卡/千克', 3, 'GJ/t')).toMatchObject({
      message: expect.stringContaining('so 5139.76 kcal/kg is 21.519147168 GJ/t') as string,
    });
  });
});
