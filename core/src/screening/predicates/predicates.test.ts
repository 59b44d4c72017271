import type { BookRecord } from '../book';
import { book, plants, record, uscc, type Told } from '../testing/books';
import { found, report } from '../testing/found';

describe('dates of a report', () => {
  const steps = { steps: ['received', 'tested', 'issued'] };
  it.each<[string, object, string[]]>([
    ['in their order', { received: '2024-04-01', tested: '2024-04-01', issued: '2024-04-02' }, []],
    [
      'issued before it was tested',
      { received: '2024-04-01', tested: '2024-04-03', issued: '2024-04-02' },
      ['U1/2024-03 2024-04-02'],
    ],
    ['with one that is not told', { received: '2024-04-01', issued: '2024-03-02' }, []],
  ])('%s', async (_, content, expected) => {
    expect(await found('order', steps, { records: [report('2024-03', { ...content })] })).toEqual(expected);
  });

  it.each([
    ['2024-04-06', []],
    ['2024-04-07', ['U1/2024-03 6 d from issue to anchoring']],
    ['2024-03-31', ['U1/2024-03 2024-04-01']],
  ])('anchored on %s, issued on 2024-04-01, may be five days apart', async (anchoredByLab, expected) => {
    const records = [report('2024-03', { issued: '2024-04-01', anchoredByLab })];
    expect(await found('prompt-anchoring', {}, { records, parameters: { days: '5' } })).toEqual(expected);
  });
});

describe('values that repeat', () => {
  const figures = (x: string): Told => ({ figures: { x } });
  it('are one value however it is written, of one unit, from so many periods on', async () => {
    const parameters = { least: '2' };
    const records = [
      report('2024-01', {}, figures('1.5')),
      report('2024-02', {}, figures('1.50')),
      report('2024-03', {}, figures('1.6')),
    ];
    const got = '1.5 in 2024-01, 2024-02';
    expect(await found('repeated', { values: ['#x'] }, { records, parameters })).toEqual([
      `U1/2024-01 ${got}`,
      `U1/2024-02 ${got}`,
    ]);
    expect(await found('repeated', { values: ['#x'] }, { records, parameters: { least: '3' } })).toEqual([]);
    const apart = records.map((one, at) =>
      report(`2024-0${String(at + 1)}`, {}, { unit: `U${String(at)}`, figures: { x: one.figures.get('x') ?? '' } }),
    );
    expect(await found('repeated', { values: ['#x'] }, { records: apart, parameters })).toEqual([]);
  });

  it('with something that must differ are found only where it does, however it is written', async () => {
    const pair = (one: string, two: string): BookRecord[] => [
      report('2024-01', { no: one }, figures('1')),
      report('2024-02', { no: two }, figures('1')),
    ];
    const given = { values: ['#x'], differing: ['/no'] };
    const parameters = { least: '2' };
    expect(await found('repeated', given, { records: pair('A-1', 'a-1'), parameters })).toEqual([]);
    expect(await found('repeated', given, { records: pair('A-1', 'A-2'), parameters })).toHaveLength(2);
  });

  it('across enterprises are told to both of them, and not where no other was read', async () => {
    const meter = (of: string): BookRecord => report('2024-03', { meter: 'M1' }, { of });
    const others = [book([meter(plants[1])], { uscc: plants[1] })];
    const given = { space: 'meter', values: ['/meter'] };
    expect(await found('reuse', given, { records: [meter(uscc)], others })).toHaveLength(2);
    expect(await found('reuse', given, { records: [meter(uscc)] })).toEqual([]);
    const crowd = { space: 'day', values: ['/meter'] };
    expect(await found('crowded', crowd, { records: [meter(uscc)], others, parameters: { most: '1' } })).toHaveLength(
      2,
    );
    expect(await found('crowded', crowd, { records: [meter(uscc)], others, parameters: { most: '2' } })).toEqual([]);
  });
});

