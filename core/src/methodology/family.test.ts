import { computedFigure, content, formula, parameter, self, statedFigure } from './define';
import { figureFaults, recomputeFigure } from './recompute';
import { settleFigures } from './settle';
import type { FigureValue, RecordScope } from './scope';
import type { FigureSpec } from './spec';

/** Each fuel's emission by its own carbon content; the total over all of them, listed before what it rests on. */
const specs: readonly FigureSpec[] = [
  computedFigure('emission_tCO2', 'tCO2', 2, [formula('E', 'sum(E)', { E: self('fuel.emission.*') })], {
    visibility: 'public',
  }),
  statedFigure('fuel.FC.*', 't', 2),
  statedFigure('fuel.NCV.*', 'GJ/t', 3),
  computedFigure('fuel.heat.*', 'GJ', 2, [
    formula('Q', 'round(FC * NCV, 2)', { FC: self('fuel.FC.@'), NCV: self('fuel.NCV.@') }),
  ]),
  computedFigure('fuel.emission.*', 'tCO2', 2, [
    formula('E.fuel', 'round(Q * CC * 44 / 12, 2)', { Q: self('fuel.heat.@'), CC: parameter('CC.@') }),
  ]),
  computedFigure('NCV_GJ_t', 'GJ/t', 3, [
    formula('NCV', 'round(wavg(NCV, FC), 3)', { NCV: self('fuel.NCV.*'), FC: self('fuel.FC.*') }),
  ]),
];

const values = { 'CC.coke': { value: '0.02942' }, 'CC.anthracite': { value: '0.02749' } };
const record = { content: { values }, totals: {}, kind: 'monthly-evidence' } as unknown as RecordScope['record'];

function scopeOf(stated: Record<string, string>): RecordScope & { figures: Map<string, FigureValue> } {
  const unit = (name: string): string => (name.includes('NCV') ? 'GJ/t' : 't');
  const figures = new Map(Object.entries(stated).map(([name, value]) => [name, { value, unit: unit(name) }]));
  const rules: RecordScope = { id: '', key: '', record, figures: new Map(), cited: new Map() };
  return { id: '', key: '', record, figures, cited: new Map([['parameters', [rules]]]) };
}

const two = {
  'fuel.FC.coke': '100.00',
  'fuel.NCV.coke': '28.435',
  'fuel.FC.anthracite': '10.00',
  'fuel.NCV.anthracite': '25.024',
};

describe('families that are computed member by member', () => {
  it('have the members of what they are computed from, through several steps, each with its own parameter', () => {
    const scope = scopeOf(two);
    settleFigures(specs, scope.figures, scope);
    expect(Object.fromEntries([...scope.figures].map(([name, { value }]) => [name, value]))).toMatchObject({
      'fuel.heat.coke': '2843.50',
      'fuel.emission.coke': '306.74',
      'fuel.emission.anthracite': '25.22',
      emission_tCO2: '331.96',
      NCV_GJ_t: '28.125',
    });
    const shown = { ...record, totals: { emission_tCO2: { value: '331.96', unit: 'tCO2' } } };
    expect(figureFaults(specs, { ...scope, record: shown })).toEqual([]);
  });
  it('are missed member by member', () => {
    const scope = scopeOf(two);
    settleFigures(specs, scope.figures, scope);
    scope.figures.delete('fuel.emission.coke');
    const faults = figureFaults(specs, scope).filter(({ code }) => code === 'FIGURE_MISSING');
    expect(faults.map(({ path }) => path)).toContain('/figures/fuel.emission.coke');
  });
  it('are missed even where the family as a whole may be missing', () => {
    const optional = specs.map((spec) => (spec.name === 'fuel.emission.*' ? { ...spec, required: false } : spec));
    const scope = scopeOf(two);
    settleFigures(optional, scope.figures, scope);
    scope.figures.delete('fuel.emission.anthracite');
    expect(figureFaults(optional, scope)).toContainEqual(
      expect.objectContaining({ code: 'FIGURE_MISSING', path: '/figures/fuel.emission.anthracite' }),
    );
    expect(figureFaults(optional, scopeOf({})).filter(({ path }) => path.includes('fuel.'))).toEqual([]);
  });
  it('give no total while a member cannot be computed', () => {
    const scope = scopeOf({ ...two, 'fuel.FC.peat': '5.00', 'fuel.NCV.peat': '9.000' });
    settleFigures(specs, scope.figures, scope);
    expect(scope.figures.has('emission_tCO2')).toBe(false);
    scope.figures.set('fuel.emission.peat', { value: '5.00', unit: 'tCO2', formula: 'E.fuel' });
    expect(figureFaults(specs, scope)).toContainEqual(
      expect.objectContaining({ code: 'FIGURE_MISSING', details: { figure: 'CC.peat', role: 'parameters' } }),
    );
  });
  it('must have the same members where they stand in one formula', () => {
    const scope = scopeOf({ ...two, 'fuel.NCV.lignite': '15.250' });
    scope.figures.delete('fuel.NCV.anthracite');
    const mean = specs.find(({ name }) => name === 'NCV_GJ_t')!;
    expect(() => recomputeFigure(mean, scope)).toThrow('fuel.FC.lignite is not given');
    scope.figures.set('NCV_GJ_t', { value: '28.125', unit: 'GJ/t', formula: 'NCV' });
    expect(figureFaults(specs, scope)).toContainEqual(
      expect.objectContaining({ details: { figure: 'fuel.FC.lignite', role: 'self' } }),
    );
  });
  it('is refused in another unit with the conversion named', () => {
    const scope = scopeOf(two);
    scope.figures.set('fuel.FC.coke', { value: '100000.00', unit: 'kg' });
    const fault = figureFaults(specs, scope).find(({ path }) => path === '/figures/fuel.FC.coke');
    expect(fault?.message).toContain('1 kg is 0.001 t, so 100000.00 kg is 100 t');
  });
  it('looks at a field of the record in a condition', () => {
    const spec = computedFigure('x', '1', 0, [
      formula('x.a', '1', {}, { when: [{ of: content('kind'), op: 'in', value: ['a'] }] }),
    ]);
    const scope = scopeOf({});
    expect(recomputeFigure(spec, { ...scope, record: { ...record, content: { kind: 'a' } } })?.expected).toBe('1');
    expect(recomputeFigure(spec, { ...scope, record: { ...record, content: { kind: 'b' } } })).toBeUndefined();
  });
});
