import type { Trace, TraceNode } from '@carbon-ledger/core';
import { styleFor } from '../output/style';
import { formatTree } from '../output/tree';
import { formatBreak, traceTree } from './trace-tree';

const style = styleFor({ write: () => true }, {});

function node(figure: string, value: string | null, more: Partial<TraceNode> = {}): TraceNode {
  return {
    figure,
    record: 'rec:',
    value,
    unit: value === '0.99' ? null : 'tCO2',
    party: 'P',
    anchoredAt: '',
    status: 'current',
    state: 'CURRENT',
    documents: [],
    ...more,
  };
}

const root = 'P/U1/2024/annual-report#e';
const january = 'P/U1/2024-01/monthly-evidence#e';
const february = 'P/U1/2024-02/monthly-evidence#e';
const factor = 'N/-/2024/parameter#OF';
const coal = 'P/U1/2024-02/monthly-evidence#fc';
const trace: Trace = {
  figure: root,
  value: '5',
  unit: 'tCO2',
  status: 'broken',
  hidden: 1,
  breaks: [{ figure: january, step: 'E', expected: '2', got: '3' }],
  nodes: [
    node(root, '5', { formula: 'sum' }),
    node(january, '3'),
    node(february, '2'),
    node(factor, '0.99', { party: 'N', documents: [{ name: 'a.xlsx', sha256: '', place: '参数!C4' }] }),
    node(coal, null, { hidden: true }),
  ],
  edges: [
    { from: january, to: root },
    { from: february, to: root },
    { from: factor, to: january },
    { from: factor, to: february },
    { from: coal, to: february },
  ],
};

describe('trace tree', () => {
  it('names breaks, hidden figures and documents', () => {
    expect(formatTree(traceTree(trace, { style, depth: 9 })).split('\n')).toEqual([
      'U1/2024/annual-report#e  5 tCO2 = sum  by P',
      '├─ U1/2024-01/monthly-evidence#e  3 tCO2  by P  ✗ expected 2, got 3 (E)',
      '│  └─ N/-/2024/parameter#OF  0.99  by N  a.xlsx 参数!C4',
      '└─ U1/2024-02/monthly-evidence#e  2 tCO2  by P',
      '   ├─ N/-/2024/parameter#OF  0.99  by N  a.xlsx 参数!C4',
      '   └─ U1/2024-02/monthly-evidence#fc  not open to you  by P',
    ]);
  });
  it('counts what lies deeper than asked', () => {
    const tree = formatTree(traceTree(trace, { style, depth: 1 }));
    expect(tree).toContain('monthly-evidence#e  2 tCO2  by P  … 2 inputs');
    expect(tree).not.toContain('#OF');
  });

  it.each([
    ['superseded', '2', '3', 'expected 2, got 3 (superseded)'],
    ['withdrawn', null, '61.10', '被引用的记录已撤回 the record was withdrawn: 61.10 (withdrawn)'],
    ['not-on-ledger', 'rec:1', null, '账本上没有被引用的记录 the record is not on the ledger: rec:1 (not-on-ledger)'],
    ['missing-input', null, null, '缺少计算所需的数据 an input of the formula is missing (missing-input)'],
  ])('says why a record that is %s carries nothing', (step, expected, got, told) => {
    expect(formatBreak({ figure: january, step, expected, got })).toBe(told);
  });
});
