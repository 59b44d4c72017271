import type { AnswerOf, ItemOf, ListName, QueryIn } from '@carbon-ledger/client-sdk';
import { buildRecord, usccCheckDigit, type BuiltRecord } from '@carbon-ledger/core';
import { trialPartyRecord, trialSalts, type TrialParty } from '@carbon-ledger/plant-year/trial';
import { FakeGateway, problem } from '../testing/fake-gateway';
import { enterprise, lab, national, otherProvince, province, registry, sampleReceipt } from '../testing/trial-world';

const MSP = 'TestMSP';

function party(first17: string, name: string, kind: TrialParty['kind'], region: string): TrialParty {
  const qualifications =
    kind === 'lab'
      ? [{ kind: 'CMA' as const, number: '2404172500', scope: ['C'], validFrom: null, validTo: null }]
      : [];
  return { uscc: first17 + usccCheckDigit(first17), name, kind, region, qualifications };
}

/** Plants of two provinces and verifiers, whose names are not in the order of their codes. */
const plants = [
  party('91140600MALJTTE01', '丙电厂', 'enterprise', '140600'),
  party('91140600MALJTTE02', '甲电厂', 'enterprise', '140600'),
  party('91440100MALJTTE03', '乙钢厂', 'enterprise', '440100'),
  party('91440100MALJTTE04', '丁电厂', 'enterprise', '440100'),
];
const verifiers = [
  party('91110000MALJTTW01', '乙核查', 'verifier', '110000'),
  party('91310000MALJTTW02', '甲核查', 'verifier', '310000'),
];
const [first, second, third, fourth] = plants.map(({ uscc }) => uscc);

function listing(issuer: string, entries: readonly (readonly [string | undefined, string])[]): BuiltRecord {
  return buildRecord(
    {
      type: 'emitter-list',
      issuer,
      subject: { uscc: issuer, unit: '-', period: '2024' },
      content: { entries: entries.map(([uscc, sector]) => ({ uscc, sector, listed: true, reason: '纳入' })) },
    },
    trialSalts(issuer),
  );
}

let fake: FakeGateway;
const anchor = async (by: string, records: readonly BuiltRecord[]): Promise<unknown> =>
  fake.client(by).anchor({ records: records.map(({ record }) => record), figures: {} });

beforeAll(async () => {
  fake = await FakeGateway.start();
  await anchor(
    national,
    [...plants, ...verifiers].map((one) => trialPartyRecord(one, national, [MSP])),
  );
  await anchor(province, [
    listing(province, [
      [first, 'power'],
      [second, 'power'],
    ]),
  ]);
  await anchor(otherProvince, [
    listing(otherProvince, [
      [third, 'steel'],
      [fourth, 'power'],
    ]),
  ]);
  for (const month of ['2024-01', '2024-02', '2024-03'])
    await anchor(lab, [sampleReceipt('U1', month), sampleReceipt('U2', month)]);
});
afterAll(() => fake.stop());

/** Everything in a list, two a page. */
async function all<Name extends ListName>(name: Name, query: QueryIn<Name>): Promise<ItemOf<Name>[]> {
  const found: ItemOf<Name>[] = [];
  for await (const one of fake.client().all(name, { ...query, limit: 2 })) found.push(one);
  return found;
}
const emitters = async (query: Partial<QueryIn<'listEmitters'>>): Promise<string[]> =>
  (await all('listEmitters', { year: '2024', ...query })).map(({ name }) => name);
const institutions = async (query: Partial<QueryIn<'listInstitutions'>>): Promise<string[]> =>
  (await all('listInstitutions', { kind: 'verifier', ...query })).map(({ name }) => name);

describe('key emitters', () => {
  it('come by code, by name, as they were listed, forth and back, page by page', async () => {
    expect(await emitters({})).toEqual(['丙电厂', '甲电厂', '乙钢厂', '丁电厂']);
    expect(await emitters({ order: 'desc' })).toEqual(['丁电厂', '乙钢厂', '甲电厂', '丙电厂']);
    const byName = ['丁电厂', '丙电厂', '乙钢厂', '甲电厂'];
    expect(await emitters({ sort: 'name' })).toEqual(byName);
    expect(await emitters({ sort: 'name', order: 'desc' })).toEqual([...byName].reverse());
    expect((await emitters({ sort: 'anchored' })).sort()).toEqual([...byName].sort());
  });

  it.each<[string, Partial<QueryIn<'listEmitters'>>, string[]]>([
    ['region', { region: '440000' }, ['乙钢厂', '丁电厂']],
    ['sector', { sector: 'steel' }, ['乙钢厂']],
    ['a word of the name', { text: '电厂' }, ['丙电厂', '甲电厂', '丁电厂']],
    ['a part of the code, small', { text: 'maljtte02' }, ['甲电厂']],
    ['region and word', { region: '44', text: '电厂' }, ['丁电厂']],
    ['how the surrender stands', { status: 'none' }, ['丙电厂', '甲电厂', '乙钢厂', '丁电厂']],
    ['another standing', { status: 'cleared' }, []],
    ['a time to come', { since: '2100-01-01' }, []],
    ['a time before', { until: '2100-01-01' }, ['丙电厂', '甲电厂', '乙钢厂', '丁电厂']],
    ['another year', { year: '2023' }, []],
  ])('are filtered by %s', async (_, query, expected) => {
    expect(await emitters(query)).toEqual(expected);
  });

  it('come as CSV', async () => {
    const csv = await fake.client().csv('listEmitters', { year: '2024', text: '乙' });
    const [head, ...rows] = csv.trim().split('\r\n');
    expect(head).toContain('uscc,name,region,sector,year,verified_tCO2');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain('乙钢厂');
  });
});

