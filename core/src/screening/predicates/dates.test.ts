import fc from 'fast-check';
import { addDays } from '../../calendar';
import type { BookRecord } from '../book';
import { record, type Told } from '../testing/books';
import { found, report, touched } from '../testing/found';

const receipt = (received: string): BookRecord => record({ kind: 'sample-receipt', content: { received } });
const day = fc.integer({ min: 0, max: 60 }).map((days) => addDays('2024-03-15', days));

describe('order', () => {
  it('finds a step exactly where it lies before the one it follows on, whatever the days are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(day, day, day), async ([received, tested, issued]) => {
        const records = [report('2024-03', { received, tested, issued })];
        const expected = [...(tested < received ? [tested] : []), ...(issued < tested ? [issued] : [])];
        const hits = await found('order', { steps: ['received', 'tested', 'issued'] }, { records });
        expect([...hits].sort()).toEqual(expected.map((got) => `U1/2024-03 ${got}`).sort());
      }),
      { numRuns: 40 },
    );
  });

  it('names both days, and the day of receipt in the receipt too: either may be the wrong one', async () => {
    const records = [report('2024-03', { received: '2024-04-09', tested: '2024-04-02' }), receipt('2024-04-01')];
    expect(await touched('order', { steps: ['received', 'tested'] }, { records })).toEqual([
      [
        '≥ received 2024-04-09',
        'U1/2024-03/test-report#tested',
        'U1/2024-03/test-report#received',
        'U1/2024-03/sample-receipt#received',
      ],
    ]);
  });

  it.each<[string, Told['content']]>([
    ['a number', { received: 20240409, tested: '2024-04-01' }],
    ['nothing', { tested: '2024-04-01' }],
    ['a list', { received: ['2024-04-09'], tested: '2024-04-01' }],
  ])('does not compare a day with %s', async (_, content) => {
    expect(await found('order', { steps: ['received', 'tested'] }, { records: [report('2024-03', content)] })).toEqual(
      [],
    );
  });
});

describe('prompt-anchoring', () => {
  const parameters = { days: '5' };
  const issued = '2024-04-01';

  it('takes the ledger’s time where the laboratory claims no day, as the day is in Shanghai', async () => {
    const at = (anchoredAt: string): BookRecord[] => [report('2024-03', { issued }, { more: { anchoredAt } })];
    expect(await found('prompt-anchoring', {}, { records: at('2024-04-06T15:59:59Z'), parameters })).toEqual([]);
    expect(await found('prompt-anchoring', {}, { records: at('2024-04-06T16:00:00Z'), parameters })).toEqual([
      'U1/2024-03 6 d from issue to anchoring',
    ]);
  });

  it('believes the ledger rather than the file that is screened beside it', async () => {
    const records = [report('2024-03', { issued, anchoredByLab: '2024-04-02' })];
    const anchored = [report('2024-03', { issued, anchoredByLab: '2024-05-02' })];
    expect(await found('prompt-anchoring', {}, { records, parameters })).toEqual([]);
    expect(await found('prompt-anchoring', {}, { records, parameters, more: { anchored } })).toEqual([
      'U1/2024-03 31 d from issue to anchoring',
    ]);
  });

  it('names the day of issue and the claim', async () => {
    const records = [report('2024-03', { issued, anchoredByLab: '2024-03-31' })];
    expect(await touched('prompt-anchoring', {}, { records, parameters })).toEqual([
      ['≤ anchored 2024-03-31', 'U1/2024-03/test-report#issued', 'U1/2024-03/test-report#anchoredByLab'],
    ]);
  });

  it.each<[string, Told['content']]>([
    ['issued on no day', { issued: '2024-13-01', anchoredByLab: '2024-05-02' }],
    ['never issued', { anchoredByLab: '2024-05-02' }],
    ['never anchored', { issued }],
    ['anchored on no day', { issued, anchoredByLab: 'soon' }],
  ])('says nothing of a report that was %s', async (_, content) => {
    expect(await found('prompt-anchoring', {}, { records: [report('2024-03', content)], parameters })).toEqual([]);
  });

  it('is not run where no limit of days is meant for the unit', async () => {
    const records = [report('2024-03', { issued, anchoredByLab: '2024-05-02' })];
    expect(await found('prompt-anchoring', {}, { records })).toEqual(['lacks days has no value']);
  });
});

