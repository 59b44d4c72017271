import fc from 'fast-check';
import { mayHold } from './text-search';

const signs = fc.constantFrom(
  ...Array.from('aAkKiIßſ.*[-\\"/7{ 样品破损、（ＡａöÖ'),
  '\u212a',
  '\u0130',
  '\u0131',
  '\u0307',
  'Σ',
  'ς',
);
const texts = fc.string({ unit: signs, maxLength: 12 });

describe('whether a text may hold another', () => {
  it('is never denied where it does, whatever the capitals', () => {
    fc.assert(
      fc.property(texts, texts, texts, (before, wanted, behind) => {
        const text = before + wanted + behind;
        for (const one of [wanted, wanted.toUpperCase(), wanted.toLowerCase()])
          if (text.toLowerCase().includes(one.toLowerCase())) expect(mayHold(one)(text)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['G3-2024', 's-g3-2024-03', true],
    ['g3.2024', 's-g3-2024-03', false],
    ['样品', '月缩分样', false],
    ['破损', '样品破损', true],
    ['nowhere', '{"no":"where"}', false],
    ['kelvin', '\u212aELVIN', true],
    ['Ö', 'öl', true],
  ])('%s in %s', (wanted, text, may) => {
    expect(mayHold(wanted)(text)).toBe(may);
  });
});
