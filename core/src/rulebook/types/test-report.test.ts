import fc from 'fast-check';
import { addDays } from '../../calendar';
import type { DocumentRef } from '../../records/record';
import { citedRecord, effectsOf, someParties, toldOf, type Situation } from '../testing/bench';
import { badContents, contentFaultsOf, exampleOf, goodContents, type ContentPromise } from '../testing/content-table';

const days = ['received', 'testStart', 'testEnd', 'issued'] as const;

/** Of a day, or of a batch; both are refused by the rules of the type. */
const part = { sampleDay: '2024-01-15', batchNo: 'B01' };

const promise: ContentPromise = {
  required: ['reportNo', 'sampleMonth', 'sampleKind', ...days, 'qualification'],
  optional: {
    ...{ anchoredByLab: '2024-02-15', alsoIn: '91140000MA0FAKE01X/U2/2024-01/test-report', ...part },
    ...{ weight_g: '720.5', samplerRole: 'P01', preparerRole: 'P02', testerRole: 'L01', reviewerRole: 'L02' },
  },
  texts: ['reportNo', 'sampleKind', 'samplerRole', 'preparerRole', 'testerRole', 'reviewerRole'],
  bad: [
    ...['—', '( )', '…'].map((reportNo) => [`the number ${reportNo}`, { reportNo }, '/content/reportNo'] as const),
    ...[...days, 'anchoredByLab'].flatMap((day) =>
      ['2024-02-30', '2024/02/04', ''].map((text) => [`${day} ${text}`, { [day]: text }, `/content/${day}`] as const),
    ),
    ['a certificate of two characters', { qualification: '12' }, '/content/qualification'],
    ['a certificate of 41 characters', { qualification: '1'.repeat(41) }, '/content/qualification'],
    ['a day that is none', { sampleDay: '2024-02-30' }, '/content/sampleDay'],
    ...['b01', '15', 'B-1', 'B 1', ''].map(
      (batchNo) => [`the batch ${JSON.stringify(batchNo)}`, { batchNo }, '/content/batchNo'] as const,
    ),
    ['the thirteenth month', { sampleMonth: '2024-13' }, '/content/sampleMonth'],
    ...['', 'x', '91140000MA0FAKE01X/U2/2024-01', '91140000MA0FAKE01X/U2/2024-01/monthly-evidence'].map(
      (alsoIn) => [`the report ${JSON.stringify(alsoIn)}`, { alsoIn }, '/content/alsoIn'] as const,
    ),
  ],
};

describe('the content of a test report', () => {
  it.each(goodContents('test-report', promise))('is taken as %j', (content) => {
    expect(contentFaultsOf('test-report', content)).toEqual([]);
  });
  it.each(badContents('test-report', promise))('is refused with $what', ({ content, path }) => {
    expect(contentFaultsOf('test-report', content)).toEqual([`BAD_RECORD ${path}`]);
  });
});

const certificate = {
  kind: 'CMA' as const,
  number: '240417250001',
  scope: ['C'],
  validFrom: '2023-01-01',
  validTo: '2030-03-30',
};

/** The example's report, of a laboratory that holds the certificate on its stamp. */
function report(content: Record<string, unknown> = {}, more: Situation = {}, held: object = {}): Situation {
  return {
    issuer: someParties.lab,
    content,
    cited: { 'sample-receipt': [citedRecord('sample-receipt')] },
    ...more,
    by: { kind: 'lab', qualifications: [{ ...certificate, ...held }] },
  };
}

