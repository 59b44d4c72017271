import fc from 'fast-check';
import { isLedgerError, type Fault } from '../../errors';
import { compileFigures, compileParameters, compileProfile, parameterUnitsOf } from './compile';
import { mergeParameters, mergeProfile, mergeTables } from './merge';
import type { FigureSource, ParameterSource, ProfileSource } from './source';

type Tables = Record<string, Record<string, FigureSource>>;

const figure = (change: Partial<FigureSource> = {}): FigureSource => ({
  ...{ unit: 't', decimals: 2, visibility: 'private', required: true, stated: true, cases: {}, ...change },
});
const value = (text: string, unit = 't'): ParameterSource => ({ unit, source: 'notice', value: text });
const record = (change: Partial<ProfileSource[string]> = {}): ProfileSource[string] => ({
  ...{ content: {}, cites: {}, units: {}, without: [], ...change },
});
const field = (en: string): ProfileSource[string]['content'][string] => ({
  ...{ en, zh: en, kind: 'text', required: true },
});

const name = fc.constantFrom('a', 'b', 'c', 'd');
const tables = fc.dictionary(
  fc.constantFrom('x@unit', 'y@unit'),
  fc.dictionary(
    name,
    fc.integer({ min: 0, max: 9 }).map((decimals) => figure({ decimals })),
  ),
);
/** With tables that hold nothing left out. */
const merge = (base: Tables | undefined, own: Tables, without: readonly string[] = [], faults: Fault[] = []): Tables =>
  mergeTables(base, { figures: own, without: [...without] }, faults);

describe('figures of a folder that extends another', () => {
  it('are its own before those that it takes over, and every other one is as it was', () => {
    fc.assert(
      fc.property(tables, tables, (base, own) => {
        const merged = merge(base, own);
        for (const table of ['x@unit', 'y@unit'])
          for (const one of ['a', 'b', 'c', 'd'])
            expect(merged[table]?.[one]).toEqual(own[table]?.[one] ?? base[table]?.[one]);
      }),
    );
  });

  it('are the same through two folders as through one that says both', () => {
    fc.assert(
      fc.property(tables, tables, tables, (one, two, three) => {
        expect(merge(merge(one, two), three)).toEqual(merge(one, merge(two, three)));
        expect(merge(one, one)).toEqual(merge(undefined, one));
      }),
    );
  });

  it('are without what is left out, once, and whoever leaves out what is not there is told where', () => {
    fc.assert(
      fc.property(tables, fc.array(name, { maxLength: 5 }), (base, left) => {
        const faults: Fault[] = [];
        const merged = merge(
          base,
          {},
          left.map((one) => `x@unit/${one}`),
          faults,
        );
        const known: readonly string[] = Object.keys(base['x@unit'] ?? {});
        const isLeft = (one: string): boolean => left.some((other) => other === one);
        expect(Object.keys(merged['x@unit'] ?? {})).toEqual(known.filter((one) => !isLeft(one)));
        expect(merged['y@unit']).toEqual(base['y@unit']);
        const wrong = left.flatMap((one, at) => (!known.includes(one) || left.indexOf(one) < at ? [at] : []));
        expect(faults.map(({ path }) => path)).toEqual(wrong.map((at) => `/methodology/without/${String(at)}`));
        for (const { code } of faults) expect(code).toBe('BAD_METHODOLOGY');
      }),
    );
  });

  it('stand in each of several tables that are named at once', () => {
    const merged = merge({ 'x@unit': { a: figure() } }, { 'x@unit, y@unit': { b: figure({ decimals: 5 }) } });
    expect(Object.entries(merged).map(([table, all]) => [table, Object.keys(all)])).toEqual([
      ['x@unit', ['a', 'b']],
      ['y@unit', ['b']],
    ]);
  });
});

