import fc from 'fast-check';
import { codeOf } from '../../../test/support/code-of';
import { findingKinds, Reconciler, severityOf, shippedReconciliationRules as rules, type LedgerFact } from '.';
import { application, booking, cancellation, facts, kindsOf, other, own, reconcile } from './testing/rows';

const weights = ['none', 'info', 'warn', 'critical', 'block'] as const;

describe('a reconciler', () => {
  it('takes no year of which the rules say nothing', () => {
    const open = (year: string): string => codeOf(() => new Reconciler({ year, asOf: '2025-12-20', rules }, []));
    for (const year of ['1999', '', 'constructor', '__proto__']) expect(open(year)).toBe('FORMULA_UNDEFINED');
    for (const year of Object.keys(rules.years)) expect(open(year)).toBe('none');
  });

  it.each(['1.5', '-1', '1e3', '', '一'])('takes no quantity of %j tonnes that its reader let pass', (qty) => {
    expect(codeOf(() => reconcile([cancellation({ qty })]))).toBe('BAD_RECORD');
  });

  it('gives nothing for nothing', () => {
    expect(reconcile([])).toEqual({ rows: [], enterprises: [] });
  });

  it('answers each row once, at its place, by source, file and number', () => {
    const rows = [application(), booking(), cancellation(), booking({ qty: '7' }), cancellation({ qty: '9' })];
    const answers = reconcile(rows).rows.map(({ source, row }) => `${source} ${String(row)}`);
    const [form, first, one, second, two] = rows.map(({ source, row }) => `${source} ${String(row)}`);
    expect(answers).toEqual([one, two, first, second, form]);
  });

  it('weighs a row by the heaviest of what is said of it', () => {
    const values = fc.record({
      qty: fc.constantFrom('1', '45000', '300000'),
      account: fc.constantFrom('FIC-CCER-0000001', 'X'),
      cancelledOn: fc.constantFrom('2025-12-02', '2025-12-20', '2026-01-04'),
      purpose: fc.constantFrom('national-offset', 'voluntary'),
      registeredOn: fc.constantFrom('2018-01-01', '2024-03-01'),
    });
    fc.assert(
      fc.property(fc.array(values, { maxLength: 5 }), fc.constantFrom('2025-12-20', '2026-02-01'), (all, asOf) => {
        for (const { severity, findings } of reconcile(
          all.map((one) => cancellation(one)),
          { asOf },
        ).rows) {
          expect(findings.length).toBeGreaterThan(0);
          const said = findings.map((one) => weights.indexOf(severityOf(one)));
          expect(weights.indexOf(severity)).toBe(Math.max(...said));
          for (const { kind, severity: own } of findings) {
            if (own !== undefined) expect([kind, own]).toEqual(['MISSING_IN_ALLOWANCE_REGISTRY', 'critical']);
            expect(kind === 'MATCHED').toBe(findingKinds[kind].severity === 'none');
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is told nothing by facts of parties that have no row', () => {
    const stranger = fc.oneof(
      fc.record({ kind: fc.constant('accounts' as const), uscc: fc.constant(other), ccer: fc.string() }),
      fc.record({
        ...{ kind: fc.constant('obligation' as const), uscc: fc.constant(other) },
        ...{ year: fc.constant('2024'), due: fc.constantFrom('1', '9') },
      }),
      fc.record({
        kind: fc.constant('facility' as const),
        uscc: fc.constant(other),
        code: fc.constantFrom('P/1', 'P/2'),
      }),
    );
    const rows = [cancellation(), booking(), application()];
    const expected = reconcile(rows);
    fc.assert(
      fc.property(fc.array(stranger), fc.nat(), (strangers, at) => {
        const mixed: readonly LedgerFact[] = [...facts.slice(0, at % 4), ...strangers, ...facts.slice(at % 4)];
        expect(reconcile(rows, { ledger: mixed })).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the years of an enterprise apart', () => {
    const rows = [booking({ qty: '5' }), booking({ qty: '7', year: '2023' })];
    const { enterprises } = reconcile(rows);
    expect(enterprises.map(({ uscc, year, booked, due }) => [uscc, year, booked, due])).toEqual([
      [own, '2023', '7', null],
      [own, '2024', '5', '4146356'],
    ]);
  });
});

describe('the number of a record', () => {
  it('is told at every row that has it, where two or more have, however it is written', () => {
    const written = fc.constantFrom('N-1', 'n 1', 'N1', 'N-2', 'n-2', 'N-3');
    const identity = (one: string): string => one.toUpperCase().replace(/[- ]/g, '');
    fc.assert(
      fc.property(fc.array(written, { maxLength: 6 }), (numbers) => {
        const { rows } = reconcile(numbers.map((bookingNo) => booking({ bookingNo })));
        const often = (one: string): number => numbers.filter((another) => identity(another) === identity(one)).length;
        expect(rows.map((row) => kindsOf(row).includes('DOUBLE_USE'))).toEqual(numbers.map((one) => often(one) > 1));
      }),
      { numRuns: 100 },
    );
  });
});
