import { attachmentsOf, reconciliationReport, shippedReconciliationRules, type Trace } from '@carbon-ledger/core';
import { makeTraceReport } from '.';
import { makeReconciliationReport } from '../reconciliation';

const limits = { file: 1e7, count: 10, content: 1e6 };
const month = '91140000MA0FAKE01X/U2/2024-09/monthly-evidence';
const node = {
  record: `rec:${'a'.repeat(64)}`,
  unit: 'tCO2',
  party: '91140000MA0FAKE01X',
  anchoredAt: '2024-10-30T02:03:04Z',
  status: 'current',
  state: 'FILED',
  documents: [{ name: '燃煤.csv', sha256: `sha256:${'b'.repeat(64)}` }],
} as const;

function trace(status: Trace['status']): Trace {
  const figure = `${month}#emission_tCO2`;
  const breaks = status === 'broken' ? [{ figure, step: 'emission', expected: '85257.35', got: '100244.41' }] : [];
  const nodes = [
    { ...node, figure, value: '100244.41', formula: 'emission', expression: 'a × b', recomputed: '85257.35' },
    { ...node, figure: `${month}#FC_t`, value: null, hidden: true as const },
  ];
  return { figure, value: '100244.41', unit: 'tCO2', status, breaks, nodes, edges: [], hidden: 1 };
}

describe('the report of a trace', () => {
  it.each(['intact', 'broken', 'questioned', 'undecidable'] as const)(
    'of one that is %s carries it whole',
    async (status) => {
      const pdf = await makeTraceReport(trace(status), { language: 'en' });
      const [whole] = attachmentsOf(pdf, limits);
      expect(JSON.parse(Buffer.from(whole!.bytes).toString())).toEqual(trace(status));
    },
  );

  it('is the same for the same trace, and bears the day as of which it was asked', async () => {
    const [one, two] = [
      await makeTraceReport(trace('intact'), { language: 'zh' }),
      await makeTraceReport(trace('intact'), { language: 'zh' }),
    ];
    expect(Buffer.from(one).equals(two)).toBe(true);
    const earlier = Buffer.from(await makeTraceReport(trace('intact'), { language: 'zh', asOf: '2024-11-01' }));
    expect(earlier.toString('latin1')).toContain('(D:20241101155959Z)');
    const ofTrial = await makeTraceReport(trace('intact'), { language: 'zh', isTrial: true });
    expect(Buffer.from(ofTrial).equals(one)).toBe(false);
  });
});

describe('the report of a reconciliation', () => {
  it('carries it whole, with its digest', async () => {
    const options = { year: '2024', asOf: '2024-12-20', rules: shippedReconciliationRules };
    const row = {
      ...{
        source: 'cancellations' as const,
        file: '注销.xlsx',
        sheet: 'Sheet1',
        row: 2,
        uscc: '91140000MA0FAKE01X',
        year: '2024',
      },
      ...{ project: 'P1', qty: '60000', severity: 'block' as const },
      findings: [{ kind: 'QUANTITY_MISMATCH', cell: 'E2', found: '60000', other: { value: '59000' } }],
    } as const;
    const report = reconciliationReport(options, [], null, { rows: [row], enterprises: [] });
    const pdf = await makeReconciliationReport(report, { language: 'zh' });
    const [whole] = attachmentsOf(pdf, limits);
    expect(JSON.parse(Buffer.from(whole!.bytes).toString())).toMatchObject({ digest: report.digest, rows: [row] });
    const ofTrial = await makeReconciliationReport(report, { language: 'zh', isTrial: true });
    expect(Buffer.from(ofTrial).equals(pdf)).toBe(false);
  });
});
