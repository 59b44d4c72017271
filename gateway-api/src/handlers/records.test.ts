import { document, receipt, report, startWithReport } from '../testing/anchored-report';
import { problem, type FakeGateway } from '../testing/fake-gateway';
import { enterprise, lab, national, otherProvince, province, registry, sampleReceipt } from '../testing/trial-world';

let fake: FakeGateway;
beforeAll(async () => {
  fake = await startWithReport();
});
afterAll(() => fake.stop());

describe('private figures', () => {
  it.each([
    ['the party that filed them', lab],
    ['the party that they are about', enterprise],
    ['the authority of the province', province],
    ['the national authority', national],
  ])('are shown to %s', async (_who, party) => {
    const record = await fake.client(party).record(report.id, { figures: true });
    expect(record.figures?.map(({ name }) => name).sort()).toEqual(report.figures.map(({ name }) => name).sort());
  });

  it.each([
    ['the public', undefined],
    ['a registry', registry],
    ['the authority of another province', otherProvince],
  ])('are hidden from %s, who see the record all the same', async (_who, party) => {
    const record = await fake.client(party).record(report.id, { figures: true });
    expect(record).toMatchObject({ id: report.id, figuresAccess: 'hidden', record: report.record });
    expect(JSON.stringify(record)).not.toContain(report.figures[0]!.salt);
    const { items } = await fake.client(party).records({ party: enterprise, include: 'figures' });
    expect(items.every(({ figures }) => figures === undefined || figures.length === 0)).toBe(true);
  });

  it('are not found by a trace for whom they are hidden, and traced for whom they are open', async () => {
    const figure = `${report.key}#Cad_pct`;
    expect(await fake.client(enterprise).trace(figure)).toMatchObject({ figure, status: 'intact', value: '57.12' });
    expect(await problem(fake.client(registry).trace(figure))).toMatchObject({ code: 'FIGURE_NOT_FOUND' });
    expect(await fake.client(lab).traceAs(figure, 'svg')).toContain('= 57.12');
    expect(JSON.parse(await fake.client(lab).traceAs(figure, 'prov'))).toHaveProperty('wasAttributedTo');
  });
});

