import fc from 'fast-check';
import { codeOf } from '../../../test/support/code-of';
import { assertUscc, isUscc, usccCheckDigit } from '.';

const alphabet = Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY');
const first17 = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 17, maxLength: 17 });

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
      fc.property(first17, fc.integer({ min: 0, max: 15 }), (code, at) => {
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

  it('that is wrong by its last character is told the right one', () => {
    expect(() => {
      assertUscc('91350100M000100Y44');
    }).toThrow('its check digit would be 3');
    expect(() => {
      assertUscc('x');
    }).not.toThrow('check digit');
  });
});
