import type { Trace, TraceNode } from './answer';
import { doubtsByReason, openAtFirst, partsOf, shownOf, walkOf, waysToBreaks } from './view';

const node = (figure: string): TraceNode => ({
  figure,
  record: `rec:${figure}`,
  value: '1',
  unit: 't',
  party: 'p',
  anchoredAt: '2025-01-01T00:00:00Z',
  documents: [],
  status: 'current',
  state: 'FILED',
});

/** plant ← unit1, unit2; each unit ← its month ← its lab; unit2's lab is broken. */
function trace(breaks: readonly string[] = []): Trace {
  const figures = ['plant', 'unit1', 'unit2', 'month1', 'month2', 'lab1', 'lab2'];
  const pairs = ['unit1 plant', 'unit2 plant', 'month1 unit1', 'month2 unit2', 'lab1 month1', 'lab2 month2'];
  return {
    figure: 'plant',
    value: '1',
    unit: 't',
    status: breaks.length > 0 ? 'broken' : 'intact',
    breaks: breaks.map((figure) => ({ figure, step: 'x', expected: '1', got: '2' })),
    nodes: figures.map(node),
    edges: pairs.map((pair) => ({ from: pair.split(' ')[0] ?? '', to: pair.split(' ')[1] ?? '' })),
    hidden: 0,
  };
}

const names = (given: Trace): string[] => {
  const walk = walkOf(given);
  return shownOf(walk, openAtFirst(walk)).nodes.map(({ figure }) => figure);
};

describe('a trace', () => {
  it('opens two levels at first', () => {
    expect(names(trace())).toEqual(['plant', 'unit1', 'unit2', 'month1', 'month2']);
  });

  it('opens one level only where the second would fill more than a screen', () => {
    const months = Array.from({ length: 20 }, (_, at) => `m${String(at)}`);
    const wide: Trace = {
      ...trace(),
      nodes: ['plant', 'unit1', ...months].map(node),
      edges: [{ from: 'unit1', to: 'plant' }, ...months.map((from) => ({ from, to: 'unit1' }))],
    };
    expect(names(wide)).toEqual(['plant', 'unit1']);
  });

  it('opens every way to a break, and not what the break rests on', () => {
    expect(names(trace(['lab2']))).toEqual(['plant', 'unit1', 'unit2', 'month1', 'month2', 'lab2']);
    expect([...waysToBreaks(walkOf(trace(['lab1', 'lab2'])))].sort()).toEqual(
      ['lab1', 'lab2', 'month1', 'month2', 'plant', 'unit1', 'unit2'].sort(),
    );
  });

  it('shows nothing twice, and edges only between what is shown', () => {
    const walk = walkOf({ ...trace(), edges: [...trace().edges, { from: 'lab1', to: 'month2' }] });
    const { nodes, edges } = shownOf(walk, new Set(walk.nodes.keys()));
    expect(nodes).toHaveLength(7);
    expect(edges).toHaveLength(7);
    expect(shownOf(walk, new Set()).edges).toEqual([]);
  });

  it('leaves out edges from nodes that are not told', () => {
    const { inputs } = walkOf({ ...trace(), edges: [{ from: 'elsewhere', to: 'plant' }] });
    expect([...inputs]).toEqual([]);
  });

  it('names a figure by its place', () => {
    const figure = '91140000MA0FAKE01X/U2/2024-09/monthly-evidence#emission_tCO2';
    const { name, place } = partsOf(figure, 'zh');
    expect(name).toContain('排放量');
    expect(place).toBe('2 号机组 2024 年 9 月 月度存证');
    expect(partsOf(figure, 'en').place).toBe('Monthly evidence, Unit 2, September 2024');
  });
});

describe('doubts of a trace', () => {
  const doubt = (figure: string, by?: string) => ({
    figure,
    step: 'under-finding' as const,
    ...(by === undefined ? {} : { by }),
  });

  it('of one reason stand together, those of another apart', () => {
    const given = [doubt('jan', 'f1'), doubt('jan', 'f2'), doubt('feb', 'f1'), doubt('feb')];
    expect(doubtsByReason(given).map((same) => same.map(({ figure, by }) => [figure, by]))).toEqual([
      [
        ['jan', 'f1'],
        ['feb', 'f1'],
      ],
      [['jan', 'f2']],
      [['feb', undefined]],
    ]);
  });
});
