import fc from 'fast-check';
import { reconciliationReport, shippedReconciliationRules, type LedgerFact, type Reconciliation, type Source } from '.';
import { booking, cancellation, due, facts, kindsOf, other, own, reconcile, row } from './testing/rows';

/** Every way to pair both sides; the best has most pairs of equal quantity, then most pairs. */
function bruteForce(cancelled: readonly number[], booked: readonly number[]): { equal: number; pairs: number } {
  const [first, ...rest] = cancelled;
  if (first === undefined) return { equal: 0, pairs: 0 };
  const options = booked.map((qty, at) => {
    const { equal, pairs } = bruteForce(rest, [...booked.slice(0, at), ...booked.slice(at + 1)]);
    return { equal: equal + Number(qty === first), pairs: pairs + 1 };
  });
  const all = [bruteForce(rest, booked), ...options];
  return all.reduce((best, one) =>
    one.equal > best.equal || (one.equal === best.equal && one.pairs > best.pairs) ? one : best,
  );
}

describe('over all inputs', () => {
  const quantities = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 5 });

  it('finds as many equal pairs as any pairing could', () => {
    fc.assert(
      fc.property(quantities, quantities, (cancelled, booked) => {
        const rows = [
          ...cancelled.map((qty) =>
            row('cancellations', {
              uscc: own,
              projectRef: 'A',
              qty: String(qty),
              purpose: 'national-offset',
              cancelledOn: '2025-12-02',
            }),
          ),
          ...booked.map((qty) => booking({ qty: String(qty) })),
        ];
        const answers = reconcile(rows).rows;
        const count = (source: Source, kind: string): number =>
          answers.filter((one) => one.source === source && kindsOf(one).includes(kind)).length;
        const { equal, pairs } = bruteForce(cancelled, booked);
        expect([count('cancellations', 'MATCHED'), count('bookings', 'MATCHED')]).toEqual([equal, equal]);
        expect(count('bookings', 'QUANTITY_MISMATCH')).toBe(pairs - equal);
        expect(count('cancellations', 'MISSING_IN_ALLOWANCE_REGISTRY')).toBe(cancelled.length - pairs);
        expect(count('bookings', 'MISSING_IN_VOLUNTARY_REGISTRY')).toBe(booked.length - pairs);
      }),
      { numRuns: 60 },
    );
  });

  const range = fc.record({
    block: fc.constantFrom('FIC-A-', 'fic a ', 'FIC-B-'),
    from: fc.integer({ min: 1, max: 30 }),
    length: fc.integer({ min: 1, max: 12 }),
    enterprise: fc.constantFrom(own, other),
  });

  it('finds every overlap of serial numbers, in files and on the ledger, as a comparison of all with all does', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 8 }), fc.array(range, { maxLength: 6 }), (inFile, onLedger) => {
        const serials = ({ block, from, length }: { block: string; from: number; length: number }) => {
          const text = (number: number): string => `${block.replace(/ /g, '-')}${String(number).padStart(6, '0')}`;
          return { serialFrom: text(from), serialTo: text(from + length - 1), qty: String(length) };
        };
        const ledger = onLedger.map((one, at): LedgerFact => ({
          kind: 'cancellation',
          record: `rec:${String(at)}`,
          uscc: one.enterprise,
          year: '2021',
          project: 'A',
          ...serials(one),
        }));
        const rows = inFile.map((one) => cancellation({ uscc: one.enterprise, ...serials(one) }));
        const answers = reconcile(rows, { ledger: [...facts, ...ledger] }).rows;
        const overlaps = (one: (typeof inFile)[number], two: (typeof inFile)[number]): boolean =>
          (one.block === 'FIC-B-') === (two.block === 'FIC-B-') &&
          one.from < two.from + two.length &&
          two.from < one.from + one.length;
        inFile.forEach((one, at) => {
          const expected =
            inFile.filter((two, index) => index !== at && overlaps(one, two)).length +
            onLedger.filter((two) => overlaps(one, two)).length;
          expect(answers[at]?.findings.filter(({ kind }) => kind === 'SERIAL_OVERLAP')).toHaveLength(expected);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('gives every row the same answer whatever the order of rows and facts, and the same bytes for the same', () => {
    const values = fc.record({
      uscc: fc.constantFrom(own, other),
      projectRef: fc.constantFrom('A', 'B'),
      qty: fc.constantFrom('1', '2', '300000'),
      account: fc.constantFrom('FIC-CCER-0000001', 'X'),
      cancelledOn: fc.constantFrom('2025-12-02', '2026-01-04'),
      bookedOn: fc.constantFrom('2025-12-02', '2025-12-09'),
      purpose: fc.constantFrom('national-offset', 'voluntary'),
      serialFrom: fc.constantFrom('S1', 'S2', 'S7'),
      registeredOn: fc.constantFrom('2016-01-01', '2018-01-01', '2024-03-01'),
      obligation_t: fc.constantFrom(due, '1'),
    });
    const anyRow = fc.record({
      source: fc.constantFrom('cancellations' as const, 'bookings' as const, 'applications' as const),
      values,
    });
    fc.assert(
      fc.property(
        fc.array(anyRow, { maxLength: 10 }).chain((rows) =>
          fc.tuple(
            fc.constant(rows),
            fc.shuffledSubarray(
              rows.map((_, at) => at),
              { minLength: rows.length },
            ),
          ),
        ),
        ([rows, order]) => {
          const made = rows.map((one, at) =>
            row(one.source, { ...one.values, serialTo: one.values.serialFrom }, at + 1),
          );
          const straight = reconcile(made);
          const shuffled = reconcile(
            order.flatMap((at) => made[at] ?? []),
            { ledger: [...facts].reverse() },
          );
          expect(shuffled).toEqual(straight);
          const report = (one: Reconciliation): string =>
            reconciliationReport({ year: '2024', asOf: '2025-12-20', rules: shippedReconciliationRules }, [], null, one)
              .digest;
          expect(report(shuffled)).toBe(report(straight));
        },
      ),
      { numRuns: 80 },
    );
  });
});
