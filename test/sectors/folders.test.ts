import { relative } from 'node:path';
import {
  buildRecord,
  canonicalize,
  lintForLedger,
  methodologyOf,
  methodologyPage,
  methodologySchema,
  methodologyText,
  parametersOf,
  parameterTableSchema,
  shelvedMethodologies,
  shelvedRules,
  testMethodology,
} from '@carbon-ledger/core';
import { trialNationalAuthority, trialSalts } from '@carbon-ledger/plant-year/trial';
import { readFolder } from '../../cli/src/methodology/read-folder';
import { methodologyFolders, sectorsFolder } from './folders';

const folders = methodologyFolders().map((folder) => [relative(sectorsFolder, folder), folder] as const);

describe.each(folders)('sectors/%s', (_name, place) => {
  it('has no faults', async () => {
    const { folder, locate } = await readFolder(place);
    expect(lintForLedger(folder).faults.map(locate)).toEqual([]);
  });
  it('gives what its vectors expect', async () => {
    const { folder } = await readFolder(place);
    const results = testMethodology(folder);
    expect(results.flatMap(({ name, differences }) => differences.map((one) => ({ name, ...one })))).toEqual([]);
    expect(results.reduce((sum, { steps }) => sum + steps, 0)).toBeGreaterThan(9);
  });
  it('is a document that the ledger takes, is on the shelf, and can be shown', async () => {
    const { folder } = await readFolder(place);
    for (const year of folder.about.years) {
      const document = methodologyOf(folder, year);
      expect(methodologySchema.safeParse(document).error).toBeUndefined();
      expect(parameterTableSchema.safeParse(parametersOf(folder, year)).error).toBeUndefined();
      const shelved = shelvedRules(document.id, year);
      expect(canonicalize(shelved.methodology)).toBe(canonicalize(document));
      expect(canonicalize(shelved.parameters)).toBe(canonicalize(parametersOf(folder, year)));
      expect(methodologyPage(folder, year)).toContain('<math');
      expect(methodologyText(folder, year)).toContain(document.title.zh);
    }
  });
});

it('has nothing on the shelf that is no folder', () => {
  expect(shelvedMethodologies().length).toBe(folders.length);
});

describe('coal power, as it was filed', () => {
  const { uscc } = trialNationalAuthority;
  const id = (type: 'methodology' | 'parameter', year: string): string => {
    const rules = shelvedRules('CN-ETS-POWER', year);
    const content = type === 'methodology' ? rules.methodology : rules.parameters;
    const subject = { uscc, unit: rules.unit, period: year };
    return buildRecord({ type, issuer: uscc, subject, content: { ...content } }, trialSalts(uscc)).id;
  };
  it.each([
    ['methodology', '2023', 'rec:503fdeb576671a9307f2a6049cbaed5c67ceac6acad1ad3071266468f9e3dfbb'],
    ['methodology', '2024', 'rec:3ee263070f38da8f7b88131ff40dbe47900bea155731e83df81f6c8911270d66'],
    ['parameter', '2023', 'rec:93c13df8df2657b04cfd6064c764eb1c0a76faa7599d976f10390d2714c33349'],
    ['parameter', '2024', 'rec:386fa7eb5ae72af5bc4b6c3e32d3313e6829383ce994ac94ba3065f55ccadd70'],
  ] as const)('%s of %s keeps its id', (type, year, expected) => {
    expect(id(type, year)).toBe(expected);
  });
});
