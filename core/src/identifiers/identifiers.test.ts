import fc from 'fast-check';
import {
  isUscc,
  parseBusinessKey,
  parseFigureAddress,
  parseSerialRange,
  rangesOverlap,
  serialCount,
  serialKey,
} from '.';

describe('unified social credit code', () => {
  it.each([
    '91350100M000100Y43',
    '9144030071526726XG',
    '91330100799655058B',
    '914403001922038216',
    '91140000MA0FAKE01X',
  ])('accepts %s', (code) => {
    expect(isUscc(code)).toBe(true);
  });
  it('rejects every change of one character', () => {
    const code = '91350100M000100Y43';
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 17 }),
        fc.constantFrom(...Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY')),
        (at, letter) => {
          fc.pre(code.charAt(at) !== letter);
          expect(isUscc(code.slice(0, at) + letter + code.slice(at + 1))).toBe(false);
        },
      ),
    );
  });
});

describe('business keys and figure addresses', () => {
  it('reads a figure address', () => {
    const address = '91140000MA0FAKE01X/U2/2024-09/monthly-evidence#emission_tCO2';
    expect(parseFigureAddress(address)).toEqual({
      key: '91140000MA0FAKE01X/U2/2024-09/monthly-evidence',
      figure: 'emission_tCO2',
    });
  });
  it.each(['', 'x', '91140000MA0FAKE01X/U2/2024-13/monthly-evidence', '91140000MA0FAKE01X/../2024/annual-report'])(
    'refuses the key %p',
    (key) => {
      expect(() => parseBusinessKey(key)).toThrow(expect.objectContaining({ code: 'BAD_FIGURE_ADDRESS' }) as Error);
    },
  );
});

describe('serial ranges', () => {
  it('counts both ends', () => {
    expect(serialCount(parseSerialRange('FIC-A-000000001', 'FIC-A-000045000'))).toBe(45_000n);
  });
  it('refuses two blocks and a reversed range', () => {
    expect(() => parseSerialRange('A-001', 'B-002')).toThrow('not of one block');
    expect(() => parseSerialRange('A-002', 'A-001')).toThrow('lies before');
  });
  it('takes one block in any spelling, and numbers with any count of zeros', () => {
    const one = parseSerialRange('FIC-A-000000001', 'FIC-A-000000009');
    const other = parseSerialRange('ficA-5', 'fic-A-7');
    expect(other.block).toBe(one.block);
    expect(rangesOverlap(one, other)).toBe(true);
  });
  it('reads every serial number that a record can hold, and no longer one', () => {
    const long = 'CN-CCER-01-002-V01-146784870000000000-24000000001';
    expect(parseSerialRange(long, long).from).toBe(24_000_000_001n);
    const digits = '9'.repeat(60);
    expect(parseSerialRange(digits, digits)).toEqual({ block: '', from: BigInt(digits), to: BigInt(digits) });
    expect(() => parseSerialRange(`${digits}1`, `${digits}2`)).toThrow('not a CCER serial number');
  });
  it.each(['', 'A', 'A-１', 'A-1 ', '\u200bA-1', 'A_1'])('refuses %j', (serial) => {
    expect(() => parseSerialRange(serial, serial)).toThrow('not a CCER serial number');
  });
  it('overlaps exactly when a number is in both', () => {
    const range = fc
      .tuple(fc.nat(60), fc.nat(20))
      .map(([from, length]) => ({ block: 'B', from: BigInt(from), to: BigInt(from + length) }));
    const numbers = (r: { from: bigint; to: bigint }): bigint[] =>
      Array.from({ length: Number(r.to - r.from) + 1 }, (_, i) => r.from + BigInt(i));
    fc.assert(
      fc.property(range, range, (one, other) => {
        const shared = numbers(one).some((n) => numbers(other).includes(n));
        expect(rangesOverlap(one, other)).toBe(shared);
      }),
    );
  });
  it('keeps number order in text order', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 60n - 1n }),
        fc.bigInt({ min: 0n, max: 10n ** 60n - 1n }),
        (a, b) => {
          expect(serialKey(a) < serialKey(b)).toBe(a < b);
        },
      ),
    );
  });
});