describe('lists', () => {
  beforeAll(async () => {
    const records = Array.from({ length: 25 }, (_, index) => sampleReceipt(`L${String(index)}`, '2024-02'));
    await fake.client(lab).anchor({ records: records.map(({ record }) => record), figures: {} });
  });

  it('come in pages that miss nothing and repeat nothing', async () => {
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = await fake.client().records({ period: '2024-02', type: 'sample-receipt', limit: 10, cursor });
      pages.push(page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(pages.map(({ length }) => length)).toEqual([10, 10, 5]);
    expect(new Set(pages.flat()).size).toBe(25);
  });

  it.each([
    ['document', { document: document.sha256 }],
    ['SM3 of a document', { document: document.sm3 }],
    ['citation', { cites: receipt.id }],
    ['business key', { key: report.key }],
    ['party, unit and type', { party: enterprise, unit: 'U1', type: 'test-report' as const }],
    ['issuer and type', { issuer: lab, type: 'test-report' as const }],
  ])('find a record by %s', async (_by, query) => {
    const { items } = await fake.client().records(query);
    expect(items.map(({ id }) => id)).toEqual([report.id]);
  });

  it('refuse the cursor of another query', async () => {
    const { next } = await fake.client().records({ period: '2024-02', limit: 1 });
    expect(await problem(fake.client().records({ issuer: lab, cursor: next }))).toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('give heads for many keys, in order, null for what is not there', async () => {
    const { heads } = await fake.client().heads([`${enterprise}/U9/2024-01/sample-receipt`, receipt.key]);
    expect(heads).toEqual([null, { key: receipt.key, record: receipt.id, version: 1, status: 'current' }]);
  });

  it('list parties by kind', async () => {
    const { items } = await fake.client().parties({ kind: 'province-authority' });
    expect(items.map(({ uscc }) => uscc).sort()).toEqual([province, otherProvince].sort());
    const codes = async (query: Parameters<ReturnType<typeof fake.client>['parties']>[0]): Promise<string[]> =>
      (await fake.client().parties({ kind: 'province-authority', ...query })).items.map(({ uscc }) => uscc);
    expect(await codes({ order: 'desc' })).toEqual([...(await codes({}))].reverse());
    expect(await codes({ status: 'active' })).toHaveLength(2);
    expect(await codes({ status: 'suspended' })).toEqual([]);
    expect(await codes({ since: '2000-01-01', until: '2999-01-01' })).toHaveLength(2);
    expect(await codes({ until: '2000-01-01' })).toEqual([]);
    expect(await problem(fake.client().party('91350100M000100Y43'))).toMatchObject({ code: 'PARTY_UNKNOWN' });
  });
});

describe('lists by state, time and text', () => {
  const late = sampleReceipt('G1', '2024-03');
  const months = Array.from({ length: 5 }, (_, index) => sampleReceipt(`G${String(index + 2)}`, '2024-03'));
  beforeAll(async () => {
    const own = [late, ...months];
    await fake.client(lab).anchor({ records: own.map(({ record }) => record), figures: {} });
    const draft = await fake.client(lab).draft({
      type: 'revocation',
      on: late.id,
      content: { reason: 'WITHDRAWN_BY_ISSUER', statement: '样品破损' },
    });
    expect(draft.faults).toEqual([]);
    await fake.client(lab).anchorDraft(draft);
  });

  const ids = async (query: Parameters<ReturnType<typeof fake.client>['records']>[0]): Promise<string[]> => {
    const found: string[] = [];
    for await (const { id } of fake.client().allRecords({ limit: 2, ...query })) found.push(id);
    return found;
  };

  it('find what stands in a state, with and without type and party', async () => {
    expect(await ids({ state: 'WITHDRAWN' })).toEqual([late.id]);
    expect(await ids({ state: 'WITHDRAWN', type: 'sample-receipt', party: enterprise })).toEqual([late.id]);
    expect(await ids({ state: 'WITHDRAWN', party: enterprise, unit: 'G1' })).toEqual([late.id]);
    expect(await ids({ state: 'CURRENT', type: 'sample-receipt', period: '2024-03' })).toHaveLength(5);
    expect(await ids({ state: 'REVERSED' })).toEqual([]);
    expect(await ids({ status: 'withdrawn' })).toEqual([late.id]);
    expect(await ids({ status: 'withdrawn', text: 'g1' })).toEqual([late.id]);
    expect(await ids({ status: 'superseded', period: '2024-03' })).toEqual([]);
  });

  it('find what was changed since a time, in the order of the changes, each once', async () => {
    const { anchoredAt } = await fake.client().record(late.id);
    const changed = await ids({ changedSince: anchoredAt, type: 'sample-receipt', period: '2024-03' });
    expect(changed).toEqual([...months.map(({ id }) => id), late.id]);
    expect(await ids({ changedSince: anchoredAt, type: 'sample-receipt', period: '2024-03', order: 'desc' })).toEqual(
      [...changed].reverse(),
    );
    expect(await ids({ changedSince: '2999-01-01' })).toEqual([]);
  });

  it('find a word in a record, whatever its capitals, and nothing that is not there', async () => {
    expect(await ids({ text: '样品破损' })).toHaveLength(1);
    expect(await ids({ text: 's-g3-2024-03', type: 'sample-receipt' })).toEqual([months[1]?.id]);
    expect(await ids({ text: 'nowhere to be found' })).toEqual([]);
    // Over two parts of the key, and as it is written in JSON.
    expect(await ids({ text: 'g3/2024-03/sample', type: 'sample-receipt' })).toEqual([months[1]?.id]);
    expect(await ids({ text: '"unit":"g3"', type: 'sample-receipt' })).toEqual([months[1]?.id]);
  });

  it('go by key or as anchored, forth and back, over pages, and hold to a time', async () => {
    const query = { party: enterprise, period: '2024-03', type: 'sample-receipt' } as const;
    const byLog = await ids({ ...query, sort: 'anchored' });
    expect(byLog).toEqual([late, ...months].map(({ id }) => id));
    expect(await ids({ ...query, sort: 'anchored', order: 'desc' })).toEqual([...byLog].reverse());
    const byKey = await ids({ ...query, sort: 'key' });
    expect(await ids({ ...query, sort: 'key', order: 'desc' })).toEqual([...byKey].reverse());
    expect([...byKey].sort()).toEqual([...byLog].sort());
    expect(await ids({ ...query, until: '2001-01-01' })).toEqual([]);
    expect(await ids({ ...query, since: '2001-01-01', until: '2999-01-01' })).toEqual(byLog);
    expect(await problem(fake.client().records({ since: 'yesterday' }))).toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('of parties by words and region', async () => {
    const { items } = await fake.client().parties({ text: enterprise.toLowerCase(), region: '14' });
    expect(items.map(({ uscc }) => uscc)).toEqual([enterprise]);
    expect((await fake.client().parties({ text: enterprise, region: '44' })).items).toEqual([]);
  });
});
