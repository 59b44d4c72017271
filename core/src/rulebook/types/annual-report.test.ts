import type { CaseState, Engagement, Head } from '../../state';
import { monthsOfYear } from '../../calendar';
import { recordTypes } from '../registry';
import { citedRecord, recordOf, someParties, toldOf, type Situation } from '../testing/bench';
import { badContents, contentFaultsOf, goodContents, type ContentPromise } from '../testing/content-table';

const { enterprise, lab } = someParties;

const promise: ContentPromise = {
  required: ['preparer', 'title'],
  texts: ['title'],
  bad: [
    ['a preparer with a wrong check digit', { preparer: '91140100MA0FAKE2X0' }, '/content/preparer'],
    ['a preparer of no characters', { preparer: '' }, '/content/preparer'],
  ],
};

describe('the content of an annual report', () => {
  it.each(goodContents('annual-report', promise))('is taken as %j', (content) => {
    expect(contentFaultsOf('annual-report', content)).toEqual([]);
  });
  it.each(badContents('annual-report', promise))('is refused with $what', ({ content, path }) => {
    expect(contentFaultsOf('annual-report', content)).toEqual([`BAD_RECORD ${path}`]);
  });
});

interface Year {
  /** Days of service of U1. */
  readonly from?: string;
  readonly to?: string | null;
  readonly months?: readonly string[];
  /** Months for which a report stands that the month does not cite. */
  readonly reports?: Readonly<Record<string, Head['s'] | 'current'>>;
  readonly acceptedMonths?: string;
  readonly states?: Readonly<Record<string, CaseState['s']>>;
  readonly engaged?: readonly Engagement[];
}

const monthKey = (period: string): string => `${enterprise}/U1/${period}/monthly-evidence`;
const hash = (period: string): string => period.slice(5).padStart(64, '0');

function reporting(year: Year = {}, content: Record<string, unknown> = {}): Situation {
  const { from = '2010-01-01', to = null, months = monthsOfYear('2024'), engaged = [] } = year;
  const values = year.acceptedMonths === undefined ? {} : { 'review.acceptedMonths': asked(year.acceptedMonths) };
  return {
    content,
    cited: {
      parameters: [citedRecord('parameter', { content: { values } })],
      'monthly-evidence': months.map((period) => citedRecord('monthly-evidence', { subject: { period } })),
    },
    state: (view) => {
      view.put('units', enterprise, { units: [{ id: 'U1', permit: '', code: '', from, to }] });
      view.put('engaged', `${enterprise}/2024`, { engaged });
      const heads = Object.entries(year.reports ?? {}).map(([period, s]): [string, Head] => [
        `${period}/test-report`,
        { v: 1, r: hash(period), ...(s === 'current' || s === undefined ? {} : { s }) },
      ]);
      view.put('head', `${enterprise}/U1/2024`, Object.fromEntries(heads));
      for (const [period, s] of Object.entries(year.states ?? {}))
        view.put('case', `three-level-review/${monthKey(period)}`, { s, r: '', v: 1, t: '', by: '' });
    },
  };
}

const asked = (value: string): object => ({ value, unit: '1', source: '…' });
const faults = (...args: Parameters<typeof reporting>): Promise<string[]> =>
  toldOf('annual-report', reporting(...args));

