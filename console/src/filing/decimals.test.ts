import fc from 'fast-check';
import { Decimal } from '@carbon-ledger/core';
import { columnOf, decimalText } from './decimals';

describe('numbers as people type them', () => {
  it.each([
    ['１２．８', 2, '12.80'],
    [' 1,234.5 ', 2, '1234.50'],
    ['1 234 567', 0, '1234567'],
    ['12', 0, '12'],
    ['12.345', 2, '12.345'],
    ['1,2', 2, '1,2'],
    ['12,34,567', 0, '12,34,567'],
    ['1e5', 2, '1e5'],
    ['', 2, ''],
    ['约12', 1, '约12'],
  ])('%j with %d decimals is %j', (typed, decimals, expected) => {
    expect(decimalText(typed, decimals)).toBe(expected);
  });

  it('never changes a value', () => {
    const number = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 18n }), fc.stringMatching(/^\d{0,6}$/));
    fc.assert(
      fc.property(number, fc.nat({ max: 8 }), ([whole, rest], decimals) => {
        const text = `${whole.toString()}${rest === '' ? '' : `.${rest}`}`;
        expect(new Decimal(decimalText(text, decimals)).eq(text)).toBe(true);
      }),
    );
  });

  it('reads the first column of what a spreadsheet copied', () => {
    expect(columnOf('1\t2\r\n3\t4\r\n')).toEqual(['1', '3']);
    expect(columnOf('1')).toEqual(['1']);
    expect(columnOf('1\n\n2\n')).toEqual(['1', '', '2']);
  });
});
