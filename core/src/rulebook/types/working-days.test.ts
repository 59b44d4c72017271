import fc from 'fast-check';
import { addDays, isWeekend, workingDaysAfter } from '../../calendar';
import { toldOf } from '../testing/bench';
import { contentFaultsOf, contentTable, exampleOf, type ContentPromise } from '../testing/content-table';

const periods = { notice: 7, objection: 7, decision: 10, redetermination: 10 };
const promise: ContentPromise = {
  required: ['source', 'holidays', 'workdays', 'periods'],
  texts: ['source'],
  bad: [
    ['a holiday that there is not', { holidays: ['2024-02-30'] }, '/content/holidays/0'],
    ['61 holidays', { holidays: Array.from({ length: 61 }, () => '2024-01-01') }, '/content/holidays'],
    ...Object.keys(periods).flatMap((name) =>
      [0, 61, 1.5, '7'].map(
        (days) =>
          [
            `${String(days)} days for ${name}`,
            { periods: { ...periods, [name]: days } },
            `/content/periods/${name}`,
          ] as const,
      ),
    ),
  ],
};

describe('the content of a calendar of working days', () => {
  it.each(contentTable('working-days', promise))('with %s', (_, content, faults) => {
    expect(contentFaultsOf('working-days', content)).toEqual(faults);
  });
});

const told = (content: Record<string, unknown>): Promise<string[]> =>
  toldOf('working-days', { subject: { unit: '-' }, content });

describe('a calendar of working days', () => {
  it.each([
    ['a weekday off', { holidays: ['2024-10-01'] }, []],
    ['a Saturday off, which is off anyway', { holidays: ['2024-10-05'] }, ['BAD_RECORD /content/holidays/0']],
    ['a Sunday that is worked', { workdays: ['2024-02-04'] }, []],
    ['a Monday that is worked, as it is anyway', { workdays: ['2024-02-05'] }, ['BAD_RECORD /content/workdays/0']],
    ['a day of another year', { holidays: ['2025-01-01'] }, ['BAD_RECORD /content/holidays/0']],
    ['a day twice', { holidays: ['2024-10-01', '2024-10-02', '2024-10-01'] }, ['BAD_RECORD /content/holidays/2']],
  ])('has %s', async (_, content, expected) => {
    expect(await told({ holidays: [], workdays: [], ...content })).toEqual(expected);
  });

  it('departs from the week by exactly the days that it names', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 365 }), async (at) => {
        const day = addDays('2024-01-01', at);
        const asHoliday = await told({ holidays: [day], workdays: [] });
        const asWorkday = await told({ holidays: [], workdays: [day] });
        expect([asHoliday.length === 0, asWorkday.length === 0]).toEqual([!isWeekend(day), isWeekend(day)]);
      }),
      { numRuns: 60 },
    );
  });

  it('counts the days around the spring festival of 2024 as the notice has them', () => {
    // Off from 10 to 17 February; Sunday 4 and Sunday 18 February are worked.
    const off = ['2024-02-12', '2024-02-13', '2024-02-14', '2024-02-15', '2024-02-16'];
    const table = [{ year: '2024', holidays: off, workdays: exampleOf('working-days')['workdays'] as string[] }];
    const from = (day: string, count: number): string | undefined => workingDaysAfter(day, count, table);
    expect([from('2024-02-02', 1), from('2024-02-09', 1), from('2024-02-09', 7)]).toEqual([
      '2024-02-04',
      '2024-02-18',
      '2024-02-26',
    ]);
    expect(from('2024-12-31', 1)).toBeUndefined();
  });
});
