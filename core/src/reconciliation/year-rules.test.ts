import { reconciliationReport, shippedReconciliationRules, type ReconciliationRules } from '.';
import { booking, cancellation, facts, kinds, kindsOf, reconcile } from './testing/rows';

/** Cancelled in December 2023 out of reductions of the first generation, for the compliance year 2022. */
const earlier = { year: '2022', cancelledOn: '2023-12-20', registeredOn: '2016-05-01' };

describe('a row of another compliance year than the run', () => {
  it('is judged by the rules of its own year', () => {
    expect(kinds([cancellation(earlier), booking({ year: '2022', bookedOn: '2023-12-21' })])).toEqual([
      ['MATCHED'],
      ['MATCHED'],
    ]);
    const late = { ...earlier, cancelledOn: '2024-02-01' };
    expect(kinds([cancellation(late), booking({ year: '2022', bookedOn: '2024-02-02' })])).toEqual([
      ['INELIGIBLE_VINTAGE', 'LATE'],
      ['LATE'],
    ]);
    expect(kinds([cancellation({ ...earlier, registeredOn: '2024-03-01' })])).toEqual([
      ['INELIGIBLE_VINTAGE', 'MISSING_IN_ALLOWANCE_REGISTRY'],
    ]);
  });

  it('needs a freeze where its own year began with one', () => {
    const ledger = [
      ...facts,
      {
        ...{ kind: 'cancellation', record: 'rec:1', uscc: '91140000MA0FAKE01X', year: '2022', project: 'A' },
        ...{ serialFrom: 'FIC-A-000000001', serialTo: 'FIC-A-000045000', qty: '45000' },
      } as const,
    ];
    expect(kinds([cancellation(earlier), booking({ year: '2022', bookedOn: '2023-12-21' })], { ledger })[0]).toEqual([
      'NOT_FROZEN',
    ]);
  });

  it('of which the rules say nothing is told so, and nothing is guessed of its deadline, vintage or cap', () => {
    const rows = [cancellation({ year: '1998', cancelledOn: '2026-06-01', qty: '45000' }), booking({ year: '1998' })];
    const [first, second] = reconcile(rows).rows;
    expect(first?.findings.map(({ kind, cell, found }) => [kind, cell, found])).toEqual([
      ['YEAR_WITHOUT_RULES', expect.stringMatching(/^[A-Z]\d+$/), '1998'],
    ]);
    expect(first?.unchecked).toEqual(['cap', 'vintage']);
    expect(second?.findings.map(({ kind }) => kind)).toEqual(['BOOKED_BEFORE_CANCELLED', 'YEAR_WITHOUT_RULES']);
  });

  it('brings the rules of its year into the report', () => {
    const rules = shippedReconciliationRules;
    const report = reconciliationReport(
      { year: '2024', asOf: '2025-12-20', rules },
      [],
      null,
      reconcile([cancellation(earlier)]),
    );
    expect(report.rules.otherYears).toEqual({ 2022: rules.years['2022'] });
    const plain = reconciliationReport(
      { year: '2024', asOf: '2025-12-20', rules },
      [],
      null,
      reconcile([cancellation()]),
    );
    expect(plain.rules).not.toHaveProperty('otherYears');
    expect(plain.rules).not.toHaveProperty('calendars');
  });
});

describe('rules of the ledger that are in doubt', () => {
  const doubted = {
    '2022': [{ record: '11100000MA0TRYA01Y/POWER/2022/parameter', doubts: 'under-finding' }],
    '2024': [{ record: '11100000MA0TRYA01Y/POWER/2024/parameter', doubts: 'key-compromised' }],
  };
  const rules: ReconciliationRules = { ...shippedReconciliationRules, doubted };

  it('are told at each row that agrees with them: those of its own year, and those of the run', () => {
    const rows = [cancellation(), booking(), cancellation(earlier), booking({ year: '2022', bookedOn: '2023-12-21' })];
    const told = reconcile(rows, { rules }).rows;
    const why = told.map(({ year, findings }) => [
      year,
      findings.filter(({ kind }) => kind === 'IN_DOUBT').map(({ other }) => other?.value),
    ]);
    for (const [year, doubts] of why)
      expect(doubts).toEqual(year === '2024' ? ['key-compromised'] : ['under-finding', 'key-compromised']);
    expect(reconcile(rows).rows.flatMap(kindsOf)).not.toContain('IN_DOUBT');
  });
});

describe('a dash in place of a number', () => {
  it('is no number: two rows with one are not the same record', () => {
    const rows = ['-', '—'].map((cancellationNo, at) =>
      cancellation({ cancellationNo, serialFrom: `FIC-Q-${String(at)}1`, serialTo: `FIC-Q-${String(at)}1`, qty: '1' }),
    );
    expect(kinds([...rows, booking({ bookingNo: '/', qty: '1' }), booking({ bookingNo: '/', qty: '1' })])).toEqual([
      ['MATCHED'],
      ['MATCHED'],
      ['MATCHED'],
      ['MATCHED'],
    ]);
  });
});
