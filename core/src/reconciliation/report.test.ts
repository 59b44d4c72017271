import fc from 'fast-check';
import { toHex, utf8Encode } from '../bytes';
import { canonicalize } from '../canonical';
import { sha256 } from '../digest';
import {
  canonicalPieces,
  findingKinds,
  reconciliationChanges,
  reconciliationReport,
  shippedReconciliationRules as rules,
  type FindingKind,
  type Reconciliation,
  type ReconciliationReport,
} from '.';
import { countAnswers } from './reconcile';
import { isClean } from './kinds';
import { booking, cancellation, reconcile } from './testing/rows';

const options = { year: '2024', asOf: '2025-12-20', rules };
const file = { source: 'bookings', name: 'b.xlsx', sha256: 'a'.repeat(64), rows: 1 } as const;
const report = (found: Reconciliation, change: Partial<typeof options> = {}): ReconciliationReport =>
  reconciliationReport({ ...options, ...change }, [file], { facts: 3 }, found);

describe('the canonical text of a report', () => {
  it('is the same piece by piece as at once', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((one) => one !== '__proto__');
    const leaf = fc.oneof(text, fc.maxSafeInteger(), fc.boolean(), fc.constant(null));
    const member = fc.oneof(leaf, fc.array(fc.oneof(leaf, fc.array(leaf))), fc.dictionary(text, fc.array(leaf)));
    fc.assert(
      fc.property(fc.dictionary(text, member), (value) => {
        expect([...canonicalPieces(value)].join('')).toBe(canonicalize(value));
      }),
      { numRuns: 200 },
    );
  });

  it.each([0, 1, 499, 500, 501, 1000, 1001])('is so too where a list has %d members', (length) => {
    const value = { b: Array.from({ length }, (_, at) => ({ at, text: '文' })), a: length };
    expect([...canonicalPieces(value)].join('')).toBe(canonicalize(value));
  });
});

describe('the digest of a report', () => {
  const found = reconcile([cancellation(), booking()]);

  it('is that of everything above it', () => {
    const { digest, ...body } = report(found);
    expect(digest).toBe(`sha256:${toHex(sha256(utf8Encode(canonicalize(body))))}`);
  });

  it('is another one for another day, year, rule, file, ledger or answer', () => {
    const digests = [
      report(found),
      report(found, { asOf: '2025-12-21' }),
      report(found, { year: '2023' }),
      report(found, { rules: { ...rules, bookingDays: rules.bookingDays + 1 } }),
      reconciliationReport(options, [], { facts: 3 }, found),
      reconciliationReport(options, [{ ...file, sha256: 'b'.repeat(64) }], { facts: 3 }, found),
      reconciliationReport(options, [file], null, found),
      reconciliationReport(options, [file], { facts: 4 }, found),
      report({ ...found, rows: found.rows.slice(1) }),
    ].map(({ digest }) => digest);
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('adds up all enterprises, beyond what a double can hold', () => {
    const one = { uscc: 'x', name: '', year: '2024', due: null, cap: null, kinds: {} };
    const big = { applied: '9007199254740993', cancelled: '1', booked: '0' };
    const { totals } = report({
      rows: [],
      enterprises: [
        { ...one, ...big },
        { ...one, ...big },
      ],
    });
    expect(totals).toMatchObject({ applied: '18014398509481986', cancelled: '2', booked: '0', isClean: true });
  });
});

describe('answers', () => {
  const names = Object.keys(findingKinds) as FindingKind[];

  it.each(names)('%s alone is clean exactly where it weighs nothing', (kind) => {
    expect(isClean([kind])).toBe(['none', 'info'].includes(findingKinds[kind].severity));
    expect(isClean(['MATCHED', kind])).toBe(isClean([kind]));
  });

  it('are counted once a row, however often a row says it', () => {
    const [row] = reconcile([cancellation()]).rows;
    fc.assert(
      fc.property(fc.array(fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 4 })), (all) => {
        const rows =
          row === undefined ? [] : all.map((kinds) => ({ ...row, findings: kinds.map((kind) => ({ kind })) }));
        const { kinds, isClean: clean } = countAnswers(rows);
        for (const kind of names) expect(kinds[kind] ?? 0).toBe(all.filter((one) => one.includes(kind)).length);
        expect(Object.keys(kinds)).toEqual(Object.keys(kinds).sort());
        expect(clean).toBe(all.every((one) => isClean(one)));
      }),
    );
  });
});

describe('changes from one run to the next', () => {
  const quantity = fc.constantFrom('1', '2', '3');
  const run = fc
    .tuple(fc.array(quantity, { maxLength: 3 }), fc.array(quantity, { maxLength: 3 }))
    .map(([cancelled, booked]) =>
      reconcile([...cancelled.map((qty) => cancellation({ qty })), ...booked.map((qty) => booking({ qty }))]),
    );

  it('are none to itself, and the same the other way round', () => {
    fc.assert(
      fc.property(run, run, (before, now) => {
        expect(reconciliationChanges(now, now)).toEqual([]);
        const there = reconciliationChanges(before, now);
        const back = reconciliationChanges(now, before).map(({ identity, ...one }) => ({
          ...{ identity, before: one.now, now: one.before },
        }));
        expect(back).toEqual(there);
        for (const one of there) expect(one.before).not.toEqual(one.now);
      }),
      { numRuns: 60 },
    );
  });

  it('do not depend on where in a file a row stands', () => {
    fc.assert(
      fc.property(run, (found) => {
        const moved = { rows: [...found.rows].reverse().map((row) => ({ ...row, row: row.row + 100, file: 'x' })) };
        expect(reconciliationChanges(found, moved)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