describe('values beside each other', () => {
  it.each<[string, object, string[]]>([
    ['same', { a: '1', b: '1.0' }, []],
    ['same', { a: '1', b: '2' }, ['U1/2024-03 1 / 2']],
    ['different', { a: 'x', b: 'y' }, []],
    ['different', { a: 'x', b: 'x' }, ['U1/2024-03 x / x']],
    ['different', { a: 'x' }, ['lacks no /b']],
    ['present', { a: 'x' }, ['U1/2024-03 /b']],
    ['present', { a: 'x', b: 'y' }, []],
    ['absent', { a: 'x' }, ['U1/2024-03 /a']],
    ['absent', {}, []],
  ])('are %s: %j', async (predicate, content, expected) => {
    expect(await found(predicate, { values: ['/a', '/b'] }, { records: [report('2024-03', { ...content })] })).toEqual(
      expected,
    );
  });

  it('are known of documents once a record is filed', async () => {
    const given = { roles: ['report'] };
    expect(await found('documents', given, { records: [report('2024-03')] })).toEqual([
      'lacks documents are known once they are filed',
    ]);
    expect(await found('documents', given, { records: [report('2024-03', {}, { more: { id: 'a' } })] })).toEqual([
      'U1/2024-03 no report',
    ]);
  });
});

describe('a laboratory', () => {
  const party = (held: object): BookRecord =>
    record({ unit: '-', period: '-', kind: 'party', content: { qualifications: [held] } });
  const held = { number: 'CMA1', scope: ['C', 'h'], validFrom: '2024-01-01', validTo: '2024-06-30' };
  it.each<[string, object, string[]]>([
    ['holds the certificate', { qualification: 'CMA1', testEnd: '2024-06-30' }, []],
    ['does not hold it', { qualification: 'CMA2', testEnd: '2024-06-30' }, ['U1/2024-03 CMA2']],
    ['does not hold it any more', { qualification: 'CMA1', testEnd: '2024-07-01' }, ['U1/2024-03 2024-07-01']],
    ['does not hold it yet', { qualification: 'CMA1', testEnd: '2023-12-31' }, ['U1/2024-03 2023-12-31']],
  ])('%s', async (_, content, expected) => {
    const records = [party(held), report('2024-03', { ...content })];
    expect(await found('qualified', { scope: ['C', 'H'] }, { records })).toEqual(expected);
  });

  it('is not judged where it is not registered, and tests within its scope', async () => {
    const content = { qualification: 'CMA1', testEnd: '2024-06-30' };
    expect(await found('qualified', { scope: [] }, { records: [report('2024-03', content)] })).toEqual([
      'lacks no registration of the laboratory',
    ]);
    const records = [party(held), report('2024-03', content)];
    expect(await found('qualified', { scope: ['S', 'C', 'Q'] }, { records })).toEqual(['U1/2024-03 not S, Q']);
  });

  it('numbers its reports as it issues them', async () => {
    const records = [
      report('2024-01', { reportNo: 'A-1', issued: '2024-03-02' }),
      report('2024-02', { reportNo: 'A-2', issued: '2024-03-01' }),
    ];
    expect(await found('rising', {}, { records })).toEqual(['U1/2024-02 2024-03-01']);
    expect(await found('rising', {}, { records: records.slice(0, 1) })).toEqual([]);
  });
});

describe('trades of a month', () => {
  const trade = (at: number, to: string, quantity_t: string): BookRecord =>
    record({
      kind: 'allowance-transfer',
      unit: `T${String(at)}`,
      period: '2024',
      content: { to, quantity_t, tradedOn: '2024-11-05' },
    });
  const of = (...records: readonly BookRecord[]): Promise<readonly string[]> =>
    found('concentration', {}, { records, each: 'allowance-transfer@any', parameters: { least: '2', share: '60' } });

  it('are told where one buyer takes more than its share', async () => {
    expect(await of(trade(1, 'A', '60'), trade(2, 'B', '40'))).toEqual([]);
    expect(await of(trade(1, 'A', '61'), trade(2, 'B', '39'))).toEqual(['T1/2024 61.0 %']);
    expect(await of(trade(1, 'A', '61'))).toEqual([]);
  });

  it('in which nothing changed hands have no buyer with a share', async () => {
    expect(await of(trade(1, 'A', '0'), trade(2, 'B', '0'))).toEqual([]);
  });
});
