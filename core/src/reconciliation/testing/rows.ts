import {
  Reconciler,
  shippedReconciliationRules,
  type InputRow,
  type LedgerFact,
  type Reconciliation,
  type RowAnswer,
  type Source,
} from '..';

/** Rows of the sample enterprise, which match, with what is said otherwise. */
export const own = '91140000MA0FAKE01X';
export const other = '91140000MA0FAKE2XU';
export const due = '4146356';

let next = 1;
export function row(source: Source, values: Record<string, string>, at = (next += 1)): InputRow {
  const columns = Object.fromEntries(Object.keys(values).map((name, index) => [name, String.fromCharCode(65 + index)]));
  return { source, file: `${source}.xlsx`, sheet: 'S', row: at, values, columns, faults: [] };
}

export const cancellation = (more: Record<string, string> = {}): InputRow =>
  row('cancellations', {
    ...{
      uscc: own,
      account: 'FIC-CCER-0000001',
      projectRef: 'A',
      serialFrom: 'FIC-A-000000001',
      serialTo: 'FIC-A-000045000',
    },
    ...{
      qty: '45000',
      purpose: 'national-offset',
      cancelledOn: '2025-12-02',
      registeredOn: '2024-03-01',
      facility: 'P9/MF0001',
    },
    ...more,
  });
export const booking = (more: Record<string, string> = {}): InputRow =>
  row('bookings', { uscc: own, year: '2024', projectRef: 'A', qty: '45000', bookedOn: '2025-12-02', ...more });
export const application = (more: Record<string, string> = {}): InputRow =>
  row('applications', { uscc: own, year: '2024', projectRef: 'A', qty: '45000', obligation_t: due, ...more });

export const facts: readonly LedgerFact[] = [
  { kind: 'accounts', uscc: own, ccer: 'fic ccer 1', allowance: 'FIC-CEA-0000001' },
  { kind: 'obligation', uscc: own, year: '2024', due },
  { kind: 'facility', code: '91140000MA0FAKE01X001P/MF0003', uscc: own },
];

export function reconcile(
  inputs: readonly InputRow[],
  { asOf = '2025-12-20', ledger = facts, year = '2024', rules = shippedReconciliationRules } = {},
): Reconciliation {
  const reconciler = new Reconciler({ year, asOf, rules }, inputs);
  for (const fact of ledger) reconciler.see(fact);
  return reconciler.conclude();
}

export const kindsOf = ({ findings }: RowAnswer): string[] => [...new Set(findings.map(({ kind }) => kind))];
export const kinds = (rows: readonly InputRow[], options = {}): string[][] =>
  reconcile(rows, options).rows.map(kindsOf);
