import { at, glass, type glassFiles } from '../testing/glass-folder';
import { lintMethodology } from '.';

type Files = ReturnType<typeof glassFiles>;
type Members = Record<string, unknown>;
const month = 'monthly-evidence@unit';
const place = `/methodology/figures/${month}`;

const figure = (files: Files, name: string): Members => at(files.methodology, 'figures', month, name);
const caseOf = (files: Files, name: string, id: string): Members => at(figure(files, name), 'cases', id);
const heat = (files: Files): Members => caseOf(files, 'heat_GJ', 'Q');
const measured = (files: Files): Members => caseOf(files, 'emission_tCO2', 'E.measured');

/** Places and words of what is wrong. */
const faults = (change: (files: Files) => void): string[] =>
  lintMethodology(glass(change)).faults.map(({ path, message }) => `${path}: ${message}`);
const notes = (change: (files: Files) => void): string[] =>
  lintMethodology(glass(change)).notes.map(({ path, message }) => `${path}: ${message}`);

describe('a methodology', () => {
  it('in order has neither faults nor notes', () => {
    expect(lintMethodology(glass())).toEqual({ faults: [], notes: [] });
  });

  it.each<[string, (files: Files) => void, string, string]>([
    [
      'a variable without source',
      (files) => (heat(files)['formula'] = 'round(FC * NCV * X, 2)'),
      `${place}/heat_GJ/cases/Q/formula`,
      'X has no source',
    ],
    [
      'tables where the ledger does not look for them',
      (files) => (files.methodology['unit'] = 'GLASSWARE'),
      '/methodology/unit',
      'under GLASS, or GLASS-…',
    ],
    [
      'a variable in other letters',
      (files) => (heat(files)['formula'] = 'round(FC * ncv, 2)'),
      `${place}/heat_GJ/cases/Q/formula`,
      'did you mean NCV?',
    ],
    [
      'a source that no variable needs',
      (files) => (at(heat(files), 'of')['X'] = 'fuel_t'),
      `${place}/heat_GJ/cases/Q/of/X`,
      'is not used by the formula',
    ],
    [
      'a figure that is not there',
      (files) => (at(heat(files), 'of')['FC'] = 'Fuel_t'),
      `${place}/heat_GJ/cases/Q/of/FC`,
      'did you mean fuel_t?',
    ],
    [
      'a role that is not cited',
      (files) => (at(heat(files), 'of')['FC'] = 'test-report#fuel_t'),
      `${place}/heat_GJ/cases/Q/of/FC`,
      'cites nothing in the role test-report',
    ],
    [
      'a member of no family',
      (files) => (at(heat(files), 'of')['FC'] = 'fuel_t.@'),
      `${place}/heat_GJ/cases/Q/of/FC`,
      'stands for the member of a family',
    ],
    [
      'a field that is not there',
      (files) => (measured(files)['when'] = ['/Basis in measured']),
      `${place}/emission_tCO2/cases/E.measured/when/0`,
      'did you mean basis?',
    ],
    [
      'a choice that is not there',
      (files) => (measured(files)['when'] = ['/basis in counted']),
      `${place}/emission_tCO2/cases/E.measured/when/0`,
      'counted is none of measured, default',
    ],
    [
      'a parameter that is not there',
      (files) => (at(measured(files), 'of')['CC'] = '$cc'),
      `${place}/emission_tCO2/cases/E.measured/of/CC`,
      'there is no parameter cc',
    ],
    [
      'a choice without its parameter',
      (files) => Reflect.deleteProperty(at(files.parameters, 'values'), 'CC.gas'),
      `${place}/emission_tCO2/cases/E.measured/of/CC`,
      'these parameters are missing: CC.gas',
    ],
    [
      'a parameter without value for a year',
      (files) => (at(files.parameters, 'values', 'EF')['years'] = { 2024: '0.1' }),
      '/parameters/values/EF',
      'no value for 2025: EF',
    ],
    [
      'a formula that cannot be read',
      (files) => (heat(files)['formula'] = 'round(FC * , 2)'),
      `${place}/heat_GJ/cases/Q/formula`,
      'unexpected',
    ],
    [
      'one id for two formulas',
      (files) =>
        (at(figure(files, 'heat_GJ'), 'cases')['E.default'] = { formula: 'round(FC * 2, 2)', of: { FC: 'fuel_t' } }),
      '',
      'stands for two formulas',
    ],
    [
      'a unit that is none',
      (files) => (figure(files, 'fuel_t')['unit'] = 'tonne'),
      `${place}/fuel_t/unit`,
      'is not a unit',
    ],
    [
      'a parameter’s unit that is none',
      (files) => (at(files.parameters, 'values', 'EF')['unit'] = 'x'),
      '/parameters/values/EF/unit',
      'is not a unit',
    ],
    [
      'a result in another unit',
      (files) => (figure(files, 'heat_GJ')['unit'] = 'MWh'),
      `${place}/heat_GJ/cases/Q/formula`,
      'not MWh',
    ],
    [
      'masses that were forgotten',
      (files) => (measured(files)['formula'] = 'round(Q * CC, 2)'),
      `${place}/emission_tCO2/cases/E.measured/formula`,
      'which is not tCO2',
    ],
    [
      'a sum of two things',
      (files) => (heat(files)['formula'] = 'round(FC + NCV, 2)'),
      `${place}/heat_GJ/cases/Q/formula`,
      'adds t and GJ/t',
    ],
    [
      'a family of parameters in several units',
      (files) => (at(files.parameters, 'values', 'CC.gas')['unit'] = 'kgC/GJ'),
      `${place}/emission_tCO2/cases/E.measured/of/CC`,
      'is in several units',
    ],
    [
      'another rounding than its decimals',
      (files) => (heat(files)['formula'] = 'round(FC * NCV, 3)'),
      `${place}/heat_GJ/cases/Q/formula`,
      'rounds to 3 decimals, but heat_GJ has 2',
    ],
    [
      'no rounding',
      (files) => (heat(files)['formula'] = 'FC * NCV'),
      `${place}/heat_GJ/cases/Q/formula`,
      'write round(FC * NCV, 2)',
    ],
    [
      'a case that is never reached',
      (files) => (caseOf(files, 'emission_tCO2', 'E.default')['when'] = ['/basis in measured']),
      `${place}/emission_tCO2/cases/E.default`,
      'is never reached',
    ],
    [
      'a situation without case',
      (files) => Reflect.deleteProperty(at(figure(files, 'emission_tCO2'), 'cases'), 'E.default'),
      `${place}/emission_tCO2`,
      'no case for: /basis default',
    ],
    [
      'a figure neither stated nor computed',
      (files) => (figure(files, 'fuel_t')['stated'] = 'false'),
      `${place}/fuel_t`,
      'it has no case at all',
    ],
    ['a circle', (files) => (at(heat(files), 'of')['NCV'] = 'emission_tCO2'), '', 'computed from itself'],
    [
      'a figure without words',
      (files) => Reflect.deleteProperty(files.glossary, 'fuel_t'),
      `${place}/fuel_t`,
      'has no entry in the glossary',
    ],
    [
      'a parameter without words',
      (files) => Reflect.deleteProperty(files.glossary, 'CC'),
      '/parameters/values/CC.coke',
      'has no entry in the glossary',
    ],
    [
      'choices of a text',
      (files) => (at(files.profile, month, 'content', 'basis')['kind'] = 'text'),
      `/profile/${month}/content/basis`,
      'choices if, and only if',
    ],
    [
      'the unit of a choice',
      (files) => (at(files.profile, month, 'content', 'basis')['unit'] = 't'),
      `/profile/${month}/content/basis`,
      'a unit if, and only if',
    ],
  ])('with %s is told so at its place', (_, change, path, words) => {
    const found = faults(change);
    expect(found.some((fault) => fault.startsWith(path) && fault.includes(words))).toBe(true);
  });

  it('whose figure is called what every object has is told that there is none', () => {
    for (const name of ['constructor', 'toString']) {
      const found = faults((files) => (at(heat(files), 'of')['FC'] = name));
      expect(found).toEqual(expect.arrayContaining([`${place}/heat_GJ/cases/Q/of/FC: ${month} has no figure ${name}`]));
    }
  });

  it('may leave a parameter unused: a note', () => {
    const found = notes((files) => (at(files.parameters, 'values')['spare'] = { unit: '1', source: 'x', value: '1' }));
    expect(found).toEqual(['/parameters/values/spare: spare is used by no formula']);
  });

  it('may have an entry of words for a whole family', () => {
    expect(faults((files) => (files.glossary['CC.coke'] = { en: 'coke', zh: '焦' }))).toEqual([]);
  });

  it('is told everything at once', () => {
    const found = faults((files) => {
      figure(files, 'fuel_t')['unit'] = 'tonne';
      heat(files)['formula'] = 'round(FC * NCV, 3)';
      Reflect.deleteProperty(files.glossary, 'EF');
    });
    expect(found.length).toBeGreaterThanOrEqual(3);
  });

  it('whose bindings cannot be read is told these, and nothing that follows from them', () => {
    const found = lintMethodology(glass((files) => (at(heat(files), 'of')['FC'] = 'fuel t')));
    expect(found.faults.map(({ path }) => path)).toEqual([`${place}/heat_GJ/cases/Q/of/FC`]);
  });
});

