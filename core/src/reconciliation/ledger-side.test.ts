import fc from 'fast-check';
import { isClean } from './kinds';
import { Reconciler, shippedReconciliationRules, type FindingKind, type InputRow, type LedgerFact } from '.';
import { application, booking, cancellation, facts, kinds, kindsOf, other, own, reconcile } from './testing/rows';

const cancelled: LedgerFact = {
  ...{ kind: 'cancellation', record: 'rec:c', uscc: own, year: '2024', project: 'A', qty: '45000' },
  ...{ serialFrom: 'FIC-A-000000001', serialTo: 'FIC-A-000045000' },
};
const booked: LedgerFact = {
  ...{ kind: 'booking', record: 'rec:b', uscc: own, year: '2024', qty: '45000', cancellation: 'rec:c' },
};
const frozen = (more: Partial<Extract<LedgerFact, { kind: 'freeze' }>> = {}): LedgerFact => ({
  ...{ kind: 'freeze', record: 'rec:f', uscc: own, year: '2024' },
  ...{ serialFrom: 'FIC-A-000000001', serialTo: 'FIC-A-000045000' },
  ...more,
});

function seen(rows: readonly InputRow[], ...ledger: readonly LedgerFact[]): string[][] {
  return kinds(rows, { ledger: [...facts, ...ledger] });
}

describe('bookings on the ledger', () => {
  const both = [cancellation(), booking()];

  it('are those of the file, in whatever order the facts come', () => {
    expect(seen(both, cancelled, booked)).toEqual([['MATCHED'], ['MATCHED']]);
    expect(seen(both, booked, cancelled)).toEqual([['MATCHED'], ['MATCHED']]);
  });

  it('are held to the file: of another quantity, missing there, or not on the ledger', () => {
    const less = { ...booked, qty: '44000' } as LedgerFact;
    expect(seen(both, cancelled, less)).toEqual([['MATCHED'], ['LEDGER_DIFFERS']]);
    expect(seen([cancellation()], cancelled, booked)).toEqual([['LEDGER_DIFFERS', 'MISSING_IN_ALLOWANCE_REGISTRY']]);
    const another = { ...booked, cancellation: 'rec:x' } as LedgerFact;
    expect(seen(both, cancelled, another)).toEqual([['MATCHED'], ['NOT_ON_LEDGER']]);
  });

  it('name the record and what it says', () => {
    const ledger = [...facts, cancelled, { ...booked, qty: '44000' } as LedgerFact];
    const [, row] = reconcile(both, { ledger }).rows;
    expect(row?.findings).toEqual([
      expect.objectContaining({ other: { record: 'rec:b', value: '44000' }, expected: '44000', found: '45000' }),
    ]);
  });

  it('are not asked for where the ledger has no booking at all', () => {
    expect(seen(both, cancelled)).toEqual([['MATCHED'], ['MATCHED']]);
  });
});

describe('what agrees with a record whose word is in doubt', () => {
  const doubts = 'under-finding, resting';
  const both = [cancellation(), booking()];
  const obligation: LedgerFact = { kind: 'obligation', record: 'rec:v', uscc: own, year: '2024', due: '4146356' };
  const accounts: LedgerFact = { kind: 'accounts', record: 'rec:p', uscc: own, ccer: 'FIC-CCER-0000001' };
  const allowances: LedgerFact = { kind: 'accounts', record: 'rec:p', uscc: own, allowance: 'FIC-CEA-1', doubts };

  it('is told at the account that a booking and a form name', () => {
    const rows = [
      booking({ account: 'FIC-CEA-0000001' }),
      application({ allowanceAccount: 'FIC-CEA-0000001' }),
      application({ uscc: other, allowanceAccount: 'FIC-CEA-0000009' }),
    ];
    const told = reconcile(rows, { ledger: [...facts, allowances] }).rows.map(({ findings }) =>
      findings.filter(({ kind }) => kind === 'IN_DOUBT').map(({ found, other: named }) => [found, named?.record]),
    );
    expect(told).toEqual([[['FIC-CEA-0000001', 'rec:p']], [['FIC-CEA-0000001', 'rec:p']], []]);
  });

  it('is told at the facility that makes a project ineligible', () => {
    const facility: LedgerFact = { kind: 'facility', record: 'rec:q', code: 'P9/MF0001', uscc: other, doubts };
    const [first] = reconcile([cancellation(), booking()], { ledger: [...facts, facility] }).rows;
    expect(first?.findings).toEqual([
      expect.objectContaining({ kind: 'INELIGIBLE_PROJECT_IN_ETS' }),
      expect.objectContaining({ kind: 'IN_DOUBT', found: 'P9/MF0001', other: { record: 'rec:q', value: doubts } }),
    ]);
  });

  it('is told in a year of which the rules say nothing', () => {
    const rows = [cancellation({ year: '1999' }), booking({ year: '1999' })];
    const ledger = [...facts, { ...obligation, year: '1999', doubts } as LedgerFact];
    for (const row of kinds(rows, { ledger })) expect(row).toContain('IN_DOUBT');
  });

  it.each<[string, readonly LedgerFact[], string[][]]>([
    ['the cancellation', [{ ...cancelled, doubts }, booked], [['IN_DOUBT'], ['MATCHED']]],
    ['the booking', [cancelled, { ...booked, doubts }], [['MATCHED'], ['IN_DOUBT']]],
    ['the freeze', [cancelled, booked, { ...frozen(), doubts }], [['IN_DOUBT'], ['MATCHED']]],
    ['what is due', [cancelled, booked, { ...obligation, doubts }], [['IN_DOUBT'], ['IN_DOUBT']]],
    ['the accounts', [cancelled, booked, { ...accounts, doubts }], [['IN_DOUBT'], ['MATCHED']]],
  ])('is told so: %s', (_what, ledger, expected) => {
    expect(seen(both, ...ledger)).toEqual(expected);
    expect(isClean(expected.flat() as FindingKind[])).toBe(false);
  });

  it('names the record and why', () => {
    const [row] = reconcile(both, { ledger: [...facts, { ...cancelled, doubts }, booked] }).rows;
    expect(row).toMatchObject({
      severity: 'warn',
      findings: [{ kind: 'IN_DOUBT', found: '45000', other: { record: 'rec:c', value: doubts } }],
    });
  });

  it('does not hide that it differs', () => {
    const less = { ...booked, qty: '44000', doubts } as LedgerFact;
    expect(seen(both, cancelled, less)[1]).toEqual(['IN_DOUBT', 'LEDGER_DIFFERS']);
  });
});

