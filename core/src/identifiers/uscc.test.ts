import fc from 'fast-check';
import { codeOf } from '../../../test/support/code-of';
import { assertUscc, isUscc, usccCheckDigit } from '.';

const alphabet = Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY');
const some = (length: number, from = alphabet): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...from), minLength: length, maxLength: length });
const divisions = ['100000', '110000', '140600', '440300', '540102', '650100', '659001', '810000'];
/** Department and kind, division, organisation. */
const first17 = fc
  .tuple(some(1, Array.from('123456789ANY')), some(1, Array.from('123456789')), fc.constantFrom(...divisions), some(9))
  .map((parts) => parts.join(''))
  .filter((code) => !code.endsWith('000000000'));

/** GB 32100 once more: the sum of all eighteen values, weighted by powers of three, is a multiple of 31. */
function isRight(code: string): boolean {
  const sum = Array.from(code).reduce(
    (total, letter, at) => total + BigInt(alphabet.indexOf(letter)) * 3n ** BigInt(at < 17 ? at : 0),
    0n,
  );
  return sum % 31n === 0n;
}

describe('a unified social credit code', () => {
  it('ends in the one check digit that makes its sum right', () => {
    fc.assert(
      fc.property(first17, (code) => {
        const right = alphabet.filter((letter) => isRight(code + letter));
        expect(right).toEqual([usccCheckDigit(code)]);
        for (const letter of alphabet) expect(isUscc(code + letter)).toBe(letter === right[0]);
      }),
    );
  });

  it('finds out any two neighbours that were exchanged', () => {
    fc.assert(
      fc.property(first17, fc.integer({ min: 8, max: 15 }), (code, at) => {
        const [a = '', b = ''] = [code[at], code[at + 1]];
        fc.pre(a !== b);
        const whole = code + usccCheckDigit(code);
        expect(isUscc(whole.slice(0, at) + b + a + whole.slice(at + 2))).toBe(false);
      }),
    );
  });

  it.each([
    '',
    '9135010',
    '91350100M000100Y4',
    '91350100M000100Y433',
    '91350100m000100y43',
    '91350100M000100Y4３',
    ' 91350100M000100Y43',
    '91350100M000I00Y43',
    '91350100MO00100Y43',
  ])('is not %j', (code) => {
    expect(isUscc(code)).toBe(false);
    expect(
      codeOf(() => {
        assertUscc(code);
      }),
    ).toBe('BAD_USCC');
  });

  it.each([
    ['0'.repeat(17), 'department'],
    ['01140000MA0FAKE01', 'department'],
    ['90140000MA0FAKE01', 'department'],
    ['91000000MA0FAKE01', '000000 is no administrative division'],
    ['91990000MA0FAKE01', '990000 is no administrative division'],
    ['91160000MA0FAKE01', '160000 is no administrative division'],
    ['91140001MA0FAKE01', '140001 is no administrative division'],
    ['9114000000000000', 'organisation code'],
  ])('is not %s with the right check digit: its %s', (start, words) => {
    const code = start.padEnd(17, '0');
    const whole = code + usccCheckDigit(code);
    expect(isRight(whole)).toBe(true);
    expect(isUscc(whole)).toBe(false);
    expect(() => {
      assertUscc(whole);
    }).toThrow(words);
  });

  it('that is wrong by its last character is told the right one', () => {
    expect(() => {
      assertUscc('91350100M000100Y44');
    }).toThrow('its check digit would be 3');
    expect(() => {
      assertUscc('x');
    }).not.toThrow('check digit');
  });
});
