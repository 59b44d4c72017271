import { codeOf } from '../../../../test/support/code-of';
import { isLedgerError } from '../../errors';
import { at, changedGlass, glass, glassFiles } from '../testing/glass-folder';
import { methodologyOf, parametersOf, readMethodologyFolder, type MethodologyFolder } from '.';

type Files = ReturnType<typeof glassFiles>;
const month = 'monthly-evidence@unit';
const figure = (files: Files, name: string, table = month): Record<string, unknown> =>
  at(files.methodology, 'figures', table, name);

/** Places of the faults of a folder; none where it is read. */
function places(change: (files: Files) => void, base?: MethodologyFolder): string[] {
  try {
    methodologyOf(readMethodologyFolder(changedGlass(change), base), '2024');
    return [];
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    expect(error.code).toBe('BAD_METHODOLOGY');
    return [...new Set(error.faults.map(({ path }) => path))];
  }
}

describe('the files of a methodology', () => {
  it('are read, and make the documents of each year', () => {
    const folder = glass();
    const document = methodologyOf(folder, '2024');
    expect([document.id, document.year, document.title.en]).toEqual(['X-GLASS', '2024', 'Glass 2024']);
    expect(
      document.figures[month]?.map(({ name, decimals, stated, required, visibility }) => [
        name,
        decimals,
        stated,
        required,
        visibility,
      ]),
    ).toEqual([
      ['fuel_t', 2, true, true, 'private'],
      ['NCV_GJ_t', 3, true, true, 'private'],
      ['heat_GJ', 2, false, true, 'private'],
      ['emission_tCO2', 2, false, true, 'public'],
    ]);
    expect(document.figures[month]?.[3]?.cases[0]).toEqual({
      id: 'E.measured',
      when: [{ of: { content: 'basis' }, op: 'in', value: ['measured'] }],
      expression: 'round(Q * CC * 44 / 12, 2)',
      inputs: {
        Q: { from: 'self', figure: 'heat_GJ' },
        CC: { parameter: 'CC', by: { content: 'fuel', from: 'quality-control-plan' } },
      },
    });
    expect(document.parameterUnits).toEqual({ 'CC.coke': 'tC/GJ', 'CC.gas': 'tC/GJ', EF: 'tCO2/GJ' });
    expect(document.profile?.[month]?.cites).toEqual({
      'quality-control-plan': { of: 'quality-control-plan@unit', min: 1, max: 1 },
    });
  });

  it('give the values that are in force in a year', () => {
    const value = (year: string): string | undefined => parametersOf(glass(), year).values['EF']?.value;
    expect([value('2024'), value('2025')]).toEqual(['0.1', '0.09']);
    expect(parametersOf(glass(), '2025')).toMatchObject({
      table: 'X-GLASS',
      effectiveFrom: '2025-01-01',
      effectiveTo: '2025-12-31',
    });
    const later = glass((files) => (at(files.parameters, 'values', 'EF')['years'] = { 2025: '0.09' }));
    expect(parametersOf(later, '2024').values).not.toHaveProperty('EF');
  });

  it('are for their years and no others', () => {
    expect(codeOf(() => methodologyOf(glass(), '2023'))).toBe('FORMULA_UNDEFINED');
    expect(codeOf(() => parametersOf(glass(), '2026'))).toBe('FORMULA_UNDEFINED');
  });

  it('of format 1 make a document of figures alone', () => {
    const document = methodologyOf(
      glass((files) => (files.methodology['format'] = '1')),
      '2024',
    );
    expect(Object.keys(document).sort()).toEqual(['figures', 'id', 'sources', 'title', 'year']);
  });

  it.each<[string, (files: Files) => void, string]>([
    ['an id in small letters', (files) => (files.methodology['id'] = 'x-glass'), '/methodology/id'],
    ['no years', (files) => (files.methodology['years'] = []), '/methodology/years'],
    ['a year of the last century', (files) => (files.methodology['years'] = ['1999']), '/methodology/years/0'],
    ['a title in one language', (files) => (files.methodology['title'] = { en: 'x' }), '/methodology/title/zh'],
    ['a folder far away', (files) => (files.methodology['extends'] = '../../../etc'), '/methodology/extends'],
    ['a file that it does not know', (files) => (files.methodology['script'] = 'x'), '/methodology'],
    [
      'decimals in words',
      (files) => (figure(files, 'fuel_t')['decimals'] = 'two'),
      `/methodology/figures/${month}/fuel_t/decimals`,
    ],
    [
      'decimals that are no text',
      (files) => (figure(files, 'fuel_t')['decimals'] = 2),
      `/methodology/figures/${month}/fuel_t/decimals`,
    ],
    [
      'yes for true',
      (files) => (figure(files, 'fuel_t')['stated'] = 'yes'),
      `/methodology/figures/${month}/fuel_t/stated`,
    ],
    [
      'an empty formula',
      (files) => (at(figure(files, 'heat_GJ'), 'cases', 'Q')['formula'] = ''),
      `/methodology/figures/${month}/heat_GJ/cases/Q/formula`,
    ],
    [
      'a source that is none',
      (files) => (at(figure(files, 'heat_GJ'), 'cases', 'Q', 'of')['FC'] = 'fuel t'),
      `/methodology/figures/${month}/heat_GJ/cases/Q/of/FC`,
    ],
    [
      'a condition that is none',
      (files) => (at(figure(files, 'heat_GJ'), 'cases', 'Q')['when'] = ['sometimes']),
      `/methodology/figures/${month}/heat_GJ/cases/Q/when/0`,
    ],
    [
      'a parameter without value',
      (files) => (at(files.parameters, 'values')['EF'] = { unit: '1', source: 'x' }),
      '/parameters/values/EF',
    ],
    [
      'a parameter with two values',
      (files) => (at(files.parameters, 'values', 'EF')['value'] = '1'),
      '/parameters/values/EF',
    ],
    [
      'a value with exponent',
      (files) => (at(files.parameters, 'values', 'CC.gas')['value'] = '1e-3'),
      '/parameters/values/CC.gas/value',
    ],
    [
      'a field of no kind',
      (files) => (at(files.profile, month, 'content', 'basis')['kind'] = 'list'),
      `/profile/${month}/content/basis/kind`,
    ],
    ['a word in one language', (files) => (files.glossary['EF'] = { en: 'EF' }), '/glossary/EF/zh'],
    ['a vector of no year', (files) => (files.vectors[0]!['year'] = '24'), '/vectors/0/year'],
    [
      'a vector of month 13',
      (files) => (at(files.vectors[0]!, 'records', 'january')['month'] = '13'),
      '/vectors/0/records/january/month',
    ],
  ])('are refused with %s', (_, change, place) => {
    expect(places(change)).toEqual([place]);
  });

  it('tell the faults of all files at once', () => {
    const found = places((files) => {
      files.methodology['id'] = 'x';
      files.glossary['EF'] = {};
      at(files.parameters, 'values', 'CC.gas')['value'] = 'x';
    });
    expect(found).toEqual(
      expect.arrayContaining(['/methodology/id', '/parameters/values/CC.gas/value', '/glossary/EF/en']),
    );
  });

  it('need no more than a methodology', () => {
    const { methodology } = glassFiles();
    const folder = readMethodologyFolder({ methodology });
    expect([folder.parameters, folder.profile, folder.vectors]).toEqual([{}, {}, []]);
  });
});

