import { isLedgerError } from '../errors';
import { parseReconciliationReport, reconciliationReport, shippedReconciliationRules as rules } from '.';
import { booking, cancellation, reconcile } from './testing/rows';

const file = { source: 'bookings', name: 'b.xlsx', sha256: 'a'.repeat(64), rows: 1 } as const;
const options = { year: '2024', asOf: '2025-12-20', rules };
const report = reconciliationReport(options, [file], { facts: 3 }, reconcile([cancellation(), booking({ qty: '7' })]));
const sent = JSON.parse(JSON.stringify(report)) as typeof report;

function faultsOf(value: unknown): string[] {
  try {
    parseReconciliationReport(value);
    return [];
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    return error.faults.map(({ path }) => path);
  }
}

describe('a report of a reconciliation that comes back', () => {
  it('is what it was', () => {
    expect(parseReconciliationReport(sent)).toEqual(sent);
  });

  it.each([
    ['a sum', { totals: { ...sent.totals, cancelled: '1' } }],
    ['a row', { rows: sent.rows.slice(1) }],
    ['a file', { files: [{ ...sent.files[0]!, name: 'c.xlsx' }] }],
    ['the day', { asOf: '2025-12-21' }],
  ])('is refused where %s was changed', (_, change) => {
    expect(faultsOf({ ...sent, ...change })).toEqual(['/digest']);
  });

  it('is refused with every place that has another form', () => {
    const rows = [{ ...sent.rows[0]!, qty: 'many', more: 1 }];
    expect(faultsOf({ ...sent, rows, year: '24' }).sort()).toEqual(['/rows/0', '/rows/0/qty', '/year']);
    expect(faultsOf(null)).toEqual(['']);
  });
});
