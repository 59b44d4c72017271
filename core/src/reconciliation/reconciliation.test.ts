import sample from '../../../scripts/sample/sample-plant.json';
import { findingKinds, reconciliationChanges, type InputRow, type LedgerFact } from '.';
import { application, booking, cancellation, facts, kinds, kindsOf, other, own, reconcile, row } from './testing/rows';

/** The rows that show a case of the sample; the numbers are the sample's own. */
const cases: Readonly<Record<string, () => { rows: InputRow[]; asOf?: string }>> = {
  C01: () => ({ rows: [cancellation(), booking()] }),
  C02: () => ({
    rows: [
      cancellation({
        projectRef: 'B',
        serialFrom: 'FIC-B-000000001',
        serialTo: 'FIC-B-000015000',
        qty: '15000',
        cancelledOn: '2025-12-05',
      }),
    ],
  }),
  C03: () => ({ rows: [booking({ projectRef: 'B', qty: '15000', bookedOn: '2025-12-05' })] }),
  C04: () => ({ rows: [cancellation(), booking({ qty: '54000' })] }),
  C05: () => ({
    rows: [
      cancellation(),
      booking(),
      cancellation({
        uscc: other,
        account: 'X',
        serialFrom: 'FIC-A-000040001',
        serialTo: 'FIC-A-000050000',
        qty: '10000',
      }),
    ],
  }),
  C06: () => ({
    rows: [
      application({ qty: '207318' }),
      cancellation({ qty: '207318', serialTo: 'FIC-A-000207318' }),
      booking({ qty: '207318' }),
    ],
  }),
  C07: () => ({ rows: [cancellation({ facility: '91140000MA0FAKE01X001P-MF0003' }), booking()] }),
  C08: () => ({
    rows: [cancellation({ cancelledOn: '2026-01-04' }), booking({ bookedOn: '2026-01-04' })],
    asOf: '2026-01-04',
  }),
  C09: () => ({ rows: [cancellation({ registeredOn: '2017-02-01' }), booking()] }),
  C10: () => ({ rows: [cancellation({ purpose: 'voluntary' }), booking()] }),
  C11: () => ({ rows: [cancellation({ account: 'FIC-CCER-0000002' }), booking()] }),
  C12: () => ({
    rows: [
      application({ qty: '60000' }),
      cancellation({ qty: '59000', serialTo: 'FIC-A-000059000' }),
      booking({ qty: '59000' }),
    ],
  }),
};

describe('the cases of the sample', () => {
  it.each(
    sample.ccerReconciliationCases.map(({ id, expect: expected }) => [id, /^[A-Z_0-9]+/.exec(expected)?.[0] ?? '']),
  )('%s is %s', (id, expected) => {
    const made = cases[id]?.();
    const { rows } = reconcile(made?.rows ?? [], made?.asOf === undefined ? {} : { asOf: made.asOf });
    expect(rows.length).toBeGreaterThan(0);
    const [first] = rows;
    expect(first && kindsOf(first)).toContain(expected);
    const all = new Set(rows.flatMap(kindsOf));
    all.delete('MATCHED');
    expect([...all].filter((kind) => kind !== expected)).toEqual(id === 'C05' ? ['MISSING_IN_ALLOWANCE_REGISTRY'] : []);
  });

  it('name the other side with its cell and the tonnes at stake', () => {
    const { rows } = reconcile([cancellation(), booking({ qty: '54000' })]);
    expect(rows[0]?.findings).toMatchObject([
      { kind: 'QUANTITY_MISMATCH', found: '45000', tonnes: '9000', other: { file: 'bookings.xlsx', value: '54000' } },
    ]);
    expect(rows[0]?.findings[0]?.other?.cell).toMatch(/^D\d+$/);
    const overlap = reconcile(cases['C05']?.().rows ?? []).rows[0]?.findings;
    expect(overlap).toMatchObject([{ kind: 'SERIAL_OVERLAP', tonnes: '5000' }]);
  });

  it('are told together where several stand on one row', () => {
    const rows = [
      cancellation({ account: 'FIC-CCER-9', registeredOn: '2017-02-01', cancelledOn: '2026-01-04', qty: '44000' }),
      booking({ qty: '43000', bookedOn: '2026-01-09' }),
    ];
    expect(kinds(rows, { asOf: '2026-02-01' })).toEqual([
      ['ACCOUNT_BINDING_MISMATCH', 'INELIGIBLE_VINTAGE', 'LATE', 'QUANTITY_MISMATCH', 'SERIAL_COUNT_MISMATCH'],
      ['BOOKED_LATE', 'LATE', 'QUANTITY_MISMATCH'],
    ]);
  });
});

