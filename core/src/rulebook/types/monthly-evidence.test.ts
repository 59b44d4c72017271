import { addDays, lastDayOfMonth } from '../../calendar';
import { recordTypes } from '../registry';
import { citedParameters, citedRecord, recordOf, someParties, toldOf, type Situation } from '../testing/bench';
import { badContents, contentFaultsOf, goodContents, type ContentPromise } from '../testing/content-table';
import { isCompliantTest } from '../carbon-tests';
import { valuesOf } from '../due';
import { evidenceDue } from './monthly-evidence';

const { enterprise } = someParties;
const parameters = citedParameters({ 'evidence.days': '40', 'carbonTest.days': '40' });

const promise: ContentPromise = {
  required: ['carbonBasis', 'dailyRecords'],
  optional: {
    due: '2024-03-11',
    claimedSubmission: '2024-03-10',
    scaleCalibrated: '2023-11-02',
    changeReason: '补充采样记录',
  },
  isOpen: true,
  bad: [
    ['a basis that the guideline does not know', { carbonBasis: 'estimated' }, '/content/carbonBasis'],
    ['a due day that is none', { due: '2024-02-30' }, '/content/due'],
    ['a claim that is no day', { claimedSubmission: 'in time' }, '/content/claimedSubmission'],
    ['a fact that is a number', { kilnLines: 2 }, '/content/kilnLines'],
    ['a fact that is an object', { kiln: { line: '1' } }, '/content/kiln'],
    ['a fact that nobody sees', { kiln: '\u200b' }, '/content/kiln'],
    ['a fact without words', { kiln: '' }, '/content/kiln'],
  ],
};

describe('the content of monthly evidence', () => {
  it.each([
    ...goodContents('monthly-evidence', promise),
    { ...goodContents('monthly-evidence', promise)[0], kiln: '1', idle: true },
  ])('is taken as %j', (content) => {
    expect(contentFaultsOf('monthly-evidence', content)).toEqual([]);
  });
  it.each(badContents('monthly-evidence', promise))('is refused with $what', ({ content, path }) => {
    expect(contentFaultsOf('monthly-evidence', content)).toEqual([`BAD_RECORD ${path}`]);
  });
});

const compliant = citedRecord('test-report');
const late = citedRecord('test-report', { content: { issued: '2024-03-12' } });

/** A month with its report, and a methodology that asks for one fact. */
function month(situation: Situation = {}, report = compliant): Situation {
  const formula = {
    id: 'f',
    expression: 'x',
    inputs: { x: { content: 'kilnLine' } },
    decimals: 0,
    rounding: 'half-up',
  };
  const figures = { 'monthly-evidence': [{ name: 'a', unit: 't', cases: [formula] }] };
  return {
    ...situation,
    cited: {
      methodology: [citedRecord('methodology', { content: { figures } })],
      ...{ parameters: [parameters], 'test-report': [report] },
      ...situation.cited,
    },
  };
}

const faults = (...args: Parameters<typeof month>): Promise<string[]> => toldOf('monthly-evidence', month(...args));

