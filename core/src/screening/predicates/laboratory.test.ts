import fc from 'fast-check';
import type { BookRecord } from '../book';
import { record, uscc, type Told } from '../testing/books';
import { found, report, touched } from '../testing/found';

const lab = '91140100MA0FAKE2XU';
const certificate = { number: 'CMA1', scope: ['C', 'H'], validFrom: '2024-01-01', validTo: '2024-06-30' };
const registered = (qualifications: unknown = [certificate]): BookRecord =>
  record({ of: lab, unit: '-', period: '-', kind: 'party', content: { qualifications } });
const tested = (content: Told['content']): BookRecord => report('2024-03', content, { issuer: lab });

describe('qualified', () => {
  const of = (content: Told['content'], held?: unknown): Promise<readonly string[]> =>
    found('qualified', { scope: ['c', 'Ｈ'] }, { records: [registered(held), tested(content)] });

  it.each<[string, Told['content'], unknown, readonly string[]]>([
    ['on its first day', { qualification: 'CMA1', testEnd: '2024-01-01' }, [certificate], []],
    ['on its last day', { qualification: 'CMA1', testEnd: '2024-06-30' }, [certificate], []],
    ['without an end', { qualification: 'CMA1', testEnd: '2099-01-01' }, [{ ...certificate, validTo: null }], []],
    ['without a begin', { qualification: 'CMA1', testEnd: '1999-01-01' }, [{ ...certificate, validFrom: null }], []],
    [
      'that covers no test',
      { qualification: 'CMA1', testEnd: '2024-03-01' },
      [{ ...certificate, scope: [] }],
      ['U1/2024-03 not c, Ｈ'],
    ],
    [
      'whose scope is no list',
      { qualification: 'CMA1', testEnd: '2024-03-01' },
      [{ ...certificate, scope: 'C' }],
      ['U1/2024-03 not c, Ｈ'],
    ],
    ['of another number', { qualification: 'CMA2', testEnd: '2024-03-01' }, [certificate], ['U1/2024-03 CMA2']],
    ['that nobody named', { testEnd: '2024-03-01' }, [certificate], ['U1/2024-03 ']],
    ['of no day', { qualification: 'CMA1' }, [certificate], ['U1/2024-03 ']],
  ])('takes a certificate %s for what it is', async (_, content, held, expected) => {
    expect(await of(content, held)).toEqual(expected);
  });

  it.each([null, 'CMA1', {}])('is not run where the registration holds %p and no list', async (held) => {
    const records = [
      record({ of: lab, unit: '-', period: '-', kind: 'party', content: { qualifications: held } }),
      tested({ qualification: 'CMA1', testEnd: '2024-03-01' }),
    ];
    expect(await found('qualified', { scope: [] }, { records })).toEqual(['lacks no registration of the laboratory']);
  });

  it('looks at the certificates of the laboratory that issued the report, never at another’s', async () => {
    const records = [
      record({ unit: '-', period: '-', kind: 'party', content: { qualifications: [certificate] } }),
      tested({ qualification: 'CMA1', testEnd: '2024-03-01' }),
    ];
    expect(uscc).not.toBe(lab);
    expect(await found('qualified', { scope: [] }, { records })).toEqual(['lacks no registration of the laboratory']);
  });
});

describe('qualification-ending', () => {
  const parameters = { days: '30' };
  const of = (content: Told['content'], held?: unknown): Promise<readonly string[]> =>
    found('qualification-ending', {}, { records: [registered(held), tested(content)], parameters });

  it.each<[string, Told['content'], unknown, readonly string[]]>([
    [
      'ends on the thirtieth day after the test',
      { qualification: 'CMA1', testEnd: '2024-05-31' },
      [certificate],
      ['U1/2024-03 2024-06-30'],
    ],
    ['ends on the thirty-first day after it', { qualification: 'CMA1', testEnd: '2024-05-30' }, [certificate], []],
    ['had ended before it', { qualification: 'CMA1', testEnd: '2024-07-05' }, [certificate], ['U1/2024-03 2024-06-30']],
    ['never ends', { qualification: 'CMA1', testEnd: '2024-05-31' }, [{ ...certificate, validTo: null }], []],
    ['is none of the laboratory', { qualification: 'CMA9', testEnd: '2024-05-31' }, [certificate], []],
    ['was used on no day', { qualification: 'CMA1', testEnd: 'May' }, [certificate], []],
  ])('where the certificate %s', async (_, content, held, expected) => {
    expect(await of(content, held)).toEqual(expected);
  });

  it('says until when it should have held, and touches the number', async () => {
    const records = [registered(), tested({ qualification: 'CMA1', testEnd: '2024-06-01' })];
    expect(await touched('qualification-ending', {}, { records, parameters })).toEqual([
      ['after 2024-07-01', 'U1/2024-03/test-report#qualification'],
    ]);
  });

  it('is not run for a laboratory that is not registered', async () => {
    const records = [tested({ qualification: 'CMA1', testEnd: '2024-05-31' })];
    expect(await found('qualification-ending', {}, { records, parameters })).toEqual([
      'lacks no registration of the laboratory',
    ]);
  });
});

