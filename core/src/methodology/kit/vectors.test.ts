import { at, glass, type glassFiles } from '../testing/glass-folder';
import { evaluateVector, testMethodology, untestedFormulas } from '.';

type Files = ReturnType<typeof glassFiles>;

describe('the vectors of a methodology', () => {
  it('come out as they say, step by step', () => {
    const formulas = ['Q', 'E.measured', 'E.default', 'S'];
    const [all] = testMethodology(glass());
    expect(all).toEqual({ name: 'coke and gas', year: '2024', steps: 5, differences: [], formulas });
    expect(untestedFormulas(glass(), testMethodology(glass()))).toEqual([]);
    expect(untestedFormulas(glass(), [])).toEqual(formulas);
    const done = evaluateVector(glass(), glass().vectors[0]!);
    expect(done.get('year')?.scope.figures.get('emission_tCO2')?.value).toBe('326');
  });

  const record = (files: Files, name: string): Record<string, unknown> => at(files.vectors[0]!, 'records', name);

  it.each<[string, (files: Files) => void, string[]]>([
    [
      'a value',
      (files) => (at(record(files, 'january'), 'expect')['heat_GJ'] = '2800.01'),
      ['january heat_GJ 2800.01 2800.00'],
    ],
    [
      'a step',
      (files) => (record(files, 'february')['steps'] = { emission_tCO2: 'E.measured' }),
      ['february emission_tCO2 E.measured E.default'],
    ],
    [
      'a figure that is not there',
      (files) => (at(record(files, 'january'), 'expect')['ash_t'] = '1'),
      ['january ash_t 1 (nothing)'],
    ],
    [
      'a refusal that does not come',
      (files) => (record(files, 'january')['refused'] = { heat_GJ: 'FIGURE_MISMATCH' }),
      ['january heat_GJ FIGURE_MISMATCH (nothing)'],
    ],
    [
      'the parameters of a year',
      (files) => (files.vectors[0]!['year'] = '2025'),
      ['february emission_tCO2 28.00 25.20', 'year emission_tCO2 326 323'],
    ],
  ])('tell in which %s they differ', (_, change, expected) => {
    const differences = testMethodology(glass(change)).flatMap((result) => result.differences);
    expect(
      differences.map(({ record: name, figure: of, expected: was, got }) => `${name} ${of} ${was} ${got}`),
    ).toEqual(expected);
  });

  it('take a refusal that comes as right', () => {
    const folder = glass((files) => {
      const january = record(files, 'january');
      Object.assign(january, {
        figures: { fuel_t: '100.00', NCV_GJ_t: '28.000', heat_GJ: '2800.01' },
        refused: { heat_GJ: 'FIGURE_MISMATCH' },
        expect: {},
        steps: {},
      });
    });
    const [result] = testMethodology(folder);
    expect(result?.differences.filter(({ record: name }) => name === 'january')).toEqual([]);
  });

  it('may take values of their own', () => {
    const folder = glass((files) => {
      files.vectors[0]!['parameters'] = { EF: '0.2' };
      at(record(files, 'february'), 'expect')['emission_tCO2'] = '56.00';
      at(record(files, 'year'), 'expect')['emission_tCO2'] = '354';
    });
    expect(testMethodology(folder)[0]?.differences).toEqual([]);
  });

  it.each<[string, (files: Files) => void, string]>([
    ['cites what comes later', (files) => (record(files, 'coke')['cites'] = { x: 'year' }), 'does not stand before it'],
    [
      'states an unknown figure',
      (files) => (at(record(files, 'january'), 'figures')['ash_t'] = '1'),
      'is not a figure of',
    ],
    [
      'states a figure in words',
      (files) => (at(record(files, 'january'), 'figures')['fuel_t'] = 'much'),
      'is not a decimal number',
    ],
    [
      'states a figure that every object has',
      (files) => (at(record(files, 'january'), 'figures')['constructor'] = '1'),
      'is not a figure of',
    ],
    [
      'changes a parameter that every object has',
      (files) => (files.vectors[0]!['parameters'] = { constructor: '1' }),
      'there is no parameter constructor',
    ],
    [
      'changes an unknown parameter',
      (files) => (files.vectors[0]!['parameters'] = { XX: '1' }),
      'there is no parameter XX',
    ],
  ])('are refused where one %s', (_, change, words) => {
    expect(() => testMethodology(glass(change))).toThrow(words);
  });
});
