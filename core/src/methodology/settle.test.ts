import fc from 'fast-check';
import { citedRecord, recordOf } from '../rulebook/testing/bench';
import { computedFigure, formula, parameter, self, statedFigure } from './define';
import { figureFaults } from './recompute';
import { figureMap, type FigureValue, type RecordScope } from './scope';
import { settleFigures, specNamed } from './settle';
import type { FigureSpec } from './spec';

/** Each figure rests on the one before, by its factor. */
const chainOf = (length: number): FigureSpec[] => [
  statedFigure('c0', 't', 2),
  ...Array.from({ length }, (_, at) =>
    computedFigure(`c${String(at + 1)}`, 't', 2, [
      formula(`F${String(at + 1)}`, 'A + 1', { A: self(`c${String(at)}`) }),
    ]),
  ),
];
const family: readonly FigureSpec[] = [
  statedFigure('in.*', 't', 2),
  computedFigure('out.*', 't', 2, [formula('O', 'A * k', { A: self('in.@'), k: parameter('k') })]),
  computedFigure('all', 't', 2, [formula('S', 'sum(A)', { A: self('out.*') })]),
  computedFigure('share', '1', 2, [formula('H', 'A / B', { A: self('all'), B: self('base') })]),
  statedFigure('base', 't', 2),
];

function scopeOf(
  stated: Readonly<Record<string, string>>,
  k = '2',
): RecordScope & { figures: Map<string, FigureValue> } {
  const values = { k: { value: k, unit: '1', source: '…' } };
  const figures = new Map(Object.entries(stated).map(([name, value]) => [name, { value, unit: '' }]));
  const cited = new Map([['parameters', [citedRecord('parameter', { content: { values } })]]]);
  return { id: '', key: '', record: recordOf('monthly-evidence'), figures, cited };
}

function settled(specs: readonly FigureSpec[], stated: Readonly<Record<string, string>>, k?: string): unknown {
  const scope = scopeOf(stated, k);
  settleFigures(specs, scope.figures, scope);
  return Object.fromEntries([...scope.figures].map(([name, { value }]) => [name, value]));
}

const shuffled = <Item>(items: readonly Item[]): fc.Arbitrary<Item[]> =>
  fc.shuffledSubarray([...items], { minLength: items.length });
const amount = fc.integer({ min: 0, max: 9999 }).map((cents) => (cents / 100).toFixed(2));
const members = fc.dictionary(fc.constantFrom('in.a', 'in.b', 'in.c', 'in.d'), amount);

describe('figures that are filled in', () => {
  it('come out the same whatever the order in which they are specified', () => {
    fc.assert(
      fc.property(shuffled(chainOf(6)), amount, (specs, start) => {
        const expected = Array.from({ length: 7 }, (_, at) => [`c${String(at)}`, (Number(start) + at).toFixed(2)]);
        expect(settled(specs, { c0: start })).toEqual(Object.fromEntries(expected));
      }),
    );
    fc.assert(
      fc.property(shuffled(family), members, (specs, stated) => {
        expect(settled(specs, { ...stated, base: '4.00' })).toEqual(settled(family, { ...stated, base: '4.00' }));
      }),
    );
  });

  it('are computed once: filling in again changes nothing', () => {
    fc.assert(
      fc.property(shuffled(family), members, (specs, stated) => {
        const scope = scopeOf({ ...stated, base: '4.00' });
        settleFigures(specs, scope.figures, scope);
        const once = new Map(scope.figures);
        settleFigures(specs, scope.figures, scope);
        expect(scope.figures).toEqual(once);
      }),
    );
  });

  it('sum every member of a family, each computed first', () => {
    fc.assert(
      fc.property(shuffled(family), members, fc.integer({ min: 1, max: 9 }), (specs, stated, k) => {
        const found = settled(specs, stated, String(k)) as Record<string, string>;
        const total = Object.values(stated).reduce((sum, text) => sum + Math.round(Number(text) * 100) * k, 0);
        expect(found['all']).toBe((total / 100).toFixed(2));
        for (const [name, text] of Object.entries(stated))
          expect(found[name.replace('in.', 'out.')]).toBe(((Math.round(Number(text) * 100) * k) / 100).toFixed(2));
        expect(found).not.toHaveProperty('share');
      }),
    );
  });

  it('keep what is given, and go on from it', () => {
    expect(settled(chainOf(3), { c0: '1.00', c2: '50.00' })).toEqual({
      c0: '1.00',
      c1: '2.00',
      c2: '50.00',
      c3: '51.00',
    });
  });

  it('are left out where an input is missing, a divisor is zero or they rest on themselves', () => {
    expect(settled(chainOf(2), {})).toEqual({});
    expect(settled(family, { 'in.a': '1.00', base: '0' })).not.toHaveProperty('share');
    const circle = [
      computedFigure('x', 't', 2, [formula('X', 'A', { A: self('y') })]),
      computedFigure('y', 't', 2, [formula('Y', 'A', { A: self('x') })]),
    ];
    expect(settled([...circle, ...chainOf(1)], { c0: '1.00' })).toEqual({ c0: '1.00', c1: '2.00' });
  });

  it('are without fault once their units are those that are asked for', () => {
    fc.assert(
      fc.property(amount, (start) => {
        const specs = chainOf(3);
        const scope = scopeOf({ c0: start });
        settleFigures(specs, scope.figures, scope);
        expect(figureFaults(specs, scope)).toEqual([]);
        scope.figures.set('c2', { value: '-1.00', unit: 't', formula: 'F2' });
        expect(new Set(figureFaults(specs, scope).map(({ path }) => path))).toEqual(
          new Set(['/figures/c2', '/figures/c3']),
        );
      }),
    );
  });
});

describe('the spec of a figure', () => {
  it.each([
    ['in.a', 'in.*'],
    ['in.a.b', 'in.*'],
    ['all', 'all'],
    ['in', undefined],
    ['inn.a', undefined],
    ['all.a', undefined],
    ['', undefined],
  ])('%j is that of %j', (name, expected) => {
    expect(specNamed(family, name)?.name).toBe(expected);
  });
});

it('public and private figures of a record are one map, each with the formula that it names', () => {
  const total = { value: '1.00', unit: 't', formula: 'F' };
  const record = { ...recordOf('monthly-evidence'), totals: { a: total, b: { value: '2.00', unit: 't' } } };
  const own = { name: 'c', value: '3.00', unit: 'GJ', salt: '0'.repeat(32) };
  expect(Object.fromEntries(figureMap(record, [own]))).toEqual({
    ...{ a: total, b: { value: '2.00', unit: 't' }, c: { value: '3.00', unit: 'GJ' } },
  });
});