describe('a methodology that extends another', () => {
  const extended = (change: (files: Files) => void): MethodologyFolder => {
    const files: Files = { ...glassFiles(), parameters: {}, profile: {}, glossary: {}, vectors: [] };
    files.methodology = { ...files.methodology, id: 'X-NEW', figures: {} };
    change(files);
    return readMethodologyFolder(files, glass());
  };

  it('inherits figures, parameters, profile and words, but no vectors', () => {
    const folder = extended(() => undefined);
    const own = methodologyOf(folder, '2024');
    expect({ ...own, id: '' }).toEqual({ ...methodologyOf(glass(), '2024'), id: '' });
    expect(parametersOf(folder, '2024').values).toEqual(parametersOf(glass(), '2024').values);
    expect(folder.glossary).toEqual(glass().glossary);
    expect(folder.vectors).toEqual([]);
  });

  it('replaces what it says otherwise, adds what is new, and leaves out what does not hold', () => {
    const folder = extended((files) => {
      files.methodology['figures'] = {
        [month]: {
          fuel_t: { unit: 't', decimals: '1', stated: 'true' },
          ash_t: { unit: 't', decimals: '0', stated: 'true' },
        },
      };
      files.methodology['without'] = [`${month}/NCV_GJ_t`];
      files.parameters = { values: { EF: { unit: 'tCO2/GJ', source: 'new', value: '0.2' } }, without: ['CC.gas'] };
      files.profile = { [month]: { without: ['basis'] } };
    });
    const names = methodologyOf(folder, '2024').figures[month]?.map(
      ({ name, decimals }) => `${name} ${String(decimals)}`,
    );
    expect(names).toEqual(['fuel_t 1', 'heat_GJ 2', 'emission_tCO2 2', 'ash_t 0']);
    expect(Object.entries(parametersOf(folder, '2024').values).map(([name, { value }]) => `${name} ${value}`)).toEqual([
      'CC.coke 0.0290',
      'EF 0.2',
    ]);
    expect(folder.profile[month]?.content).toEqual({});
    expect(Object.keys(folder.profile[month]?.cites ?? {})).toEqual(['quality-control-plan']);
  });

  it('leaves out nothing that is not there', () => {
    const refused = (change: (files: Files) => void): unknown => {
      try {
        return extended(change);
      } catch (error) {
        return isLedgerError(error) ? error.faults.map(({ path }) => path) : error;
      }
    };
    expect(refused((files) => (files.methodology['without'] = [`${month}/fuel`, 'x']))).toEqual([
      '/methodology/without/0',
      '/methodology/without/1',
    ]);
    expect(refused((files) => (files.parameters = { without: ['CC'] }))).toEqual(['/parameters/without/0']);
    expect(refused((files) => (files.profile = { [month]: { without: ['fuel'] } }))).toEqual([
      expect.stringContaining(`/profile/${month}/without/0`),
    ]);
  });

  it('states two tables of the same figures by one name', () => {
    const folder = glass((files) => {
      const tables = at(files.methodology, 'figures');
      tables['a@unit, a@plant'] = { x: { unit: 't', decimals: '0', stated: 'true' } };
    });
    const { figures } = methodologyOf(folder, '2024');
    expect(figures['a@unit']).toEqual(figures['a@plant']);
    expect(figures['a@plant']).toHaveLength(1);
  });
});