describe('freezes on the ledger', () => {
  const both = (more: Record<string, string> = {}): InputRow[] => [
    cancellation(more),
    booking({ year: more['year'] ?? '2024', bookedOn: more['cancelledOn'] ?? '2025-12-02' }),
  ];

  it('for another enterprise or year hold what is cancelled here, with the tonnes that both name', () => {
    expect(seen(both(), cancelled, frozen())).toEqual([['MATCHED'], ['MATCHED']]);
    expect(seen(both(), cancelled, frozen({ uscc: other }))[0]).toEqual(['FROZEN_FOR_ANOTHER']);
    expect(seen(both(), cancelled, frozen({ year: '2023' }))[0]).toEqual(['FROZEN_FOR_ANOTHER']);
    const part = frozen({ uscc: other, serialFrom: 'FIC-A-000044001', serialTo: 'FIC-A-000090000' });
    const [first] = reconcile(both(), { ledger: [...facts, cancelled, part] }).rows;
    expect(first?.findings).toMatchObject([{ kind: 'FROZEN_FOR_ANOTHER', tonnes: '1000', other: { record: 'rec:f' } }]);
  });

  it('are asked for where the procedure of the year begins with one, of every tonne', () => {
    const old = { year: '2021', cancelledOn: '2023-12-02', registeredOn: '2016-01-01' };
    const ofYear = (...ledger: readonly LedgerFact[]): string[] => {
      const rows = both(old);
      const reconciler = new Reconciler({ year: '2021', asOf: '2023-12-20', rules: shippedReconciliationRules }, rows);
      for (const fact of [...facts, { ...cancelled, year: '2021' } as LedgerFact, ...ledger]) reconciler.see(fact);
      const [first] = reconciler.conclude().rows;
      return first === undefined ? [] : kindsOf(first);
    };
    expect(ofYear()).toEqual(['NOT_FROZEN']);
    expect(ofYear(frozen({ year: '2021' }))).toEqual(['MATCHED']);
    expect(ofYear(frozen({ year: '2021', serialTo: 'FIC-A-000044999' }))).toEqual(['NOT_FROZEN']);
    const halves = [frozen({ year: '2021', serialTo: 'FIC-A-000020000' })];
    expect(ofYear(...halves, frozen({ year: '2021', serialFrom: 'FIC-A-000020001' }))).toEqual(['MATCHED']);
  });

  it('that touch no row are told of none', () => {
    const away = fc.record({
      ...{ kind: fc.constant('freeze' as const), record: fc.constant('rec:z'), uscc: fc.constantFrom(own, other) },
      ...{ year: fc.constantFrom('2023', '2024'), serialFrom: fc.constant('FIC-Z-000000001') },
      serialTo: fc.constantFrom('FIC-Z-000000009', '无'),
    });
    fc.assert(
      fc.property(fc.array(away, { maxLength: 5 }), (strangers) => {
        expect(seen(both(), cancelled, ...strangers)).toEqual([['MATCHED'], ['MATCHED']]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the closing of the day’s file', () => {
  const pair = (cancelledAt: string | undefined, bookedOn: string): string[][] =>
    kinds([cancellation(cancelledAt === undefined ? {} : { cancelledAt }), booking({ bookedOn })]);

  it.each([
    [undefined, '2025-12-04', ['BOOKED_LATE']],
    ['17:00', '2025-12-04', ['BOOKED_LATE']],
    ['17:01', '2025-12-04', ['MATCHED']],
    ['17:01', '2025-12-05', ['BOOKED_LATE']],
    ['23:59', '2025-12-02', ['MATCHED']],
    ['17:01', '2025-12-01', ['BOOKED_BEFORE_CANCELLED']],
  ])('cancelled at %s of 2 December and booked on %s is told %j', (time, bookedOn, told) => {
    expect(pair(time, bookedOn)[1]).toEqual(told);
  });

  it('gives what is cancelled behind it a day more to be booked', () => {
    const waiting = (cancelledAt: string): string[][] => kinds([cancellation({ cancelledAt })], { asOf: '2025-12-04' });
    expect(waiting('17:00')).toEqual([['MISSING_IN_ALLOWANCE_REGISTRY']]);
    expect(waiting('17:01')).toEqual([['AWAITING_BOOKING']]);
  });
});
