import fc from 'fast-check';
import { quantityOf } from './quantity';

/** Written as people group digits, in other widths, in hex, with what is not seen: no unit stands there. */
const misread = ['115 272.04', '115，272.04', '115272．04', '0x1C248', '115272.04\u200b', '1 (t)', '5 １'];

describe('a figure as somebody writes it', () => {
  it.each([
    ['115272.04', '115272.04', ''],
    ['115272040 kg', '115272040', 'kg'],
    ['11.53 10^4t', '11.53', '10^4t'],
    ['13.36%', '13.36', '%'],
    ['-1.20 GJ/t', '-1.20', 'GJ/t'],
    ['21.496吉焦/吨', '21.496', '吉焦/吨'],
  ])('%s is %s in %s', (text, value, unit) => {
    expect(quantityOf(text)).toEqual({ value, unit });
  });

  it.each(['1,000 t', '1e3', '01 t', '.5 t', '', ' 1 t', '1.', '1 ', 't', `1 ${'t'.repeat(200)}`, ...misread])(
    '%j is no number with a unit and is left as it is',
    (text) => {
      expect(quantityOf(text)).toEqual({ value: text, unit: '' });
    },
  );

  it('keeps every text whole', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const { value, unit } = quantityOf(text);
        expect(text.startsWith(value) && text.endsWith(unit)).toBe(true);
      }),
    );
  });
});
