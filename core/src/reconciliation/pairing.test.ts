import fc from 'fast-check';
import type { InputRow, RowAnswer } from '.';
import { booking, cancellation, kindsOf, other, own, reconcile } from './testing/rows';

const finding = ({ findings }: RowAnswer, kind: string): unknown => findings.find((one) => one.kind === kind);

/** The two answers about a cancellation and a booking. */
function both(one: InputRow, two: InputRow, asOf = '2025-12-20'): readonly [RowAnswer, RowAnswer] {
  const [first, second] = reconcile([one, two], { asOf }).rows;
  if (first === undefined || second === undefined) throw new Error('two rows were given');
  return [first, second];
}

describe('the days of a pair', () => {
  it.each([
    ['2025-12-01', 'BOOKED_BEFORE_CANCELLED', 'critical'],
    ['2025-12-02', 'MATCHED', 'none'],
    ['2025-12-03', 'MATCHED', 'none'],
    ['2025-12-04', 'BOOKED_LATE', 'warn'],
  ])('cancelled on 2025-12-02, booked on %s: %s', (bookedOn, kind, severity) => {
    const [first, second] = both(cancellation(), booking({ bookedOn }));
    expect([kindsOf(first), first.severity]).toEqual([['MATCHED'], 'none']);
    expect([kindsOf(second), second.severity]).toEqual([[kind], severity]);
    if (kind !== 'MATCHED')
      expect(finding(second, kind)).toMatchObject({ found: bookedOn, other: { value: '2025-12-02' } });
  });

  it.each([
    ['2025-11-30', '2025-12-01', 'MATCHED'],
    ['2024-02-28', '2024-03-01', 'BOOKED_LATE'],
    ['2025-02-28', '2025-03-01', 'MATCHED'],
  ])('are counted by the calendar: %s to %s', (cancelledOn, bookedOn, kind) => {
    expect(kindsOf(both(cancellation({ cancelledOn }), booking({ bookedOn }))[1])).toContain(kind);
  });
});

describe('a booking that names a cancellation', () => {
  const numbered = (more: Record<string, string>): InputRow => booking({ cancellationNo: 'N-1', ...more });

  it('of another project has none of its own in the registry', () => {
    const [, second] = both(cancellation({ cancellationNo: 'N-1' }), numbered({ projectRef: 'B' }));
    expect(finding(second, 'MISSING_IN_VOLUNTARY_REGISTRY')).toMatchObject({ found: 'B', other: { value: 'A' } });
  });

  it('of another enterprise is bound to somebody else', () => {
    const [, second] = both(cancellation({ cancellationNo: 'N-1' }), numbered({ uscc: other }));
    expect(finding(second, 'ACCOUNT_BINDING_MISMATCH')).toMatchObject({ found: other, other: { value: own } });
  });

  it('that is there is paired with nothing else, also where all the rest is the same', () => {
    const rows = reconcile([
      cancellation({ cancellationNo: 'N-1', qty: '7', serialTo: 'FIC-A-000000007' }),
      cancellation({ cancellationNo: 'N-2', serialFrom: 'FIC-B-1', serialTo: 'FIC-B-2', qty: '2' }),
      numbered({ qty: '2' }),
    ]).rows;
    expect(rows.map(({ counterpart }) => counterpart?.value)).toEqual(['2', undefined, '7']);
    expect(rows.map((row) => finding(row, 'QUANTITY_MISMATCH') !== undefined)).toEqual([true, false, true]);
  });
});

describe('a cancellation that nobody booked', () => {
  it.each([
    ['2025-12-31', '2026-01-01', 'AWAITING_BOOKING', 'info'],
    ['2025-12-30', '2025-12-31', 'AWAITING_BOOKING', 'info'],
    ['2025-12-29', '2025-12-31', 'MISSING_IN_ALLOWANCE_REGISTRY', 'warn'],
    ['2025-12-30', '2026-01-01', 'MISSING_IN_ALLOWANCE_REGISTRY', 'critical'],
  ])('on %s is seen on %s as %s, %s', (cancelledOn, asOf, kind, severity) => {
    const [first] = reconcile([cancellation({ cancelledOn })], { asOf }).rows;
    expect([first?.severity, first && kindsOf(first)]).toEqual([severity, [kind]]);
    expect(first && finding(first, kind)).toMatchObject({ found: '45000', tonnes: '45000' });
  });
});

describe('pairs', () => {
  const side = fc.record({
    uscc: fc.constantFrom(own, other),
    projectRef: fc.constantFrom('A', 'a', 'B'),
    qty: fc.constantFrom('1', '2', '3'),
    number: fc.option(fc.constantFrom('N-1', 'N-2', 'n 1'), { nil: undefined }),
  });
  const made = ({
    number,
    ...values
  }: {
    uscc: string;
    projectRef: string;
    qty: string;
    number: string | undefined;
  }) => ({
    ...values,
    ...(number === undefined ? {} : { cancellationNo: number }),
  });

  it('are of one row of each side, each naming the other, and a row is free or paired, never both', () => {
    fc.assert(
      fc.property(fc.array(side, { maxLength: 6 }), fc.array(side, { maxLength: 6 }), (cancelled, booked) => {
        const { rows } = reconcile([
          ...cancelled.map((one) => cancellation(made(one))),
          ...booked.map((one) => booking(made(one))),
        ]);
        const named = new Map(rows.map((row) => [`${row.file} ${String(row.row)}`, row]));
        for (const row of rows) {
          const { counterpart } = row;
          const isFree = kindsOf(row).includes('MISSING_IN_ALLOWANCE_REGISTRY');
          if (row.source === 'cancellations') expect(isFree).toBe(counterpart === undefined);
          if (counterpart === undefined) continue;
          const back = named.get(`${String(counterpart.file)} ${String(counterpart.row)}`);
          expect(back?.source).not.toBe(row.source);
          expect(back?.counterpart).toMatchObject({ file: row.file, row: row.row, value: row.qty });
          const isEqual = back?.qty === row.qty;
          expect(kindsOf(row).includes('QUANTITY_MISMATCH')).toBe(!isEqual);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('leave no two free rows about the same enterprise and project, where no number is given', () => {
    const plain = side.map((one) => ({ ...one, number: undefined }));
    const about = ({ uscc, project }: RowAnswer): string => `${uscc} ${project.toUpperCase()}`;
    fc.assert(
      fc.property(fc.array(plain, { maxLength: 6 }), fc.array(plain, { maxLength: 6 }), (cancelled, booked) => {
        const { rows } = reconcile([
          ...cancelled.map((one) => cancellation(made(one))),
          ...booked.map((one) => booking(made(one))),
        ]);
        const free = rows.filter(({ counterpart }) => counterpart === undefined);
        const left = new Set(free.filter(({ source }) => source === 'cancellations').map(about));
        expect(free.filter((row) => row.source === 'bookings' && left.has(about(row)))).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });
});
