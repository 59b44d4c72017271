import fc from 'fast-check';
import { Decimal } from '../decimal';
import { citedRecord, recordOf } from '../rulebook/testing/bench';
import { computedFigure, formula, parameter, self, statedFigure } from './define';
import {
  askedMembers,
  familyMembers,
  figureNames,
  formulaInputs,
  memberOf,
  MissingInput,
  ownFamilies,
  resolveInputs,
  selectCase,
} from './resolve';
import type { FigureValue, RecordScope } from './scope';
import type { Binding } from './spec';

const scopeOf = (
  names: readonly string[],
  cited: ReadonlyMap<string, readonly RecordScope[]> = new Map(),
): RecordScope => ({
  ...{ id: '', key: '', record: recordOf('monthly-evidence'), cited },
  figures: new Map<string, FigureValue>(names.map((name, at) => [name, { value: String(at), unit: 't' }])),
});
const member = fc.stringMatching(/^[a-z0-9]{1,4}$/);

describe('a family of figures', () => {
  it('has the members whose names begin with it, in order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(member, { maxLength: 8 }), (members) => {
        const names = [...members.map((one) => `fuel.FC.${one}`), 'fuel.FCx', 'fuel.NCV.a', 'other'];
        const { figures } = scopeOf(names);
        expect(familyMembers(figures, 'fuel.FC.*')).toEqual(members.map((one) => `fuel.FC.${one}`).sort());
        expect(familyMembers(figures, 'fuel.FC')).toEqual(['fuel.FC']);
        for (const one of members) expect(memberOf('fuel.FC.*', `fuel.FC.${one}`)).toBe(one);
      }),
    );
    expect([memberOf('fuel.FC', 'fuel.FC'), memberOf('fuel.FC.*', 'fuel.NCV.a')]).toEqual([undefined, undefined]);
  });

  it('tells its book that it is asked for whole', () => {
    const asked: string[] = [];
    const figures = Object.assign(new Map<string, FigureValue>(), { family: (prefix: string) => asked.push(prefix) });
    familyMembers(figures, 'fuel.FC.*');
    familyMembers(figures, 'fuel.FC.a');
    expect(asked).toEqual(['fuel.FC.']);
  });

  const specs = [
    statedFigure('fuel.FC.*', 't', 2),
    computedFigure('fuel.heat.*', 'GJ', 2, [formula('Q', 'FC * 2', { FC: self('fuel.FC.@') })]),
    computedFigure('fuel.E.*', 't', 2, [formula('E', 'Q * CC', { Q: self('fuel.heat.@'), CC: parameter('CC.@') })]),
    computedFigure('total', 't', 2, [formula('S', 'sum(E)', { E: self('fuel.E.*') })]),
  ];
  const [, heat, emission, total] = specs;

  it('that is computed has the members of what it is computed from, through every step', () => {
    const scope = scopeOf(['fuel.FC.coke', 'fuel.FC.gas', 'fuel.heat.oil']);
    expect(askedMembers(scope, heat!, specs)).toEqual(['fuel.heat.coke', 'fuel.heat.gas']);
    expect([...askedMembers(scope, emission!, specs)].sort()).toEqual(['fuel.E.coke', 'fuel.E.gas', 'fuel.E.oil']);
    expect(askedMembers(scope, total!, specs)).toEqual([]);
    expect(figureNames(scope, heat!, specs)).toEqual(['fuel.heat.coke', 'fuel.heat.gas', 'fuel.heat.oil']);
  });

  it('leaves out the members that no formula gives, where it is not required', () => {
    const measured = formula(
      'Q',
      'FC * 2',
      { FC: self('fuel.FC.@') },
      { when: [{ of: self('fuel.FC.@'), op: 'gt', value: '0' }] },
    );
    const asked = (options: object): readonly string[] => {
      const family = computedFigure('fuel.heat.*', 'GJ', 2, [measured], options);
      return askedMembers(scopeOf(['fuel.FC.coke', 'fuel.FC.gas']), family, [specs[0]!, family]);
    };
    // `scopeOf` counts from 0: of coke nothing was burnt.
    expect(asked({ required: false })).toEqual(['fuel.heat.gas']);
    expect(asked({})).toEqual(['fuel.heat.coke', 'fuel.heat.gas']);
    expect(asked({ required: false, stated: true })).toEqual(['fuel.heat.coke', 'fuel.heat.gas']);
  });

  it('that goes round in a circle is asked for once', () => {
    const circle = [
      computedFigure('a.*', 't', 0, [formula('A', 'B', { B: self('b.@') })]),
      computedFigure('b.*', 't', 0, [formula('B', 'A', { A: self('a.@') })]),
    ];
    expect(askedMembers(scopeOf(['b.x']), circle[0]!, circle)).toEqual(['a.x']);
  });

  it('is one of the record itself that a formula takes whole', () => {
    const mixed = formula('M', 'sum(a) + sum(b) + c', {
      a: self('a.*'),
      b: { from: 'report', figure: 'b.*' },
      c: self('c'),
    });
    expect(ownFamilies(mixed)).toEqual(['a.*']);
  });
});

