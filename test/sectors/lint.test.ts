import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintMethodology, testMethodology } from '@carbon-ledger/core';
import { readFolder } from '../../cli/src/methodology/read-folder';
import { temporaryFolder } from '../support/temporary-folder';
import { sectorsFolder } from './folders';

const original = join(sectorsFolder, 'power/2023-2024');
const work = temporaryFolder('lint');
const copy = join(work, 'power', 'copy');
const market = join(work, 'market');
cpSync(join(sectorsFolder, 'market'), market, { recursive: true });

/** The methodology of coal power with one text replaced by another, everywhere or once. */
async function altered(file: string, from: string, to: string): Promise<string[]> {
  rmSync(copy, { recursive: true, force: true });
  cpSync(original, copy, { recursive: true });
  const text = readFileSync(join(copy, file), 'utf8');
  if (!text.includes(from)) throw new Error(`${from} does not stand in ${file}`);
  writeFileSync(join(copy, file), text.replaceAll(from, to));
  const { folder, locate } = await readFolder(copy);
  return lintMethodology(folder)
    .faults.map(locate)
    .map(({ path, message }) => `${path} — ${message}`);
}

describe('lint finds', () => {
  it.each([
    ['a factor left out', 'FC * Car * OF / 100 * 44 / 12', 'FC * Car * OF * 44 / 12', 'a factor of 0.01 is missing'],
    ['carbon taken for CO2', 'FC * Car * OF / 100 * 44 / 12', 'FC * Car * OF / 100', 'is not tCO2'],
    ['MWh added to GJ', 'W * 3.6 + Q', 'W + Q', 'adds 3.6 GJ and GJ'],
    ['a quotient for a product', 'round(NCV * CC, 4)', 'round(CC / NCV, 4)', 'is not tC/t'],
    ['a name that nothing stands for', 'NCV: NCVar_GJ_t', 'NCV: NCVar_GJt', 'has no figure NCVar_GJt'],
    ['a variable without a source', 'formula: sum(FCd)', 'formula: sum(FCx)', 'FCx has no source'],
    ['a variable that is not used', 'formula: sum(FCd)', 'formula: 1 + 1', 'FCd is not used'],
    [
      'a role that is not cited',
      "'test-report#Cad_pct'",
      "'lab-report#Cad_pct'",
      'cites nothing in the role lab-report',
    ],
    [
      'a field that is not there',
      'quality-control-plan/capacity_MW',
      'quality-control-plan/Capacity_MW',
      'did you mean capacity_MW?',
    ],
    [
      'a choice that is not there',
      '/carbonBasis in default',
      '/carbonBasis in unknown',
      'unknown is none of measured, default',
    ],
    [
      'a case that is never reached',
      '/carbonBasis in default',
      '/carbonBasis in measured',
      'Car.measured is never reached',
    ],
    [
      'a case that is missing',
      '/carbonBasis in measured',
      '/carbonBasis in default',
      'no case for: /carbonBasis measured',
    ],
    ['too many decimals', 'round(sum(E), 0)', 'round(sum(E), 1)', 'rounds to 1 decimals, but emission_tCO2 has 0'],
    ['a rounding left out', "'round(W * EF, 2)'", 'W * EF', 'write round(W * EF, 2)'],
    ['a circle', 'opening: opening_t', 'opening: consumedByStock_t', 'computed from itself'],
    ['a unit that is none', 'unit: GJ/t\n', 'unit: GJ/tonne\n', '"tonne" in "GJ/tonne" is not a unit'],
    ['a formula that is none', 'formula: A - pre', 'formula: A - - pre)', 'unexpected'],
    ['one id for two formulas', 'E2023.plant:', 'A.plant:', ''],
  ])('%s', async (_what, from, to, told) => {
    const faults = await altered('methodology.yaml', from, to);
    if (told === '') expect(faults).toEqual([]);
    else expect(faults.join('\n')).toContain(told);
  });
  it('names file and line', async () => {
    const [fault] = await altered('methodology.yaml', 'round(sum(E), 0)', 'round(sum(E), 1)');
    expect(fault).toMatch(
      /^methodology\.yaml:\d+ figures\/annual-report@unit\/emission_tCO2\/cases\/E\.year\/formula — /,
    );
  });
  it('parameters that a class has not, or that have no value for a year', async () => {
    expect((await altered('parameters.yaml', '  Be.III:', '  Be.VII:')).join('\n')).toContain(
      'these parameters are missing: Be.III',
    );
    expect(
      (await altered('parameters.yaml', '{ 2023: 0.7950, 2024: 0.7910 }', '{ 2023: 0.7950 }')).join('\n'),
    ).toContain('no value for 2024: Be.I');
  });
  it('parameters of one family in several units', async () => {
    const text = '  CC.III:\n    unit: tC/GJ';
    expect((await altered('parameters.yaml', text, '  CC.III:\n    unit: tC/t')).join('\n')).toContain(
      'is in several units',
    );
  });
  it('words that are missing', async () => {
    expect((await altered('glossary.yaml', 'Ff: { en', 'Fx: { en')).join('\n')).toContain(
      'Ff has no entry in the glossary',
    );
  });
});

