import { explanationOf, filedResult, keysOfFindings, type ScreeningFinding, type ScreeningRun } from '.';

const uscc = '91140000MA0FAKE01X';
const month = `${uscc}/U1/2024-03/monthly-evidence`;

function finding(rule: string, severity: 'B' | 'W' | 'I', more: Partial<ScreeningFinding> = {}): ScreeningFinding {
  const inputs = 'ab'.repeat(32);
  return { rule, severity, at: month, touches: [`${month}#x`, 'elsewhere#y'], got: '1', limit: '2', inputs, ...more };
}

function run(findings: readonly ScreeningFinding[], of: 'plant' | 'file' = 'plant'): ScreeningRun {
  const rules = { 'R-1': { ran: 1, found: 1, notRun: {} }, 'R-2': { ran: 0, found: 0, notRun: { 'no heat': 3 } } };
  const result = {
    ...{ schema: 'carbon-ledger/screening/v1' as const, ruleSet: { id: 'S', digest: '' }, enterprises: 1, hidden: 0 },
    ...{
      scope: { of, code: uscc, year: '2024' },
      records: '',
      counts: { B: 0, W: 0, I: 0, explained: 0 },
      rules,
      findings,
    },
  };
  return { result, digest: 'cd'.repeat(32), looked: 1, empty: 0 };
}

describe('the record of a screening', () => {
  it('names what is asked of the enterprise by its own values, and not what was explained or is another’s', () => {
    const other = finding('R-1', 'B', { at: '91140000MA0FAKE02X/U1/2024-03/monthly-evidence' });
    const quiet = finding('R-1', 'B', { explained: 'x' });
    const filed = filedResult(run([finding('R-1', 'W'), finding('R-1', 'B'), other, quiet, finding('R-9', 'I')]), uscc);
    expect(filed).toEqual({
      scope: { of: 'plant', code: uscc, year: '2024' },
      ruleSet: 'S',
      counts: { block: 1, warn: 1, info: 1, notRun: 1 },
      findings: ['block', 'warn', 'info'].map((severity) => ({
        rule: severity === 'info' ? 'R-9' : 'R-1',
        severity,
        addresses: [`${month}#x`],
      })),
      digest: `sha256:${'cd'.repeat(32)}`,
    });
    expect(keysOfFindings(filed)).toEqual([month]);
  });

  it('puts findings of a rule together where a record has no room for all, and counts what stands there', () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      finding(index % 2 === 0 ? 'R-1' : 'R-2', 'W', { touches: [`${month}#x${String(index)}`] }),
    );
    const filed = filedResult(run(many), uscc);
    expect(filed.counts.warn).toBe(2);
    expect(filed.findings.map(({ addresses }) => addresses.length)).toEqual([40, 40]);
    expect(() => filedResult(run([], 'file'), uscc)).toThrow('not on the ledger');
  });

  it('is explained by what asks for it, each rule with a reason to be given', () => {
    const asked = [finding('R-1', 'W'), finding('R-2', 'I'), finding('R-3', 'B', { explained: 'x' })];
    expect(explanationOf(asked)).toEqual({
      items: [{ about: 'R-1', reason: '', documents: [] }],
      findings: [{ rule: 'R-1', at: month, inputs: 'ab'.repeat(32) }],
    });
  });
});