describe('parameters of a folder that extends another', () => {
  it('may be left out and said anew, which takes the place of what was', () => {
    const faults: Fault[] = [];
    const own = { values: { EF: value('2'), new: value('3') }, without: ['EF', 'old', 'never'] };
    expect(mergeParameters({ EF: value('1'), old: value('9'), kept: value('4') }, own, faults)).toEqual({
      ...{ kept: value('4'), EF: value('2'), new: value('3') },
    });
    expect(faults.map(({ path, message }) => [path, message])).toEqual([
      ['/parameters/without/2', 'there is no never to leave out'],
    ]);
  });

  it('are in force in the years that they name, or in all', () => {
    const sources = { all: value('1'), some: { unit: 'GJ', source: 'notice', years: { 2024: '2', 2025: '0.20' } } };
    const inForce = (year: string): unknown =>
      Object.entries(compileParameters(sources, year)).map(([one, entry]) => [one, entry.value]);
    expect(inForce('2024')).toEqual([
      ['all', '1'],
      ['some', '2'],
    ]);
    expect(inForce('2025')).toEqual([
      ['all', '1'],
      ['some', '0.20'],
    ]);
    expect(inForce('2026')).toEqual([['all', '1']]);
    expect(parameterUnitsOf(sources)).toEqual({ all: 't', some: 'GJ' });
  });
});

describe('the profile of a folder that extends another', () => {
  it('takes over fields, citations and units, but those that are left out', () => {
    const cite = { of: 'x@unit', min: 1, max: 1 };
    const base = {
      'x@unit': record({ content: { a: field('a'), b: field('b') }, cites: { r: cite }, units: { u: 't' } }),
    };
    const own = { 'x@unit, y@unit': record({ content: { b: field('B') }, units: { u: 'GJ' }, without: ['a', 'r'] }) };
    const faults: Fault[] = [];
    expect(mergeProfile(base, own, faults)).toEqual({
      'x@unit': record({ content: { b: field('B') }, units: { u: 'GJ' } }),
      'y@unit': record({ content: { b: field('B') }, units: { u: 'GJ' } }),
    });
    expect(faults.map(({ path }) => path)).toEqual(['/profile/y@unit/without/0', '/profile/y@unit/without/1']);
  });

  it('is filed with its titles apart from the rest', () => {
    const filed = compileProfile({ 'x@unit': record({ content: { a: field('A') } }) });
    expect(filed['x@unit']?.content['a']).toEqual({ title: { en: 'A', zh: 'A' }, kind: 'text', required: true });
  });
});

describe('figures that are compiled', () => {
  const read = (all: Tables): readonly string[] => {
    try {
      compileFigures(all);
      return [];
    } catch (error) {
      if (!isLedgerError(error)) throw error;
      expect(error.code).toBe('BAD_METHODOLOGY');
      return error.faults.map(({ path }) => path);
    }
  };

  it('name every binding and condition that cannot be read, at its place', () => {
    const bad = { formula: 'a', of: { a: 'no name', b: 'fuel_t', c: '$' }, when: ['cited plan', 'if so'] };
    expect(
      read({
        'x@unit': { one: figure({ cases: { A: bad } }), two: figure() },
        'y@unit': { one: figure({ cases: { B: bad } }) },
      }),
    ).toEqual([
      '/methodology/figures/x@unit/one/cases/A/of/a',
      '/methodology/figures/x@unit/one/cases/A/of/c',
      '/methodology/figures/x@unit/one/cases/A/when/1',
      '/methodology/figures/y@unit/one/cases/B/of/a',
      '/methodology/figures/y@unit/one/cases/B/of/c',
      '/methodology/figures/y@unit/one/cases/B/when/1',
    ]);
  });

  it('keep the order of tables, figures and cases, and say nothing that was not said', () => {
    const one = { formula: 'FC', of: { FC: 'fuel_t' } };
    const compiled = compileFigures({
      'y@unit': { z: figure({ cases: { B: one, A: one } }), a: figure() },
      'x@unit': {},
    });
    expect(Object.entries(compiled).map(([table, specs]) => [table, specs.map((spec) => spec.name)])).toEqual([
      ['y@unit', ['z', 'a']],
      ['x@unit', []],
    ]);
    expect(compiled['y@unit']?.[0]?.cases).toEqual([
      { id: 'B', expression: 'FC', inputs: { FC: { from: 'self', figure: 'fuel_t' } } },
      { id: 'A', expression: 'FC', inputs: { FC: { from: 'self', figure: 'fuel_t' } } },
    ]);
    expect(compiled['y@unit']?.[1]).not.toHaveProperty('tolerance');
  });
});