describe('what cannot be read is refused with every place', () => {
  it.each([
    ['decimals: 2', 'decimals: two', 'not a whole number'],
    ['stated: true', 'stated: yes', 'neither true nor false'],
    ['        FC.sum-of-days:\n', '        FC.sum-of-days:\n          colour: blue\n', 'colour'],
    ['- /dailyRecords in true', '- /dailyRecords maybe true', 'is not a condition'],
    ["FCd: 'daily.fc_t.*'", 'FCd: constructor()', 'is not a figure'],
    ['id: CN-ETS-POWER', 'id: CN-ETS-POWER\nextends: ../../../../etc', 'not a folder beside this one'],
    ['id: CN-ETS-POWER', 'id: !!str CN-ETS-POWER', 'tags (tag:yaml.org,2002:str) are not read here'],
    ['id: CN-ETS-POWER', 'id: &id CN-ETS-POWER', 'anchors and aliases are not read here'],
    ['id: CN-ETS-POWER', 'id: CN-ETS-POWER\nid: CN-ETS-STEEL', 'Map keys must be unique'],
    ['      decimals: 2\n', '', 'is missing'],
    ['id: CN-ETS-POWER', 'id: [CN-ETS-POWER]', 'a single value belongs here'],
  ])('%s', async (from, to, told) => {
    const error: unknown = await altered('methodology.yaml', from, to).then(
      (faults) => ({ message: faults.join('\n'), faults: [] }),
      (thrown: unknown) => thrown,
    );
    expect(JSON.stringify([(error as Error).message, (error as { faults: unknown }).faults])).toContain(told);
  });
});

describe('a folder', () => {
  const copied = (): void => {
    rmSync(copy, { recursive: true, force: true });
    cpSync(original, copy, { recursive: true });
  };

  it('with a file that nobody would read is refused, whatever its letters; words beside it may stand', async () => {
    copied();
    for (const name of ['vector.yaml', 'Profile.YML', 'more.json', 'README.md', '.hidden.yaml'])
      writeFileSync(join(copy, name), '{}');
    const told = await readFolder(copy).catch((error: unknown) => (error as { faults: { path: string }[] }).faults);
    expect(told).toMatchObject(['Profile.YML', 'more.json', 'vector.yaml'].map((path) => ({ path })));
  });

  it('may have a file in which nothing stands yet', async () => {
    copied();
    writeFileSync(join(copy, 'example.yaml'), '# a year will stand here\n');
    expect((await readFolder(copy)).folder.example).toEqual([]);
  });
});

it('names every step in which a vector differs', async () => {
  await altered('vectors.yaml', 'emission_tCO2: 235496.63', 'emission_tCO2: 235496.64');
  const { folder } = await readFolder(copy);
  const failed = testMethodology(folder).filter(({ differences }) => differences.length > 0);
  expect(failed.map(({ differences }) => differences)).toEqual([
    [{ record: 'evidence', figure: 'emission_tCO2', expected: '235496.64', got: '235496.63' }],
  ]);
});

describe('the market folder of a methodology', () => {
  const told = async (file: string, from: string, to: string): Promise<string> => {
    const before = readFileSync(join(market, file), 'utf8');
    writeFileSync(join(market, file), before.replace(from, to));
    try {
      await altered('methodology.yaml', 'format: 1', 'format: 1');
      return 'read';
    } catch (error) {
      return JSON.stringify([(error as Error).message, (error as { faults: unknown }).faults]);
    } finally {
      writeFileSync(join(market, file), before);
    }
  };

  it('gives every table its values, which no formula reads, with words', async () => {
    cpSync(original, copy, { recursive: true, force: true });
    const { folder } = await readFolder(copy);
    expect(folder.parameters['surrender.deadline']?.years?.['2024']).toBe('20251231');
    expect(JSON.stringify(lintMethodology(folder))).not.toContain('surrender.');
  });

  it.each([
    ['a value that is no decimal', 'parameters.yaml', 'value: 20260814', 'value: August', 'parameters.yaml:'],
    ['a parameter without words', 'glossary.yaml', 'carryOver.into:', 'carryOver.to:', 'carryOver.into has no entry'],
    ['two names that are one', 'glossary.yaml', 'offset.sync:', 'offset.freeze:', 'glossary.yaml:9'],
  ])('is refused with file and line: %s', async (_what, file, from, to, expected) => {
    expect(await told(file, from, to)).toContain(expected);
  });

  it('is named where it is not there', async () => {
    expect(
      await altered('methodology.yaml', '../../market', '../../other').catch((error: unknown) => String(error)),
    ).toContain('other has no parameters.yaml');
  });
});