describe('a test report', () => {
  it('is right as its example shows it', async () => {
    expect(await toldOf('test-report', report())).toEqual([]);
  });

  it('goes from receipt over the tests to its issue, never back (R-D02)', async () => {
    const offsets = fc.tuple(...days.map(() => fc.integer({ min: -6, max: 6 })));
    await fc.assert(
      fc.asyncProperty(offsets, async (steps) => {
        const content = Object.fromEntries(days.map((day, at) => [day, addDays('2024-02-10', steps[at] ?? 0)]));
        const receipt = citedRecord('sample-receipt', { content: { received: content['received'] } });
        const found = await toldOf('test-report', report(content, { cited: { 'sample-receipt': [receipt] } }));
        const expected = days
          .slice(1)
          .filter((_, at) => (steps[at] ?? 0) > (steps[at + 1] ?? 0))
          .map((day) => `R-D02 /content/${day}`);
        expect(found).toEqual(expected);
      }),
    );
  });

  it.each([
    ['another certificate', { number: '240417250002' }, false],
    ['one that began on the day of the tests', { validFrom: '2024-02-06' }, true],
    ['one that began a day later', { validFrom: '2024-02-07' }, false],
    ['one that ended on the last day of the tests', { validTo: '2024-02-08' }, true],
    ['one that ended a day earlier', { validTo: '2024-02-07' }, false],
    ['one without known ends', { validFrom: null, validTo: null }, true],
  ])('under %s is taken or refused by the days of the tests (R-D06)', async (_, held, isValid) => {
    expect(await toldOf('test-report', report({}, {}, held))).toEqual(isValid ? [] : ['R-D06 /content/qualification']);
  });

  it('is never under a certificate of a laboratory that holds none', async () => {
    const bare = { ...report(), by: { kind: 'lab' as const, qualifications: [] } };
    expect(await toldOf('test-report', bare)).toEqual(['R-D06 /content/qualification']);
  });

  it('tells the day of receipt that its sample receipt tells', async () => {
    const receipt = citedRecord('sample-receipt', { content: { received: '2024-02-03' } });
    const found = await toldOf('test-report', report({}, { cited: { 'sample-receipt': [receipt] } }));
    expect(found).toEqual(['R-D02 /content/received']);
  });

  it('is of the month of its subject', async () => {
    const found = await toldOf('test-report', report({}, { subject: { period: '2024-03' } }));
    expect(found).toEqual(['BAD_RECORD /content/sampleMonth']);
  });

  it('is not issued after it is anchored', async () => {
    const at = (time: string): Promise<string[]> => toldOf('test-report', report({}, { time }));
    expect(await at('2024-02-13T15:59:59Z')).toEqual(['R-D02 /content/issued']);
    expect(await at('2024-02-13T16:00:00Z')).toEqual([]);
  });

  const file = (role: string, digit: string): DocumentRef => ({
    role,
    name: 'report.pdf',
    mediaType: 'application/pdf',
    size: '1',
    sha256: `sha256:${digit.repeat(64)}`,
    sm3: `sm3:${digit.repeat(64)}`,
  });

  const at = (index: number): string => `/documents/${String(index)}/sha256`;

  it('claims its number within its laboratory, and its file whoever anchors it', () => {
    const documents = [file('photo', '1'), file('report', '2')];
    const reportNo = 'fic－CQ 202401-U1-0101';
    expect(effectsOf('test-report', { issuer: someParties.lab, content: { reportNo }, documents })).toEqual([
      {
        do: 'claim',
        space: 'report',
        id: `${someParties.lab}/FICCQ202401U1-101`,
        rule: 'R-D01',
        field: '/content/reportNo',
      },
      {
        do: 'claim',
        space: 'report-file',
        id: `sha256:${'2'.repeat(64)}`,
        rule: 'R-D05',
        by: someParties.lab,
        field: '/documents/1/sha256',
      },
    ]);
  });

  it.each([
    ['the one of which nothing is said', [file('document', '1')], [at(0)]],
    ['both, where one is said to be the report', [file('document', '1'), file('report', '2')], [0, 1].map(at)],
    ['whatever there is, where none is said to be the report', [file('photo', '1'), file('slip', '2')], [0, 1].map(at)],
    ['no photo beside its report', [file('report', '1'), file('photo', '2')], [at(0)]],
  ])('claims as its file %s', (_, documents, fields) => {
    const claims = effectsOf('test-report', { documents }).slice(1);
    expect(claims.map((effect) => 'field' in effect && effect.field)).toEqual(fields);
  });

  it('names with its claim the report in which another laboratory has the same file', () => {
    const alsoIn = `${someParties.enterprise}/U2/2024-01/test-report`;
    const [, claim] = effectsOf('test-report', { content: { alsoIn }, documents: [file('report', '2')] });
    expect(claim).toMatchObject({ space: 'report-file', besides: alsoIn });
  });

  it('makes the same claim however its number is written', () => {
    const claimOf = (reportNo: string): unknown => effectsOf('test-report', { content: { reportNo } })[0];
    const { reportNo } = exampleOf('test-report') as { reportNo: string };
    for (const written of [reportNo.toLowerCase(), reportNo.replaceAll('-', ' '), ` ${reportNo}`, `${reportNo}。`])
      expect(claimOf(written)).toEqual(claimOf(reportNo));
    expect(claimOf(`${reportNo}1`)).not.toEqual(claimOf(reportNo));
  });
});
