import fc from 'fast-check';
import { book, documentOf, plants, type Told } from '../testing/books';
import { found, report, touched } from '../testing/found';

const month = (at: number): string => `2024-${String(at).padStart(2, '0')}`;

describe('repeated', () => {
  it('tells every record of a value that stands in so many periods, and no other', async () => {
    const values = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(values, fc.integer({ min: 2, max: 4 }), async (all, least) => {
        const records = all.map((value, at) => report(month(at + 1), {}, { figures: { x: String(value) } }));
        const expected = all.flatMap((value, at) =>
          all.filter((other) => other === value).length >= least ? [month(at + 1)] : [],
        );
        const hits = await found('repeated', { values: ['#x'] }, { records, parameters: { least: String(least) } });
        expect(hits.map((hit) => hit.slice(3, 10)).sort()).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('looks at all the values together', async () => {
    const records = [
      report('2024-01', { b: 'x' }, { figures: { a: '1' } }),
      report('2024-02', { b: 'y' }, { figures: { a: '1' } }),
    ];
    expect(await found('repeated', { values: ['#a', '/b'] }, { records, parameters: { least: '2' } })).toEqual([]);
    expect(await found('repeated', { values: ['#a'] }, { records, parameters: { least: '2' } })).toHaveLength(2);
  });

  it('leaves out a record that lacks one of them', async () => {
    const records = [report('2024-01', {}, { figures: { a: '1' } }), report('2024-02')];
    expect(await found('repeated', { values: ['#a'] }, { records, parameters: { least: '1' } })).toEqual([
      'U1/2024-01 1 in 2024-01',
    ]);
  });

  it('takes its least number under the name that the check gives', async () => {
    const records = [1, 2].map((at) => report(month(at), {}, { figures: { a: '1' } }));
    const given = { values: ['#a'], least: 'often' };
    expect(await found('repeated', given, { records, parameters: { often: '2' } })).toHaveLength(2);
    expect(await found('repeated', given, { records, parameters: { least: '2' } })).toEqual([
      'lacks often has no value',
    ]);
  });
});

describe('report-number', () => {
  const given = { number: '/reportNo' };
  const numbered = (at: number, reportNo?: string): ReturnType<typeof report> =>
    report(month(at), reportNo === undefined ? {} : { reportNo });

  it.each<[string, readonly (string | undefined)[], readonly string[] | undefined, readonly string[]]>([
    ['known', ['A-1', 'A-2'], ['A-1', 'A-2'], []],
    ['known, however it is written', ['a 1'], ['Ａ-1'], []],
    ['not anchored by the laboratory', ['A-1', 'A-3'], ['A-1', 'A-2'], ['U1/2024-02 A-3']],
    ['used twice', ['A-1', 'a-1'], ['A-1'], ['U1/2024-02 a-1']],
    ['missing', [undefined], ['A-1'], ['U1/2024-01 ']],
    ['missing, where no ledger is asked', [undefined], undefined, ['U1/2024-01 ']],
    ['any, where no ledger is asked', ['A-1', 'B-9'], undefined, []],
    ['missing twice', [undefined, undefined], undefined, ['U1/2024-01 ', 'U1/2024-02 ']],
  ])('%s', async (_, numbers, known, expected) => {
    const records = numbers.map((reportNo, at) => numbered(at + 1, reportNo));
    const more = known === undefined ? {} : { anchored: known.map((reportNo, at) => numbered(at + 1, reportNo)) };
    expect(await found('report-number', given, { records, more })).toEqual(expected);
  });

  it('says whether a number is taken or unknown', async () => {
    const records = [numbered(1, 'A-1'), numbered(2, 'A-1'), numbered(3, 'Z-1')];
    const hits = await touched('report-number', given, { records, more: { anchored: [numbered(1, 'A-1')] } });
    expect(hits).toEqual([
      ['a number of its own', 'U1/2024-02/test-report#reportNo'],
      ['a number that the lab has anchored', 'U1/2024-03/test-report#reportNo'],
    ]);
  });
});

describe('reuse', () => {
  const photo = (sha256: string): Told['more'] => ({
    documents: [documentOf('photo', 'a.jpg', sha256)],
  });
  const file = { space: 'file', files: 'photo' };
  const others = (sha256: string, count = 1): ReturnType<typeof book>[] =>
    Array.from({ length: count }, (_, at) =>
      book([report(month(at + 1), {}, { of: plants[1], more: photo(sha256) ?? {} })], { uscc: plants[1] }),
    );

  it('finds one file in two enterprises, at the file', async () => {
    const records = [report('2024-03', {}, { more: photo('aa') ?? {} })];
    const hits = await touched('reuse', file, { records, others: others('aa') });
    expect(hits).toHaveLength(2);
    expect(hits[0]).toEqual([
      'once',
      'U1/2024-03/test-report#documents.a.jpg',
      'U1/2024-01/test-report#documents.a.jpg',
    ]);
    expect(await found('reuse', file, { records, others: others('bb') })).toEqual([]);
  });

  it('finds a report’s file whatever the report calls it', async () => {
    const called = (role: string): Told['more'] => ({ documents: [documentOf(role, 'a.pdf', 'aa')] });
    const given = { space: 'report-file', files: 'report' };
    for (const role of ['document', 'photo']) {
      const records = [report('2024-03', {}, { more: called(role) ?? {} })];
      const others = [
        book([report('2024-01', {}, { of: plants[1], more: called('report') ?? {} })], { uscc: plants[1] }),
      ];
      expect(await found('reuse', given, { records, others })).toHaveLength(2);
    }
  });

  it('takes two spellings of an identifier for one, and with `per` asks whose it is', async () => {
    const device = (of: string, meter: string, owner: string): ReturnType<typeof report> =>
      report('2024-03', { meter, owner }, { of });
    const beside = (meter: string, owner: string): ReturnType<typeof book>[] => [
      book([device(plants[1], meter, owner)], { uscc: plants[1] }),
    ];
    const given = { space: 'meter', values: ['/meter'] };
    const records = [device(plants[0], 'M-1', 'X')];
    expect(await found('reuse', given, { records, others: beside('ｍ 1', 'X') })).toHaveLength(2);
    expect(await found('reuse', { ...given, per: ['/owner'] }, { records, others: beside('M-1', 'X') })).toEqual([]);
    expect(await found('reuse', { ...given, per: ['/owner'] }, { records, others: beside('M-1', 'Y') })).toHaveLength(
      2,
    );
  });

  it('says nothing of a record without the value: nothing is nobody’s twice', async () => {
    const beside = [book([report('2024-03', {}, { of: plants[1] })], { uscc: plants[1] })];
    expect(
      await found('reuse', { space: 'meter', values: ['/meter'] }, { records: [report('2024-03')], others: beside }),
    ).toEqual([]);
  });
});

describe('crowded', () => {
  it('tells exactly where there are more uses than there can be', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), async (uses, most) => {
        const records = Array.from({ length: uses }, (_, at) => report(month(at + 1), { device: 'D1' }));
        const given = { space: 'device', values: ['/device'] };
        const hits = await found('crowded', given, { records, parameters: { most: String(most) } });
        expect(hits).toHaveLength(uses > most ? uses : 0);
      }),
      { numRuns: 30 },
    );
  });
});