describe('reconciliation', () => {
  it('waits a day for the booking, warns then, and weighs more after the deadline', () => {
    const late = (asOf: string): unknown =>
      reconcile([cancellation()], { asOf }).rows.map((one) => [kindsOf(one), one.severity]);
    expect(late('2025-12-03')).toEqual([[['AWAITING_BOOKING'], 'info']]);
    expect(late('2025-12-04')).toEqual([[['MISSING_IN_ALLOWANCE_REGISTRY'], 'warn']]);
    expect(late('2026-01-01')).toEqual([[['MISSING_IN_ALLOWANCE_REGISTRY'], 'critical']]);
  });

  it('answers a row that cannot be read as such, and counts it nowhere', () => {
    const bad = {
      ...cancellation({ qty: '1' }),
      faults: [{ code: 'CELL_SCIENTIFIC', cell: 'C9', found: '1.4E+18', expected: 'text' }],
    };
    const { rows, enterprises } = reconcile([cancellation(), booking(), bad]);
    expect(rows.map(kindsOf)).toEqual([['UNREADABLE'], ['MATCHED'], ['MATCHED']]);
    expect(rows[0]?.findings[0]).toMatchObject({ cell: 'C9', found: '1.4E+18' });
    expect(enterprises).toMatchObject([{ cancelled: '45000', booked: '45000', cap: '207317', kinds: { MATCHED: 2 } }]);
  });

  it('pairs by the number of the cancellation where the booking names it', () => {
    const rows = [
      cancellation({ cancellationNo: 'N-1' }),
      cancellation({ cancellationNo: 'N-2', qty: '100', serialFrom: 'FIC-A-000045001', serialTo: 'FIC-A-000045100' }),
      booking({ cancellationNo: 'n 2', qty: '100' }),
      booking({ cancellationNo: 'N-1' }),
      booking({ cancellationNo: 'N-3' }),
    ];
    expect(kinds(rows)).toEqual([
      ['MATCHED'],
      ['MATCHED'],
      ['MATCHED'],
      ['MATCHED'],
      ['MISSING_IN_VOLUNTARY_REGISTRY'],
    ]);
    expect(
      kinds([
        cancellation({ cancellationNo: 'N-1' }),
        cancellation({ cancellationNo: 'N 1', serialFrom: 'Z1', serialTo: 'Z1', qty: '1' }),
      ]),
    ).toEqual([
      ['DOUBLE_USE', 'MISSING_IN_ALLOWANCE_REGISTRY'],
      ['DOUBLE_USE', 'MISSING_IN_ALLOWANCE_REGISTRY'],
    ]);
  });

  it('holds rows to the ledger: the same, otherwise, used by somebody else, or not there', () => {
    const fact = {
      kind: 'cancellation',
      record: 'rec:1',
      uscc: own,
      year: '2024',
      project: 'a',
      serialFrom: 'FIC-A-000000001',
      serialTo: 'FIC-A-000045000',
      qty: '45000',
    } as const;
    const seen = (more: object): string[][] =>
      kinds([cancellation(), booking()], { ledger: [...facts, { ...fact, ...more } as LedgerFact] });
    expect(seen({})).toEqual([['MATCHED'], ['MATCHED']]);
    expect(seen({ project: 'B' })[0]).toEqual(['LEDGER_DIFFERS']);
    expect(seen({ year: '2023' })[0]).toEqual(['NOT_ON_LEDGER', 'SERIAL_OVERLAP']);
    expect(seen({ serialFrom: 'FIC-Z-000000001', serialTo: 'FIC-Z-000045000' })[0]).toEqual(['NOT_ON_LEDGER']);
  });

  it('says what nobody could look at, and never fails for it', () => {
    const values = Object.fromEntries(
      Object.entries(cancellation().values).filter(([name]) => name !== 'registeredOn' && name !== 'facility'),
    );
    const [first] = reconcile([row('cancellations', values), booking()], { ledger: [] }).rows;
    expect(first).toMatchObject({
      findings: [{ kind: 'MATCHED' }],
      unchecked: ['account:ccer', 'boundary', 'cap', 'vintage'],
    });
  });

  it('leaves a cancellation for another purpose alone that nobody offers', () => {
    expect(kinds([cancellation({ purpose: 'voluntary' })])).toEqual([['OTHER_PURPOSE']]);
  });

  it('tells what is otherwise than the day before', () => {
    const before = reconcile([cancellation()]);
    const now = reconcile([cancellation(), booking()]);
    expect(reconciliationChanges(before, now)).toEqual([
      { identity: `bookings/${own}/2024/A/45000`, before: [], now: ['MATCHED'] },
      { identity: `cancellations/${own}/2024/A/45000`, before: ['MISSING_IN_ALLOWANCE_REGISTRY'], now: ['MATCHED'] },
    ]);
    expect(reconciliationChanges(now, now)).toEqual([]);
  });
});

it('has words in both languages for every answer', () => {
  for (const { title, rule } of Object.values(findingKinds)) {
    expect(title.zh).toMatch(/\p{Script=Han}/u);
    expect([title.en, rule].every((text) => text !== '')).toBe(true);
  }
});
