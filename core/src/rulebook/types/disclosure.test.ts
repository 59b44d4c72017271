import type { Engagement } from '../../state';
import { citedRecord, putParty, someParties, toldOf, type Situation } from '../testing/bench';
import { contentFaultsOf, contentTable, exampleOf, type ContentPromise } from '../testing/content-table';

const { enterprise, lab, verifier } = someParties;
const [unit] = exampleOf('disclosure')['units'] as readonly Record<string, unknown>[];
const measure = { name: '汽轮机通流改造', reduction_t: '12000' };
const promise: ContentPromise = {
  required: ['name', 'site', 'sector', 'emission_t', 'preparer', 'laboratories', 'units'],
  optional: { verified_t: '1', changes: '无', measures: [measure] },
  texts: ['name', 'site', 'changes'],
  bad: [
    ['a sector outside the market', { sector: 'glass' }, '/content/sector'],
    ...(['emission_t', 'verified_t'] as const).flatMap((field) =>
      ['-1', '1.5', '01'].map((text) => [`${field} ${text}`, { [field]: text }, `/content/${field}`] as const),
    ),
    ['a preparer whose check digit is wrong', { preparer: '91140000MA0FAKE010' }, '/content/preparer'],
    ['no unit', { units: [] }, '/content/units'],
    ['carbon content by guess', { units: [{ ...unit, carbon: 'guessed' }] }, '/content/units/0/carbon'],
    ['a measure without its tonnes', { measures: [{ name: 'x' }] }, '/content/measures/0/reduction_t'],
    [
      'a measure of less than nothing',
      { measures: [{ ...measure, reduction_t: '-1' }] },
      '/content/measures/0/reduction_t',
    ],
  ],
};

describe('the content of a disclosure', () => {
  it.each(contentTable('disclosure', promise))('with %s', (_, content, faults) => {
    expect(contentFaultsOf('disclosure', content)).toEqual(faults);
  });
});

const total = (name: string, value: string): object => ({ [name]: { value, unit: 'tCO2' } });

interface Disclosing {
  readonly content?: Readonly<Record<string, unknown>>;
  readonly verified?: string | undefined;
  readonly preparer?: string | null;
  readonly engaged?: readonly Partial<Engagement>[];
  readonly units?: readonly string[];
}

/** A year of 100 t reported, by one unit and one laboratory. */
function disclosing({
  content = {},
  verified,
  preparer = null,
  engaged = [{ party: lab }],
  units = ['U1'],
}: Disclosing): Situation {
  const report = citedRecord('annual-report', { content: { preparer } });
  const conclusion = citedRecord('verification-conclusion');
  const withTotal = (scope: typeof report, name: string, value: string): typeof report => ({
    ...scope,
    record: { ...scope.record, totals: total(name, value) as typeof scope.record.totals },
  });
  return {
    content: {
      name: '电厂',
      emission_t: '100',
      verified_t: verified,
      preparer,
      laboratories: [lab],
      units: units.map((id) => ({ ...unit, id })),
      ...content,
    },
    cited: {
      'annual-report': [withTotal(report, 'emission_tCO2', '100')],
      'verification-conclusion':
        verified === undefined ? [] : [withTotal(conclusion, 'verifiedEmission_tCO2', verified)],
    },
    state: (view) => {
      putParty(view, enterprise, { name: '电厂' });
      const one = { permit: 'P', code: 'MF0001', from: '2020-01-01', to: null };
      view.put('units', enterprise, { units: units.map((id) => ({ ...one, id })) });
      view.put('engaged', `${enterprise}/2024`, {
        engaged: engaged.map((each) => ({ party: lab, as: 'testing', r: 'a', ...each })),
      });
    },
  };
}

const told = (given: Disclosing = {}): Promise<string[]> => toldOf('disclosure', disclosing(given));

describe('a disclosure agrees with the ledger (R-D23)', () => {
  it.each([
    ['its name', { content: { name: '别的电厂' } }, 'name'],
    ['its emissions, to the tonne', { content: { emission_t: '101' } }, 'emission_t'],
    ['what was verified, to the tonne', { verified: '100', content: { verified_t: '99' } }, 'verified_t'],
    ['what was verified, where it was', { verified: '100', content: { verified_t: undefined } }, 'verified_t'],
    ['nothing verified, where nothing was', { content: { verified_t: '100' } }, 'verified_t'],
    ['who prepared its report', { preparer: verifier, content: { preparer: null } }, 'preparer'],
    ['nobody, where it prepared the report itself', { content: { preparer: verifier } }, 'preparer'],
    ['its laboratories', { content: { laboratories: [] } }, 'laboratories'],
    ['its laboratories and no others', { content: { laboratories: [lab, verifier] } }, 'laboratories'],
    ['its units', { units: ['U1', 'U2'], content: { units: [unit] } }, 'units'],
    ['its units letter by letter', { content: { units: [{ ...unit, id: 'u1' }] } }, 'units'],
  ] satisfies [string, Disclosing, string][])('in %s', async (_, given, field) => {
    expect(await told(given)).toEqual([`R-D23 /content/${field}`]);
  });

  it('where it says all of that', async () => {
    expect(await told()).toEqual([]);
    expect(await told({ verified: '98', preparer: verifier, units: ['U1', 'U2'] })).toEqual([]);
  });

  it('names laboratories alone, each once, and those too whose engagement ended in the year', async () => {
    const engaged: Partial<Engagement>[] = [
      { party: lab },
      { party: lab, ended: true },
      { party: verifier, as: 'verification' },
    ];
    expect(await told({ engaged })).toEqual([]);
    expect(await told({ engaged: [{ party: lab, ended: true }] })).toEqual([]);
  });
});
