import fc from 'fast-check';
import { at, glass, type glassFiles } from '../testing/glass-folder';
import { diffFolders, type MethodologyFolder, type RuleChange } from '.';

type Files = ReturnType<typeof glassFiles>;
const month = 'monthly-evidence@unit';
const figure = (files: Files, name: string): Record<string, unknown> => at(files.methodology, 'figures', month, name);

describe('what a methodology says otherwise than another', () => {
  const diff = (a: MethodologyFolder, b: MethodologyFolder, year = '2024'): RuleChange[] =>
    diffFolders([a, '2024'], [b, year]);
  const told = (change: (files: Files) => void): (string | null)[][] =>
    diff(glass(), glass(change)).map(({ kind, place, before, after }) => [kind, place, before, after]);

  it('is nothing of itself', () => {
    expect(diff(glass(), glass())).toEqual([]);
  });

  it('is told with before and after, and for a parameter in the same unit by how much', () => {
    expect(diff(glass(), glass(), '2025')).toEqual([
      { kind: 'parameter', place: 'EF', before: '0.1 tCO2/GJ', after: '0.09 tCO2/GJ', delta: '-0.01' },
    ]);
    const changed = told((files) => {
      figure(files, 'heat_GJ')['decimals'] = '3';
      at(figure(files, 'heat_GJ'), 'cases', 'Q')['formula'] = 'round(FC * NCV, 3)';
      figure(files, 'ash_t')['unit'] = 't';
      Object.assign(figure(files, 'ash_t'), { decimals: '0', required: 'false', stated: 'true' });
      Reflect.deleteProperty(at(files.parameters, 'values'), 'CC.gas');
    });
    expect(changed).toEqual([
      [
        'figure',
        `${month}/heat_GJ`,
        'GJ, 2 decimals, private, required, computed',
        'GJ, 3 decimals, private, required, computed',
      ],
      [
        'formula',
        `${month}/heat_GJ/Q`,
        'round(FC * NCV, 2) (FC = fuel_t, NCV = NCV_GJ_t), clause 1',
        'round(FC * NCV, 3) (FC = fuel_t, NCV = NCV_GJ_t), clause 1',
      ],
      ['figure', `${month}/ash_t`, null, 't, 0 decimals, private, optional, stated'],
      ['parameter', 'CC.gas', '0.0153 tC/GJ', null],
    ]);
  });

  it('is a fact, a citation, a unit, a source as well, and the order of cases', () => {
    const plan = 'quality-control-plan@unit';
    const basis = (files: Files): Record<string, unknown> => at(files.profile, month, 'content', 'basis');
    expect(told((files) => (basis(files)['required'] = 'false'))).toEqual([
      ['fact', `${month}/basis`, 'choice, measured | default, required', 'choice, measured | default, optional'],
    ]);
    expect(told((files) => (at(files.profile, month, 'cites', 'quality-control-plan')['max'] = '2'))).toEqual([
      ['citation', `${month}/cites/quality-control-plan`, `${plan}, 1 to 1`, `${plan}, 1 to 2`],
    ]);
    expect(told((files) => (at(files.profile, 'test-report@unit', 'units')['ash_pct'] = '%'))).toEqual([
      ['unit', 'test-report@unit/units/ash_pct', null, '%'],
    ]);
    expect(told((files) => (files.methodology['sources'] = ['Fictitious guideline', 'Notice']))).toEqual([
      ['source', 'Notice', null, 'Notice'],
    ]);
    const turned = told((files) => {
      const emission = figure(files, 'emission_tCO2');
      emission['cases'] = Object.fromEntries(Object.entries(at(emission, 'cases')).reverse());
    });
    expect(turned).toEqual([['figure', `${month}/emission_tCO2`, 'E.measured, E.default', 'E.default, E.measured']]);
  });

  it('is the same the other way round, with before and after exchanged', () => {
    const decimals = fc.integer({ min: 0, max: 6 }).map(String);
    fc.assert(
      fc.property(decimals, decimals, fc.boolean(), (a, b, isOptional) => {
        const one = glass((files) => (figure(files, 'fuel_t')['decimals'] = a));
        const other = glass((files) =>
          Object.assign(figure(files, 'fuel_t'), { decimals: b, required: isOptional ? 'false' : 'true' }),
        );
        const there = diff(one, other).map(({ place, before, after }) => [place, before, after]);
        const back = diff(other, one).map(({ place, before, after }) => [place, after, before]);
        expect(there).toEqual(back);
        expect(there.length === 0).toBe(a === b && !isOptional);
      }),
      { numRuns: 30 },
    );
  });
});