describe('rising', () => {
  const numbered = (month: number, reportNo: string, issued: string, more: Told = {}): BookRecord =>
    report(`2024-0${String(month)}`, { reportNo, issued }, { issuer: lab, ...more });

  it('compares numbers as they are compared everywhere, however they are written', async () => {
    const records = [numbered(1, 'a 0001', '2024-03-02'), numbered(2, 'Ａ-0002', '2024-03-01')];
    expect(await found('rising', {}, { records })).toEqual(['U1/2024-02 2024-03-01']);
  });

  it('keeps units and laboratories apart', async () => {
    const first = numbered(1, 'A-1', '2024-03-02');
    expect(await found('rising', {}, { records: [first, numbered(2, 'A-2', '2024-03-01', { unit: 'U2' })] })).toEqual(
      [],
    );
    expect(await found('rising', {}, { records: [first, numbered(2, 'A-2', '2024-03-01', { issuer: uscc })] })).toEqual(
      [],
    );
  });

  it('says of which report the number lies before, and touches both', async () => {
    const records = [numbered(1, 'A-1', '2024-03-02'), numbered(2, 'A-2', '2024-03-01')];
    expect(await touched('rising', {}, { records })).toEqual([
      [
        '≥ 2024-03-02 of A-1',
        ...['reportNo', 'issued'].map((name) => `U1/2024-02/test-report#${name}`),
        'U1/2024-01/test-report#issued',
      ],
    ]);
  });

  it('finds as many as there are steps back in the order of the numbers', async () => {
    const days = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(days, async (all) => {
        const records = all.map((day, at) => numbered(at + 1, `A-${String(at + 1)}`, `2024-03-0${String(day)}`));
        const back = all.filter((day, at) => at > 0 && day < (all[at - 1] ?? 0));
        expect(await found('rising', {}, { records })).toHaveLength(back.length);
      }),
      { numRuns: 40 },
    );
  });
});

describe('bunched', () => {
  const parameters = { seconds: '3600', months: '3' };
  const anchored = (month: number, anchoredAt: string, unit = 'U1'): BookRecord =>
    report(`2024-0${String(month)}`, {}, { unit, more: { anchoredAt } });
  const three = [
    anchored(1, '2024-06-01T08:00:00Z'),
    anchored(2, '2024-06-01T08:30:00Z'),
    anchored(3, '2024-06-01T09:00:00Z'),
  ];

  it('tells every record of so many months within so many seconds', async () => {
    const got = '2024-01, 2024-02, 2024-03 within 3600 s';
    expect(await found('bunched', {}, { records: three, parameters })).toEqual(
      three.map(({ subject }) => `U1/${subject.period} ${got}`),
    );
  });

  it('a second more lies apart, and only the one in the middle still has both beside it', async () => {
    const records = [...three.slice(0, 2), anchored(3, '2024-06-01T09:00:01Z')];
    expect(await found('bunched', {}, { records, parameters })).toEqual([
      'U1/2024-02 2024-01, 2024-02, 2024-03 within 3600 s',
    ]);
  });

  it('counts months, not records, and of one unit only', async () => {
    const twice = [
      ...three.slice(0, 2),
      report('2024-02', {}, { more: { anchoredAt: '2024-06-01T08:10:00Z', key: `${uscc}/U1/2024-02/test-report.b` } }),
    ];
    expect(await found('bunched', {}, { records: twice, parameters })).toEqual([]);
    const apart = [...three.slice(0, 2), anchored(3, '2024-06-01T09:00:00Z', 'U2')];
    expect(await found('bunched', {}, { records: apart, parameters })).toEqual([]);
  });

  it('is not run where one of the records is not on the ledger yet', async () => {
    const records = [...three, report('2024-04')];
    expect(await found('bunched', {}, { records, parameters })).toEqual(['lacks when it was anchored']);
  });

  it('says how few months are too many', async () => {
    expect((await touched('bunched', {}, { records: three, parameters }))[0]).toEqual([
      '< 3 months',
      'U1/2024-01/test-report#record',
    ]);
  });
});
