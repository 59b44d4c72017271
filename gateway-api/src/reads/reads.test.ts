import { join } from 'node:path';
import { checkReadLog, readLines, type ReadLine } from '@carbon-ledger/auditor/stored';
import { FakeGateway, problem } from '../testing/fake-gateway';
import { enterprise, lab, sampleReceipt, testReport } from '../testing/trial-world';

describe('who looked at private figures', () => {
  let fake: FakeGateway;
  const receipt = sampleReceipt('U1');
  const report = testReport(receipt);

  beforeAll(async () => {
    fake = await FakeGateway.start();
    await fake.client().submit([await fake.signed(lab, [receipt, report])]);
  });
  afterAll(() => fake.stop());

  const folder = (): string => join(fake.folder, 'reads');
  async function lines(): Promise<ReadLine[]> {
    const found: ReadLine[] = [];
    for await (const { line } of readLines(folder())) found.push(line!);
    return found;
  }

  it('is told to the parties of the record, with what for', async () => {
    const purposeful = fake.client(enterprise, (url, init) =>
      fetch(url, { ...init, headers: { ...(init.headers as object), 'x-purpose': encodeURIComponent('年度核查') } }),
    );
    await purposeful.record(report.id, { figures: true });
    const [newest] = (await fake.client(lab).call('listReads')).items;
    expect(newest).toEqual({
      number: expect.any(Number) as number,
      at: expect.stringMatching(/Z$/) as string,
      party: enterprise,
      route: 'getRecord',
      purpose: '年度核查',
      records: [{ record: report.id, subject: enterprise }],
    });
    const own = await fake.client(enterprise).call('listReads');
    expect(own.items).toEqual([]);
    const all = await fake.client(enterprise).call('listReads', { query: { others: 'false' } });
    expect(all.items).toEqual([newest]);
    expect(await problem(fake.client().call('listReads'))).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it.each<[string, (name: string) => Promise<unknown>]>([
    ['getRecord', () => fake.client(lab).record(report.id, { figures: true })],
    ['listRecords', () => fake.client(lab).records({ key: report.key, include: 'figures' })],
    ['listSubmissions', () => fake.client(lab).call('listSubmissions', { query: { party: lab, include: 'figures' } })],
    ['trace', () => fake.client(lab).trace(`${report.key}#Mad_pct`)],
    ['prove', () => fake.client(lab).prove(`${report.key}#Cad_pct`)],
  ])('%s leaves a line', async (route, ask) => {
    const before = (await lines()).length;
    await ask(route);
    const more = (await lines()).slice(before);
    expect(more).toEqual([expect.objectContaining({ party: lab, route })]);
    expect(more[0]!.records.map(({ record }) => record)).toContain(report.id);
    expect(more[0]!.session).toMatch(/^[0-9a-f-]{36}$/);
    expect(more[0]!.key).toMatch(/^0x[0-9a-f]{40}$/);
    for (const { value } of report.figures) expect(JSON.stringify(more)).not.toContain(`"${value}"`);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a record without its figures', () => fake.client(lab).record(report.id)],
    ['a list without figures', () => fake.client(lab).records({ key: report.key })],
    ['the public', () => fake.client().record(report.id, { figures: true })],
  ])('%s leaves none', async (_what, ask) => {
    const before = (await lines()).length;
    await ask();
    expect(await lines()).toHaveLength(before);
  });

  it('is a chain that holds', async () => {
    expect((await checkReadLog(folder())).faults).toEqual([]);
  });

  it('takes no purpose that nobody can read', async () => {
    const wrong = fake.client(lab, (url, init) =>
      fetch(url, { ...init, headers: { ...(init.headers as object), 'x-purpose': '%zz' } }),
    );
    expect(await problem(wrong.record(report.id, { figures: true }))).toMatchObject({ code: 'BAD_REQUEST' });
  });
});
