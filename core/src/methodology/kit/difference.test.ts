import fc from 'fast-check';
import { at, glass, type glassFiles } from '../testing/glass-folder';
import { diffMethodologies, methodologyOf, parametersOf, type MethodologyFolder } from '.';

type Files = ReturnType<typeof glassFiles>;
const month = 'monthly-evidence@unit';
const figure = (files: Files, name: string): Record<string, unknown> => at(files.methodology, 'figures', month, name);

describe('what a methodology says otherwise than another', () => {
  const rules = (folder: MethodologyFolder, year = '2024'): Parameters<typeof diffMethodologies>[0] => ({
    methodology: methodologyOf(folder, year),
    parameters: parametersOf(folder, year),
  });

  it('is nothing of itself', () => {
    expect(diffMethodologies(rules(glass()), rules(glass()))).toEqual([]);
  });

  it('is told with before and after, and for a parameter in the same unit by how much', () => {
    expect(diffMethodologies(rules(glass()), rules(glass(), '2025'))).toEqual([
      { kind: 'parameter', place: 'EF', before: '0.1 tCO2/GJ', after: '0.09 tCO2/GJ', delta: '-0.01' },
    ]);
    const other = glass((files) => {
      figure(files, 'heat_GJ')['decimals'] = '3';
      at(figure(files, 'heat_GJ'), 'cases', 'Q')['formula'] = 'round(FC * NCV, 3)';
      figure(files, 'ash_t')['unit'] = 't';
      Object.assign(figure(files, 'ash_t'), { decimals: '0', required: 'false', stated: 'true' });
      Reflect.deleteProperty(at(files.parameters, 'values'), 'CC.gas');
    });
    expect(
      diffMethodologies(rules(glass()), rules(other)).map(({ kind, place, before, after }) => [
        kind,
        place,
        before,
        after,
      ]),
    ).toEqual([
      [
        'figure',
        `${month}/heat_GJ`,
        'GJ, 2 decimals, private, required, computed',
        'GJ, 3 decimals, private, required, computed',
      ],
      [
        'formula',
        `${month}/heat_GJ/Q`,
        'round(FC * NCV, 2) (FC = fuel_t, NCV = NCV_GJ_t)',
        'round(FC * NCV, 3) (FC = fuel_t, NCV = NCV_GJ_t)',
      ],
      ['figure', `${month}/ash_t`, null, 't, 0 decimals, private, optional, stated'],
      ['parameter', 'CC.gas', '0.0153 tC/GJ', null],
    ]);
  });

  it('is the same the other way round, with before and after exchanged', () => {
    const decimals = fc.integer({ min: 0, max: 6 }).map(String);
    fc.assert(
      fc.property(decimals, decimals, fc.boolean(), (a, b, isOptional) => {
        const one = rules(glass((files) => (figure(files, 'fuel_t')['decimals'] = a)));
        const other = rules(
          glass((files) =>
            Object.assign(figure(files, 'fuel_t'), { decimals: b, required: isOptional ? 'false' : 'true' }),
          ),
        );
        const there = diffMethodologies(one, other).map(({ place, before, after }) => [place, before, after]);
        const back = diffMethodologies(other, one).map(({ place, before, after }) => [place, after, before]);
        expect(there).toEqual(back);
        expect(there.length === 0).toBe(a === b && !isOptional);
      }),
      { numRuns: 30 },
    );
  });
});
