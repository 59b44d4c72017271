import fc from 'fast-check';
import { application, booking, cancellation, due, facts, other, own, reconcile } from './testing/rows';

const tonnes = fc.integer({ min: 1, max: 120_000 });
const side = fc.array(tonnes, { maxLength: 4 });
const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);

/** Rows of one enterprise, each with serial numbers of its own. */
function rowsOf(cancelled: readonly number[], booked: readonly number[], applied: readonly number[], uscc = own) {
  const serial = (at: number, number: number): string => `FIC-${uscc}-${String(at)}-${String(number).padStart(9, '0')}`;
  return [
    ...cancelled.map((qty, at) =>
      cancellation({ uscc, qty: String(qty), serialFrom: serial(at, 1), serialTo: serial(at, qty) }),
    ),
    ...booked.map((qty) => booking({ uscc, qty: String(qty) })),
    ...applied.map((qty) => application({ uscc, qty: String(qty) })),
  ];
}

describe('the year of an enterprise', () => {
  it('adds up to the tonne, and is over its cap exactly where a sum of one side is', () => {
    fc.assert(
      fc.property(side, side, side, (cancelled, booked, applied) => {
        const { rows, enterprises } = reconcile(rowsOf(cancelled, booked, applied));
        const cap = (BigInt(due) * 5n) / 100n;
        for (const [source, all] of [
          ['cancellations', cancelled],
          ['bookings', booked],
          ['applications', applied],
        ] as const) {
          const over = BigInt(sum(all)) - cap;
          const told = rows
            .filter((row) => row.source === source)
            .map(({ findings }) => findings.filter(({ kind }) => kind === 'OVER_CAP_5PCT').map((one) => one.tonnes));
          expect(told).toEqual(all.map(() => (over > 0n ? [over.toString()] : [])));
        }
        if (rows.length === 0) return;
        expect(enterprises.find(({ uscc }) => uscc === own)).toMatchObject({
          ...{ due, cap: cap.toString(), cancelled: String(sum(cancelled)) },
          ...{ booked: String(sum(booked)), applied: String(sum(applied)) },
        });
      }),
      { numRuns: 60 },
    );
  });

  it('may come to its cap exactly, and to no tonne more (administrative measures, art. 29)', () => {
    const cap = Number((BigInt(due) * 5n) / 100n);
    const over = (qty: number): number =>
      reconcile(rowsOf([], [qty], [])).rows.flatMap(({ findings }) =>
        findings.filter(({ kind }) => kind === 'OVER_CAP_5PCT'),
      ).length;
    expect([over(cap), over(cap + 1)]).toEqual([0, 1]);
  });

  it('has a form that differs where its sum is not that of the cancellations, told on both sides', () => {
    fc.assert(
      fc.property(side, fc.array(tonnes, { minLength: 1, maxLength: 4 }), (cancelled, applied) => {
        const { rows } = reconcile(rowsOf(cancelled, [], applied));
        const isSame = sum(cancelled) === sum(applied);
        for (const { source, findings } of rows) {
          const told = findings.filter(({ kind }) => kind === 'FORM_VS_CANCELLATION_MISMATCH');
          expect(told.map(({ expected }) => expected)).toEqual(
            isSame ? [] : [String(sum(source === 'applications' ? cancelled : applied))],
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is nobody else’s: rows of another enterprise change no answer of this one', () => {
    fc.assert(
      fc.property(side, side, side, side, (cancelled, booked, applied, others) => {
        const mine = rowsOf(cancelled, booked, applied);
        const ledger = [...facts, { kind: 'obligation', uscc: other, year: '2024', due: '1000' } as const];
        const alone = reconcile(mine, { ledger }).enterprises.filter(({ uscc }) => uscc === own);
        const form = applied.length > 0 ? others : [];
        const together = reconcile([...mine, ...rowsOf(others, others, form, other)], { ledger });
        expect(together.enterprises.filter(({ uscc }) => uscc === own)).toEqual(alone);
      }),
      { numRuns: 40 },
    );
  });
});
