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
    expect(await problem(fake.client().party('91350100M000100Y43'))).toMatchObject({ code: 'PARTY_UNKNOWN' });
  });
});