describe('carbon-basis', () => {
  const table = record({
    ...{ unit: 'POWER', period: '2024', kind: 'parameter' },
    content: { values: { 'carbonTest.days': { value: '40', unit: 'd', source: '' } } },
  });
  const evidence = (carbonBasis: unknown): BookRecord =>
    record({ content: { carbonBasis }, cites: { parameters: [table.key] } });
  const tested = (
    issued: string,
    received = issued,
    figures: Told['figures'] = { Cad_pct: '50', Mad_pct: '5' },
  ): BookRecord => report('2024-03', { issued, received }, { figures });
  const at = (records: readonly BookRecord[], anchored?: readonly BookRecord[]): Promise<readonly string[]> =>
    found(
      'carbon-basis',
      {},
      { records: [...records, table], each: 'monthly-evidence@unit', ...(anchored ? { more: { anchored } } : {}) },
    );

  // Forty natural days after 2024-03-31 end with 2024-05-10 (R-D04).
  it.each<[string, unknown, readonly BookRecord[], readonly string[]]>([
    ['measured, with a report of the last day', 'measured', [tested('2024-05-10')], []],
    ['default, with a report of the last day', 'default', [tested('2024-05-10')], ['U1/2024-03 default']],
    [
      'measured, with a report issued a day late',
      'measured',
      [tested('2024-05-11', '2024-05-10')],
      ['U1/2024-03 measured'],
    ],
    [
      'measured, with a sample received a day late',
      'measured',
      [tested('2024-05-10', '2024-05-11')],
      ['U1/2024-03 measured'],
    ],
    ['default, with a report a day late', 'default', [tested('2024-05-11')], []],
    ['measured, without a report', 'measured', [], ['U1/2024-03 measured']],
    ['default, without a report', 'default', [], []],
    [
      'measured, with a report that lacks the moisture',
      'measured',
      [tested('2024-04-10', '2024-04-02', { Cad_pct: '50' })],
      ['U1/2024-03 measured'],
    ],
    ['default, with a report on no day', 'default', [tested('soon')], []],
    ['measured, with a report on no day', 'measured', [tested('soon')], ['U1/2024-03 measured']],
  ])('%s', async (_, basis, reports, expected) => {
    expect(await at([evidence(basis), ...reports])).toEqual(expected);
  });

  it('is judged by the anchored report too: a file cannot leave it out', async () => {
    expect(await at([evidence('default')], [tested('2024-04-10')])).toEqual(['U1/2024-03 default']);
    expect(await at([evidence('measured'), tested('2024-04-10')], [tested('2024-06-10')])).toEqual([
      'U1/2024-03 measured',
    ]);
    expect(await at([evidence('measured'), tested('2024-04-10')], [tested('2024-04-10')])).toEqual([]);
  });

  it('by day or batch is judged by every part with coal, and by a report of another unit where that is cited', async () => {
    const plan = (carbonTestMode: string): BookRecord =>
      record({ kind: 'quality-control-plan', period: '2024', content: { carbonTestMode } });
    const of = (label: string, issued = '2024-04-10', unit = 'U1'): BookRecord =>
      report(
        '2024-03',
        { issued, received: issued },
        {
          ...{ unit, kind: `test-report${label}`, figures: { Cad_pct: '50', Mad_pct: '5' } },
        },
      );
    const month = (figures: NonNullable<Told['figures']>, reports: readonly BookRecord[]): BookRecord =>
      record({
        content: { carbonBasis: 'measured' },
        figures,
        cites: { 'test-report': reports.map(({ key }) => key), parameters: [table.key] },
      });
    const judged = (
      mode: string,
      figures: NonNullable<Told['figures']>,
      reports: readonly BookRecord[],
    ): Promise<readonly string[]> => at([plan(mode), ...reports, month(figures, reports)]);
    const days = { 'daily.fc_t.15': '10', 'daily.fc_t.16': '0', 'daily.fc_t.17': '5' };
    expect(await judged('daily', days, [of('.15'), of('.17')])).toEqual([]);
    expect(await judged('daily', days, [of('.15')])).toEqual(['U1/2024-03 measured']);
    expect(await judged('daily', days, [of('.15'), of('.17', '2024-06-10')])).toEqual(['U1/2024-03 measured']);
    expect(await judged('daily', days, [of('')])).toEqual(['U1/2024-03 measured']);
    expect(await judged('batch', { 'batch.fc_t.B01': '10' }, [of('.B01')])).toEqual([]);
    expect(await judged('monthly-composite', {}, [of('', '2024-04-10', 'U2')])).toEqual([]);
  });

  it('says what would be right, and touches everything that decides it', async () => {
    const of = { records: [evidence('default'), tested('2024-04-10'), table], each: 'monthly-evidence@unit' };
    expect(await touched('carbon-basis', {}, of)).toEqual([
      [
        'measured',
        ...['carbonBasis', 'Car_tC_t', 'emission_tCO2'].map((name) => `U1/2024-03/monthly-evidence#${name}`),
        ...['issued', 'Cad_pct', 'Mad_pct', 'record', 'received'].map((name) => `U1/2024-03/test-report#${name}`),
        'U1/2024-03/sample-receipt#received',
      ],
    ]);
  });
});
