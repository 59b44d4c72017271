import fc from 'fast-check';
import type { BookRecord } from '../book';
import { documentOf, record } from '../testing/books';
import { found, report, touched } from '../testing/found';

describe('same and different', () => {
  const values = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 });

  it('hold exactly where the set of values says so', async () => {
    await fc.assert(
      fc.asyncProperty(values, async (all) => {
        const content = Object.fromEntries(all.map((value, at) => [`v${String(at)}`, value]));
        const given = { values: Object.keys(content).map((name) => `/${name}`) };
        const records = [report('2024-03', content)];
        const distinct = new Set(all).size;
        expect(await found('same', given, { records })).toHaveLength(Number(distinct > 1));
        expect(await found('different', given, { records })).toHaveLength(Number(distinct < all.length));
      }),
      { numRuns: 40 },
    );
  });

  it('compare numbers as numbers, and a figure with a field', async () => {
    const records = [report('2024-03', { stated: '1.50' }, { figures: { x: '1.5' } })];
    expect(await found('same', { values: ['#x', '/stated'] }, { records })).toEqual([]);
    expect(await found('different', { values: ['#x', '/stated'] }, { records })).toEqual(['U1/2024-03 1.5 / 1.5']);
  });

  it('say the note of the rule in place of their own words, and touch what they compared and what the check names', async () => {
    const records = [report('2024-03', { a: 'x', b: 'y', c: 'z' })];
    const check = { note: 'one laboratory', touches: ['/c'] };
    expect(await touched('same', { values: ['/a', '/b'] }, { records, check })).toEqual([
      ['one laboratory', ...['a', 'b', 'c'].map((name) => `U1/2024-03/test-report#${name}`)],
    ]);
  });

  it('are not run where a value is a window', async () => {
    const records = [report('2024-03', { a: 'x' })];
    expect(await found('same', { values: ['/a', 'x over peers'] }, { records })).toEqual(['lacks no x over peers']);
  });
});

describe('present and absent', () => {
  it('are each other’s opposite for one value', async () => {
    await fc.assert(
      fc.asyncProperty(fc.option(fc.constantFrom('a', '0', ' '), { nil: undefined }), async (value) => {
        const records = [report('2024-03', value === undefined ? {} : { a: value })];
        const isThere = (await found('present', { values: ['/a'] }, { records })).length === 0;
        const isNotThere = (await found('absent', { values: ['/a'] }, { records })).length === 0;
        expect([isThere, isNotThere]).toEqual([value !== undefined, value === undefined]);
      }),
      { numRuns: 20 },
    );
  });

  it('touch the record itself where what is missing has no place of its own', async () => {
    const records = [report('2024-03')];
    expect(await touched('present', { values: ['quality-control-plan/method'] }, { records })).toEqual([
      ['must be there', 'U1/2024-03/test-report#record'],
    ]);
  });
});

describe('documents', () => {
  const filed = (...roles: readonly string[]): BookRecord =>
    report(
      '2024-03',
      {},
      {
        more: {
          id: 'rec:1',
          documents: roles.map((role, at) => documentOf(role, `${String(at)}.pdf`)),
        },
      },
    );

  it.each<[readonly string[], readonly string[]]>([
    [['report', 'photo'], []],
    [['photo', 'report', 'report'], []],
    [['report'], ['U1/2024-03 no photo']],
    [[], ['U1/2024-03 no report, photo']],
  ])('with the roles %j', async (roles, expected) => {
    expect(await found('documents', { roles: ['report', 'photo'] }, { records: [filed(...roles)] })).toEqual(expected);
  });
});

describe('kept-years', () => {
  const plan = (year: number, value?: string): BookRecord =>
    record({ kind: 'quality-control-plan', period: String(year), content: value === undefined ? {} : { value } });
  const of = (parameters: Record<string, string>, ...records: readonly BookRecord[]): Promise<readonly string[]> =>
    found('kept-years', { values: ['/value'] }, { records, each: 'quality-control-plan@unit', parameters });

  it('tells a value that has been the same for so many years before', async () => {
    const years = [2021, 2022, 2023, 2024].map((year) => plan(year, '7'));
    expect(await of({ years: '3' }, ...years)).toEqual(['U1/2024 7']);
    expect(await of({ years: '4' }, ...years)).toEqual([]);
    expect(await of({ years: '2' }, ...years)).toEqual(['U1/2023 7', 'U1/2024 7']);
  });

  it.each<[string, readonly BookRecord[]]>([
    ['a year in which it was another', [plan(2022, '7'), plan(2023, '8'), plan(2024, '7')]],
    ['a year that is missing', [plan(2021, '7'), plan(2023, '7'), plan(2024, '7')]],
    ['a year that does not say', [plan(2022, '7'), plan(2023), plan(2024, '7')]],
  ])('not across %s', async (_, records) => {
    expect(await of({ years: '2' }, ...records)).toEqual([]);
  });

  it('takes one spelling of a number for another', async () => {
    expect(await of({ years: '1' }, plan(2023, '7.0'), plan(2024, '7'))).toEqual(['U1/2024 7']);
  });

  it('says for how many years it may be so, and touches the value', async () => {
    const records = [plan(2023, '7'), plan(2024, '7')];
    const given = { records, each: 'quality-control-plan@unit', parameters: { years: '1' } };
    expect(await touched('kept-years', { values: ['/value'] }, given)).toEqual([
      ['≤ 1 years running', 'U1/2024/quality-control-plan#value'],
    ]);
  });
});
