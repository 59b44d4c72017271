import type { Trace, TraceNode } from '@carbon-ledger/core';
import { pathToLab } from './chapters';
import { changeOneDigit } from './sample';

const noNodes: readonly TraceNode[] = [];
const traceOf = (edges: Trace['edges']): Trace => ({
  figure: 'root',
  value: '1',
  unit: 't',
  status: 'intact',
  breaks: [],
  nodes: noNodes,
  edges,
  hidden: 0,
});

describe('the path that the story shows', () => {
  it('leads past dead ends to a laboratory value', () => {
    const edges = [
      { from: 'parameter', to: 'root' },
      { from: 'unit', to: 'root' },
      { from: 'P/U1/2024-01/test-report#Mad_pct', to: 'unit' },
      { from: 'P/U1/2024-01/test-report#Cad_pct', to: 'unit' },
    ];
    expect(pathToLab(traceOf(edges))).toEqual(['root', 'unit', 'P/U1/2024-01/test-report#Cad_pct']);
  });
  it('is the figure alone where there is none', () => {
    expect(pathToLab(traceOf([{ from: 'a', to: 'root' }]))).toEqual(['root']);
  });
});

describe('one changed digit', () => {
  it('changes one byte of the first decimal number and shows its line', () => {
    const bytes = Buffer.from('煤量,单位\r\n2024-01-01,3857.79,t\r\n', 'utf8');
    const changed = changeOneDigit(bytes);
    expect(changed.before).toBe('2024-01-01,3857.79,t');
    expect(changed.after).toBe('2024-01-01,3857.70,t');
    expect(changed.bytes.filter((byte, at) => byte !== bytes[at])).toHaveLength(1);
  });
  it('needs a number to change', () => {
    expect(() => changeOneDigit(Buffer.from('none'))).toThrow(RangeError);
  });
});