describe('the inputs of a formula', () => {
  it('stand for what their bindings name, the member in place of its sign', () => {
    const table = citedRecord('parameter', {
      content: { values: { 'CC.coke': { value: '7', unit: '1', source: '…' } } },
    });
    const scope = scopeOf(['fuel.FC.coke', 'fuel.FC.gas'], new Map([['parameters', [table]]]));
    const one = formula('E', 'FC * CC', { FC: self('fuel.FC.@'), CC: parameter('CC.@') });
    expect(resolveInputs(one, scope, 'coke').map(({ variable, value }) => [variable, value])).toEqual([
      ['FC', '0'],
      ['CC', '7'],
    ]);
    expect(() => resolveInputs(one, scope, 'gas')).toThrow(MissingInput);
  });

  it('of the member’s own record are those of the record that is labelled so, whatever else is cited', () => {
    const report = (label: string, Cad_pct: string): RecordScope =>
      citedRecord('test-report', { kind: label === '' ? 'test-report' : `test-report.${label}`, figures: { Cad_pct } });
    const reports = [report('', '1'), report('15', '2'), report('16', '3')];
    const scope = scopeOf([], new Map([['test-report', reports]]));
    const one = formula('C', 'Cad', { Cad: { from: 'test-report', figure: 'Cad_pct', label: '@' } });
    const valuesOf = (of?: string): string[] => resolveInputs(one, scope, of).map(({ value }) => value);
    expect([valuesOf('15'), valuesOf('16')]).toEqual([['2'], ['3']]);
    for (const none of ['17', '1', undefined]) expect(() => valuesOf(none)).toThrow(MissingInput);
    const isCited = (of: string): boolean =>
      selectCase(
        computedFigure('x.*', '%', 2, [
          formula('C', '1', {}, { when: [{ cited: 'test-report', is: true, label: '@' }] }),
        ]),
        scope,
        of,
      ) !== undefined;
    expect([isCited('15'), isCited('17')]).toEqual([true, false]);
  });

  it('are a list where a name may stand for several, and a number where for one', () => {
    const scope = scopeOf(['a', 'd.1', 'd.2']);
    const inputs = (binding: Binding): unknown => {
      const one = formula('X', 'x', { x: binding });
      return formulaInputs(one, resolveInputs(one, scope))['x'];
    };
    expect(inputs(self('a'))).toEqual(new Decimal(0));
    expect(inputs(self('d.*'))).toEqual([new Decimal(1), new Decimal(2)]);
    expect(inputs(self('e.*'))).toEqual([]);
  });

  it('of two lists that go together have the same members, whichever lacks one', () => {
    const mean = formula('M', 'wavg(x, w)', { x: self('x.*'), w: self('w.*') });
    const missing = (names: readonly string[]): string => {
      try {
        resolveInputs(mean, scopeOf(names));
        return 'none';
      } catch (error) {
        return error instanceof MissingInput ? error.figure : 'other';
      }
    };
    fc.assert(
      fc.property(fc.uniqueArray(member, { maxLength: 5 }), fc.uniqueArray(member, { maxLength: 5 }), (x, w) => {
        const found = missing([...x.map((one) => `x.${one}`), ...w.map((one) => `w.${one}`)]);
        const same = [...x].sort().join() === [...w].sort().join();
        expect(found === 'none').toBe(same);
        if (!same)
          expect([
            ...x.filter((one) => !w.includes(one)).map((one) => `w.${one}`),
            ...w.filter((one) => !x.includes(one)).map((one) => `x.${one}`),
          ]).toContain(found);
      }),
    );
  });

  it('of lists over several records go by their records', () => {
    const months = ['01', '02'].map((month) =>
      citedRecord('monthly-evidence', { subject: { period: `2024-${month}` }, figures: { 'x.a': '1', 'w.a': '2' } }),
    );
    const scope = scopeOf([], new Map([['months', months]]));
    const mean = formula('M', 'wavg(x, w)', {
      x: { from: 'months', figure: 'x.*' },
      w: { from: 'months', figure: 'w.*' },
    });
    expect(resolveInputs(mean, scope)).toHaveLength(4);
  });
});
