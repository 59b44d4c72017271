import type { Trace, TraceNode } from '@carbon-ledger/core';
import { traceSvg } from './trace-svg';

function node(figure: string, more: Partial<TraceNode> = {}): TraceNode {
  return {
    ...{ figure, record: 'rec:', value: '1', unit: 't', party: 'P', anchoredAt: '', status: 'current' },
    ...{ state: 'CURRENT', documents: [], ...more },
  };
}

const year = 'P/U1/2024/annual-report#emission_tCO2';
const month = 'P/U1/2024-01/monthly-evidence#emission_tCO2';
const coal = 'P/U1/2024-01/monthly-evidence#coalConsumption_t';
const day = 'P/U1/2024-01/monthly-evidence#daily.fc_t.01';
const trace: Trace = {
  ...{ figure: year, value: '1', unit: 't', status: 'intact', breaks: [], hidden: 0 },
  nodes: [node(year, { formula: 'E.year', expression: 'sum(e) < 2' }), node(month), node(coal), node(day)],
  edges: [
    { from: month, to: year },
    { from: coal, to: month },
    { from: day, to: coal },
  ],
};
const count = (svg: string, part: RegExp): number => [...svg.matchAll(part)].length;

describe('the drawing of a trace', () => {
  it.each([
    [0, 1],
    [1, 2],
    [2, 3],
    [undefined, 4],
  ])('goes no deeper than it is told: %s', (depth, boxes) => {
    const svg = traceSvg(trace, depth);
    expect([count(svg, /<rect/g), count(svg, /<path stroke/g)]).toEqual([boxes, boxes - 1]);
    expect(svg.includes('…')).toBe(boxes < 4);
  });

  it('tells edges apart: each has a colour of its own figure, an arrow, and both names', () => {
    const svg = traceSvg(trace);
    const colours = [...svg.matchAll(/<path stroke="([^"]+)"/g)].map(([, colour]) => colour);
    expect(new Set(colours).size).toBe(3);
    expect(svg).toContain('marker-end="url(#arrow)"');
    expect(svg).toContain(`<title>${coal} → ${month}</title>`);
  });

  it('names figures in Chinese and says their formulas', () => {
    const svg = traceSvg(trace);
    expect(svg).toContain('燃煤消耗量 coalConsumption_t');
    expect(svg).toContain('= sum(e) &lt; 2');
  });
});