describe('an annual report of a unit', () => {
  it('is made of the twelve months of a year of service', async () => {
    expect(await faults()).toEqual([]);
  });

  it.each(monthsOfYear('2024'))('is refused without %s (R-L15)', async (left) => {
    const months = monthsOfYear('2024').filter((month) => month !== left);
    expect(await faults({ months })).toEqual(['R-L15 /cites']);
  });

  it('has the months in which its unit was in service, on one day at least, and no other', async () => {
    const service = { from: '2024-03-31', to: '2024-11-01' };
    const months = monthsOfYear('2024').slice(2, 11);
    expect(await faults({ ...service, months })).toEqual([]);
    for (const wrong of [months.slice(1), months.slice(0, -1), ['2024-02', ...months], [...months, '2024-12']])
      expect(await faults({ ...service, months: wrong })).toEqual(['R-L15 /cites']);
  });

  it('has no months of a unit that nobody registered', async () => {
    const situation = reporting({ months: ['2024-01'] });
    const found = await toldOf('annual-report', { ...situation, subject: { unit: 'U2' } });
    expect(found).toEqual(['R-L15 /cites']);
  });

  it('is built on no month that was filed without the report that stands for it (R-L16)', async () => {
    expect(await faults({ reports: { '2024-05': 'current', '2024-09': 'current' } })).toEqual([
      'R-L16 /cites',
      'R-L16 /cites',
    ]);
    expect(await faults({ reports: { '2024-05': 'w', '2024-09': 'o' } })).toEqual([]);
  });

  it('is built on a month that cites the report that stands for it', async () => {
    const report = { ...citedRecord('test-report', { subject: { period: '2024-01' } }), id: `rec:${hash('2024-01')}` };
    const january = citedRecord('monthly-evidence', {
      subject: { period: '2024-01' },
      cited: { 'test-report': [report] },
    });
    const situation = reporting({ months: monthsOfYear('2024').slice(1), reports: { '2024-01': 'current' } });
    const months = [january, ...(situation.cited?.['monthly-evidence'] ?? [])];
    expect(
      await toldOf('annual-report', { ...situation, cited: { ...situation.cited, 'monthly-evidence': months } }),
    ).toEqual([]);
  });

  it('needs accepted months where the parameters of the year ask for them, and only there', async () => {
    const states = Object.fromEntries(monthsOfYear('2024').map((month) => [month, 'ACCEPTED']));
    const open = { ...states, '2024-04': 'FILED', '2024-06': 'ISSUE_RAISED' };
    expect(await faults({ states, acceptedMonths: '1' })).toEqual([]);
    // The parameters are the first citation, so April is the fifth.
    expect(await faults({ states: open, acceptedMonths: '1' })).toEqual([
      'STATE_CONFLICT /cites/4',
      'STATE_CONFLICT /cites/6',
    ]);
    expect(await faults({ acceptedMonths: '1' })).toHaveLength(12);
    for (const acceptedMonths of ['0', undefined])
      expect(await faults({ states: open, ...(acceptedMonths && { acceptedMonths }) })).toEqual([]);
  });

  it('names a preparer that is engaged for preparation in the year', async () => {
    const engaged = (as: Engagement['as'], ended?: true): Engagement[] => [
      { party: lab, as, r: '', ...(ended && { ended }) },
    ];
    expect(await faults({}, { preparer: lab })).toEqual(['NOT_ENGAGED /content/preparer']);
    expect(await faults({ engaged: engaged('testing') }, { preparer: lab })).toEqual(['NOT_ENGAGED /content/preparer']);
    expect(await faults({ engaged: engaged('preparation') }, { preparer: lab })).toEqual([]);
    expect(await faults({ engaged: engaged('preparation', true) }, { preparer: lab })).toEqual([]);
  });
});

describe('an annual report of a plant', () => {
  const plant = { subject: { unit: 'PLANT' } };

  it('has no months of its own, and holds its preparer to an engagement all the same', async () => {
    expect(await toldOf('annual-report', plant)).toEqual([]);
    const found = await toldOf('annual-report', { ...plant, content: { preparer: lab } });
    expect(found).toEqual(['NOT_ENGAGED /content/preparer']);
  });

  it('cites the reports of all its units and, where the sector asks, its own months; that of a unit its plan and months', () => {
    const roles = (unit: string): string[] =>
      recordTypes['annual-report'].cites(recordOf('annual-report', { subject: { unit } })).map(({ role }) => role);
    expect(roles('PLANT')).toEqual(['methodology', 'parameters', 'unit-report', 'monthly-evidence']);
    expect(roles('U1')).toEqual(['methodology', 'parameters', 'quality-control-plan', 'monthly-evidence']);
  });
});