describe('monthly evidence', () => {
  it('is right as its example shows it', async () => {
    expect(await faults()).toEqual([]);
  });

  it('uses a compliant report, and the default value without one (R-L16)', async () => {
    const wrong = ['R-L16 /content/carbonBasis'];
    const byDefault = { content: { carbonBasis: 'default' } };
    expect(await faults(byDefault)).toEqual(wrong);
    expect(await faults({}, late)).toEqual(wrong);
    expect(await faults(byDefault, late)).toEqual([]);
    expect(await faults({ ...byDefault, cited: { 'test-report': [] } })).toEqual([]);
    expect(await faults({ cited: { 'test-report': [] } })).toEqual(wrong);
  });

  it('that states a carbon content says where it comes from', async () => {
    const none = { content: { carbonBasis: 'not-applicable' } };
    expect(await faults(none)).toEqual([]);
    expect(await faults({ ...none, figures: { Car_tC_t: '0.5' } })).toEqual(['R-L16 /content/carbonBasis']);
  });

  it.each([
    ['operatingHours_h', '744.00', []],
    ['operatingHours_h', '744.01', ['R-X07 /figures/operatingHours_h']],
    ['operatingHours_h', '9', []],
    ['loadFactor_pct', '100.00', []],
    ['loadFactor_pct', '100.01', ['R-L09 /figures/loadFactor_pct']],
    ['loadFactor_pct', '99.9', []],
  ])('of January with %s %s is physically possible or not', async (name, value, expected) => {
    expect(await faults({ figures: { [name]: value } })).toEqual(expected);
  });

  it('of a leap February has 696 hours, and of another 672', async () => {
    const february = (year: string, hours: string): Promise<string[]> => {
      const due = addDays(lastDayOfMonth(`${year}-02`), 40);
      const content = { carbonBasis: 'default', due, claimedSubmission: undefined };
      const cited = { 'test-report': [] };
      return faults({ subject: { period: `${year}-02` }, content, cited, figures: { operatingHours_h: hours } });
    };
    expect([await february('2024', '696'), await february('2023', '672')]).toEqual([[], []]);
    expect(await february('2023', '672.01')).toEqual(['R-X07 /figures/operatingHours_h']);
  });

  it('has coal as received no dryer than the laboratory’s air-dry sample (R-L05)', async () => {
    const report = citedRecord('test-report', { figures: { Mad_pct: '2.84' } });
    expect(await faults({ figures: { Mar_pct: '2.83' } }, report)).toEqual(['R-L05 /figures/Mar_pct']);
    for (const Mar_pct of ['2.84', '12.3']) expect(await faults({ figures: { Mar_pct } }, report)).toEqual([]);
    expect(await faults({}, report)).toEqual([]);
  });

  it('is due forty days after its month, and claims no day to come', async () => {
    expect(await faults({ content: { due: '2024-03-10' } })).toEqual(['BAD_RECORD /content/due']);
    const time = '2024-03-09T15:59:59Z';
    expect(await faults({ time })).toEqual(['BAD_RECORD /content/claimedSubmission']);
    expect(await faults({ time: '2024-03-09T16:00:00Z' })).toEqual([]);
  });

  it('is due on the day that the parameters set, of the month itself before so many days behind it', async () => {
    const until = (values: Record<string, string>, due: string | undefined): Promise<string[]> =>
      faults({ content: { due, claimedSubmission: undefined }, cited: { parameters: [citedParameters(values)] } });
    expect(await until({ 'evidence.days': '35' }, '2024-03-06')).toEqual([]);
    expect(await until({ 'evidence.days': '35' }, '2024-03-11')).toEqual(['BAD_RECORD /content/due']);
    expect(await until({ 'evidence.days': '40', 'evidence.deadline.01': '20241031' }, '2024-10-31')).toEqual([]);
    expect(await until({ 'evidence.days': '40', 'evidence.deadline.02': '20241031' }, '2024-03-11')).toEqual([]);
    expect(await until({ 'evidence.days': '40' }, undefined)).toEqual(['BAD_RECORD /content/due']);
  });

  it('states no day where the parameters set none', async () => {
    const none = { parameters: [citedParameters({})] };
    const content = { due: undefined, claimedSubmission: undefined };
    expect(await faults({ content, cited: none })).toEqual([]);
    expect(await faults({ cited: none })).toEqual(['BAD_RECORD /content/due']);
    expect(evidenceDue('2024-01', {})).toBeUndefined();
  });

  it('states the facts that its methodology reads, and no others', async () => {
    expect(await faults({ content: { kilnLine: '2' } })).toEqual([]);
    expect(await faults({ content: { onTime: true } })).toEqual(['BAD_RECORD /content/onTime']);
  });

  const columns = ['daily.fc_t', 'daily.ncv_GJ_t', 'daily.mar_pct'];
  const dayRows = (count: number): Record<string, string> =>
    Object.fromEntries(
      columns.flatMap((column) =>
        Array.from({ length: count }, (_, day) => [`${column}.${String(day + 1).padStart(2, '0')}`, '1']),
      ),
    );

  it.each([
    [true, 31, 0],
    [true, 30, 3],
    [true, 32, 3],
    [true, 0, 3],
    [false, 0, 0],
    [false, 31, 3],
  ])(
    'with daily records %s and %i days of each column has %i faults (R-L08)',
    async (dailyRecords, count, expected) => {
      const found = await faults({ content: { dailyRecords }, figures: dayRows(count) });
      expect(found).toEqual(columns.slice(0, expected).map((column) => `R-L08 /figures/${column}.*`));
    },
  );

  it('cites the report that stands for its month (R-L16), unless that is open or withdrawn', async () => {
    const standing = (r: string, s?: 'w' | 'o'): NonNullable<Situation['state']> => {
      return (view) => {
        const head = { v: 1, r, ...(s && { s }) };
        view.put('head', `${enterprise}/U1/2024`, {
          '2024-01/test-report': head,
          '2024-02/test-report': { v: 1, r: 'f' },
        });
      };
    };
    expect(await faults({ state: standing(compliant.id.slice(4)) })).toEqual([]);
    expect(await faults({ state: standing('f'.repeat(64)) })).toEqual(['R-L16 /cites']);
    for (const s of ['w', 'o'] as const) expect(await faults({ state: standing('f'.repeat(64), s) })).toEqual([]);
  });

  it('of a plant is held to its dates and facts alone', async () => {
    const cited = { parameters: [parameters] };
    const plant = { subject: { unit: 'PLANT' }, cited, content: { dailyRecords: true, claimedSubmission: undefined } };
    expect(await toldOf('monthly-evidence', plant)).toEqual([]);
    const roles = recordTypes['monthly-evidence'].cites(recordOf('monthly-evidence', plant)).map(({ role }) => role);
    expect(roles).toEqual(['methodology', 'parameters', 'unit-evidence']);
  });
});

describe('a compliant test', () => {
  it.each([
    ['2024-02', '2024-04-09', true],
    ['2024-02', '2024-04-10', false],
    ['2023-02', '2023-04-09', true],
    ['2023-12', '2024-02-09', true],
    ['2023-12', '2024-02-10', false],
  ])('of %s on %s is within forty natural days of the month’s end: %s (R-D04)', (period, day, is) => {
    const early = lastDayOfMonth(period);
    const values = valuesOf(parameters.record);
    expect(isCompliantTest({ issued: day, received: early }, period, values)).toBe(is);
    expect(isCompliantTest({ issued: early, received: day }, period, values)).toBe(is);
    for (const none of [{}, undefined])
      expect(isCompliantTest({ issued: day, received: early }, period, none)).toBe(true);
  });
});