describe('institutions', () => {
  it('come by code and by name, forth and back', async () => {
    expect(await institutions({})).toEqual(['乙核查', '甲核查']);
    expect(await institutions({ sort: 'name' })).toEqual(['乙核查', '甲核查']);
    expect(await institutions({ sort: 'name', order: 'desc' })).toEqual(['甲核查', '乙核查']);
    expect((await institutions({ sort: 'anchored' })).sort()).toEqual(['乙核查', '甲核查']);
  });

  it.each<[string, Partial<QueryIn<'listInstitutions'>>, string[]]>([
    ['region', { region: '310000' }, ['甲核查']],
    ['name', { text: '乙' }, ['乙核查']],
    ['status', { status: 'suspended' }, []],
    ['another status', { status: 'active' }, ['乙核查', '甲核查']],
    ['time', { since: '2100-01-01T00:00:00Z' }, []],
  ])('are filtered by %s', async (_, query, expected) => {
    expect(await institutions(query)).toEqual(expected);
  });

  it('are found by the number of a qualification', async () => {
    const found = await all('listInstitutions', { kind: 'lab', text: '240417250001' });
    expect(found.map(({ uscc }) => uscc)).toEqual([lab]);
  });
});

describe('submissions', () => {
  type Query = QueryIn<'listSubmissions'>;
  const places = async (query: Query): Promise<number[]> =>
    (await all('listSubmissions', query)).map(({ first: place }) => place);

  it('come in the order of the log or from the newest on, each once', async () => {
    const log = await places({});
    expect(log).toEqual([...log].sort((a, b) => a - b));
    expect(new Set(log).size).toBe(log.length);
    expect(await places({ order: 'desc' })).toEqual([...log].reverse());
  });

  it.each<[string, Query, (one: AnswerOf<'listSubmissions'>['items'][number]) => boolean]>([
    ['party', { party: lab }, ({ submission }) => submission.party === lab],
    [
      'type',
      { type: 'emitter-list' },
      ({ submission }) => submission.records.some(({ type }) => type === 'emitter-list'),
    ],
    ['text', { text: 's-u2-2024-02' }, ({ submission }) => JSON.stringify(submission.records).includes('S-U2-2024-02')],
    ['party and text', { party: province, text: 'S-U2' }, () => false],
    ['status', { party: lab, status: 'current' }, ({ submission }) => submission.party === lab],
    ['another status', { status: 'withdrawn' }, () => false],
    ['time', { since: '2100-01-01' }, () => false],
    ['all time', { until: '2100-01-01' }, () => true],
  ])('are filtered by %s, in both directions', async (_, query, isWanted) => {
    const expected = (await all('listSubmissions', {})).filter(isWanted).map(({ first: place }) => place);
    expect(await places(query)).toEqual(expected);
    expect(await places({ ...query, order: 'desc' })).toEqual([...expected].reverse());
  });

  it('begin where they are asked to, also inside of one', async () => {
    const { items } = await fake.client().call('listSubmissions', { query: { party: lab } });
    const last = items.at(-1)?.first ?? 0;
    expect(await places({ party: lab, from: last })).toEqual([last]);
    expect(await places({ party: lab, from: last + 1 })).toEqual([last]);
    expect(await places({ from: 1_000_000 })).toEqual([]);
    expect((await places({ party: lab, from: last - 1, order: 'desc' })).includes(last)).toBe(false);
  });
});

describe('a list', () => {
  it.each<[string, Promise<unknown> | (() => Promise<unknown>)]>([
    ['a cursor of nothing', () => fake.client().call('listEmitters', { query: { year: '2024', cursor: 'x' } })],
    ['a cursor of records', () => fake.client().call('listInstitutions', { query: { kind: 'lab', cursor: 'dHMv' } })],
  ])('refuses %s', async (_, ask) => {
    expect(await problem(typeof ask === 'function' ? ask() : ask)).toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('of parties says when each was registered, of all that are there', async () => {
    const found = await all('listParties', {});
    expect(found.map(({ uscc }) => uscc)).toEqual(expect.arrayContaining([enterprise, registry, national]));
    for (const { anchoredAt } of found) expect(anchoredAt > '2020').toBe(true);
  });
});
