import fc from 'fast-check';
import { recordTypes } from '../rulebook';
import { freezeEntry, frozenBy } from './heads';
import type { Head, HeadBucket } from './kinds';

const hex = (digit: string): string => digit.repeat(64);
const entry = fc
  .tuple(fc.constantFrom('2024', '2024-01', '-'), fc.constantFrom('monthly-evidence', 'annual-report', 'review.A1'))
  .map((parts) => parts.join('/'));
const head: fc.Arbitrary<Head> = fc.oneof(
  fc.record({ v: fc.integer({ min: 1, max: 9 }), r: fc.constant(hex('a')) }),
  fc.record({
    v: fc.integer({ min: 1, max: 9 }),
    r: fc.constant(hex('b')),
    s: fc.constantFrom('w' as const, 'o' as const),
  }),
);
const heads: fc.Arbitrary<HeadBucket> = fc.dictionary(entry, head, { maxKeys: 6 });
const inspection = fc.constantFrom('1', '2', '3', 'c', 'f').map(hex);

describe('a bucket of heads', () => {
  it('is frozen by no record of a party, however many it holds and however they stand', () => {
    fc.assert(fc.property(heads, (bucket) => frozenBy(bucket) === undefined));
  });

  it('is frozen by an inspection until that one let go, whatever stands beside it', () => {
    fc.assert(
      fc.property(heads, inspection, fc.constantFrom('w' as const, 'o' as const), (bucket, by, ended) => {
        const frozen = { ...bucket, [freezeEntry(by)]: { v: 1, r: by } };
        expect(frozenBy(frozen)).toBe(by);
        expect(frozenBy({ ...frozen, [freezeEntry(by)]: { v: 2, r: by, s: ended } })).toBeUndefined();
      }),
    );
  });

  it('stays frozen until the last of several inspections let go', () => {
    fc.assert(
      fc.property(heads, fc.uniqueArray(inspection, { minLength: 2, maxLength: 5 }), fc.nat(), (bucket, all, pick) => {
        const last = all[pick % all.length] ?? '';
        const frozen = Object.fromEntries(
          all.map((by) => [freezeEntry(by), by === last ? { v: 1, r: by } : { v: 1, r: by, s: 'w' as const }]),
        );
        expect(frozenBy({ ...frozen, ...bucket })).toBe(last);
      }),
    );
  });

  it('tells one inspection from another', () => {
    const names = ['1', '2', '3', 'c', 'f'].map((digit) => freezeEntry(hex(digit)));
    expect(new Set(names).size).toBe(names.length);
  });

  it('has for a freeze an entry that no type of record could have', () => {
    expect(freezeEntry(hex('a'))).toBe(`-/frozen-${'a'.repeat(16)}`);
    const kinds = Object.keys(recordTypes);
    expect(kinds.filter((kind) => kind.startsWith('frozen-'))).toEqual([]);
    const bucket = Object.fromEntries(kinds.map((kind) => [`-/${kind}`, { v: 1, r: hex('a') }]));
    expect(frozenBy(bucket)).toBeUndefined();
  });
});