describe('the thresholds of a figure', () => {
  /** Heat by cases of a number: with these conditions, in this order. */
  const by = (...conditions: (string | undefined)[]): string[] =>
    faults((files) => {
      figure(files, 'heat_GJ')['cases'] = Object.fromEntries(
        conditions.map((when, index) => [
          `Q${String(index)}`,
          {
            ...(when === undefined ? {} : { when: [when] }),
            formula: 'round(FC * NCV, 2)',
            of: { FC: 'fuel_t', NCV: 'NCV_GJ_t' },
          },
        ]),
      );
    }).map((fault) => fault.replace(`${place}/heat_GJ`, ''));

  it.each<[(string | undefined)[], string]>([
    [['fuel_t < 65', 'fuel_t >= 65'], ''],
    [['fuel_t < 65', undefined], ''],
    [['fuel_t <= 65', 'fuel_t > 65'], ''],
    [['fuel_t < 65', 'fuel_t > 65'], 'no case for: fuel_t 65'],
    [['fuel_t < 65', 'fuel_t >= 70'], 'no case for: fuel_t 65'],
    [['fuel_t <= 65', 'fuel_t >= 70'], 'no case for: fuel_t 67.5'],
    [['fuel_t > 0'], 'no case for: fuel_t -1'],
    [['fuel_t < 65', 'fuel_t < 60', 'fuel_t >= 65'], 'Q1 is never reached'],
    [[undefined, 'fuel_t < 65'], 'Q1 is never reached'],
  ])('%j: %s', (conditions, words) => {
    const found = by(...conditions);
    expect(found.length === 0 ? '' : found.join()).toContain(words);
    expect(found.length).toBe(words === '' ? 0 : 1);
  });
});
