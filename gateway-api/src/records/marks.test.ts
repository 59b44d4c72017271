import { buildRecord, partyContentSchema, type Mark } from '@carbon-ledger/core';
import { trialSalts } from '@carbon-ledger/plant-year/trial';
import { document } from '../testing/anchored-report';
import type { FakeGateway } from '../testing/fake-gateway';
import { inspectionUnderWay, partyOf, reports, startInspected } from '../testing/inspected-world';
import { enterprise, lab, national, province, sampleReceipt } from '../testing/trial-world';

const inspection = `${province}/-/2025/inspection.1`;
const finding = `${enterprise}/PLANT/2024/finding.1`;
const later = sampleReceipt('U1', '2024-05');
const figure = `${reports.inspected.key}#Cad_pct`;

let fake: FakeGateway;
/** When the report came. */
let reported: string;
beforeAll(async () => {
  fake = await startInspected();
  await fake.client(lab).anchor({ records: [later.record], figures: {} });
  reported = (await fake.client().record(reports.inspected.id)).anchoredAt;
});
afterAll(() => fake.stop());

const marks = async (id: string): Promise<readonly Mark[]> => (await fake.client().record(id)).marks ?? [];
/** Why the heads of keys are in doubt. */
const headDoubts = async (...keys: string[]): Promise<unknown[]> => {
  const { heads } = await fake.client().call('findHeads', { body: { keys, doubts: true } });
  return heads.map((head) => head?.doubts);
};
const marked = async (mark: Mark['mark']): Promise<string[]> => {
  const found: string[] = [];
  for await (const { id } of fake.client().allRecords({ mark, party: enterprise, limit: 1 })) found.push(id);
  return found;
};

/** The nation says of the laboratory's key that it was in other hands since an instant. */
async function compromise(since: string): Promise<void> {
  const { record } = await fake.client().party(lab);
  const { content } = (await fake.client().record(record)).record;
  const keys = partyContentSchema.parse(content).keys.map((key) => ({ ...key, compromisedSince: since }));
  const subject = { uscc: lab, unit: '-', period: '-' };
  const draft = await fake.client(national).draft({ type: 'party', subject, content: { ...content, keys } });
  expect(draft.faults).toEqual([]);
  await fake.client(national).anchorDraft(draft);
}

it('tells what an inspection holds, and what came while it held the year', async () => {
  expect(await marks(reports.inspected.id)).toEqual([{ mark: 'frozen', by: inspection }]);
  expect(await marks(later.id)).toEqual([{ mark: 'filed-while-frozen', by: inspection }]);
  expect(await marks(reports.notInspected.id)).toEqual([]);
  expect(await marked('frozen')).toContain(reports.inspected.id);
  expect(await marked('filed-while-frozen')).toEqual([later.id]);
});

it('tells the same in a trace, and as a table', async () => {
  const { nodes } = await fake.client(enterprise).trace(figure);
  expect(nodes.find((node) => node.figure === figure)?.marks).toEqual([{ mark: 'frozen', by: inspection }]);
  expect(await fake.client().csv('listRecords', { key: later.key })).toContain('filed-while-frozen');
});

it('is no yes of what an inspection found something in, until the finding is closed', async () => {
  const { inspected } = reports;
  const made = buildRecord(
    {
      ...({ type: 'finding', kind: 'finding.1', issuer: partyOf.inspector } as const),
      subject: { uscc: enterprise, unit: 'PLANT', period: '2024' },
      content: {
        ...{ clause: '指南 5.2', seen: '报告与留样记录不一致', figures: [] },
        documents: [{ record: inspected.key, document: document.name }],
      },
      cites: { inspection: [inspectionUnderWay], evidence: [inspected] },
      figures: { atStake_tCO2: '1' },
    },
    trialSalts(partyOf.inspector),
  );
  const asked = (tag = ''): Promise<Response> =>
    fetch(`${fake.url}/v1/records/${inspected.id}`, {
      headers: { 'if-none-match': tag, 'cache-control': 'max-age=0' },
    });
  const tag = (await asked()).headers.get('etag') ?? '';
  expect((await asked(tag)).status).toBe(304);
  const answer = await fake
    .client(partyOf.inspector)
    .anchor({ records: [made.record], figures: { [made.id]: made.figures } });
  expect([answer.state, answer.refusal]).toEqual(['committed', undefined]);
  expect(await marks(inspected.id)).toContainEqual({ mark: 'under-finding', by: finding });
  expect(await marked('under-finding')).toEqual([inspected.id]);
  const { doubts, status } = await fake.client().record(inspected.id);
  expect([status, doubts]).toEqual(['current', ['under-finding']]);
  expect(await headDoubts(inspected.key, reports.notInspected.key, `${enterprise}/U7/2024/test-report`)).toEqual([
    [{ why: 'under-finding', by: finding }],
    undefined,
    undefined,
  ]);
  const { sha256 } = document;
  const receipt = await fake.client().receipt(inspected.id);
  const { items, receipts } = await fake.client().verify({ items: [{ sha256 }], receipts: [receipt, {}] });
  expect(items[0]).toMatchObject({
    ...{ verdict: 'questioned', verdictZh: '一致但记录存疑' },
    questioned: { record: made.id, type: 'finding', party: partyOf.inspector },
    reason: expect.stringContaining('报告与留样记录不一致') as string,
  });
  // A receipt passes for ever; how its record stands is said beside it.
  expect(receipts).toMatchObject([{ result: 'PASS', standing: { status, doubts } }, { result: 'FAIL' }]);
  expect(receipts[1]).not.toHaveProperty('standing');
  const found = await fake.client(enterprise).trace(figure);
  expect([found.status, found.doubts]).toEqual(['questioned', [{ figure, step: 'under-finding', by: finding }]]);
  const longAgo = fake.client(enterprise).trace(figure, { asOf: '2001-01-01' });
  await expect(longAgo).rejects.toMatchObject({ code: 'NOT_FOUND' });
  // Of a day to come nobody knows what will be believed.
  for (const asOf of ['2999-01-01', '2999-01-01T00:00:00Z'])
    await expect(fake.client(enterprise).trace(figure, { asOf })).rejects.toMatchObject({
      ...{ code: 'BAD_REQUEST', faults: [{ path: '/asOf' }] },
    });
  // Whoever keeps the answer of before is told that it is another one now.
  expect((await asked(tag)).status).toBe(200);
});

it('tells what was signed since a key was in other hands', async () => {
  await compromise(reported);
  expect(await headDoubts(reports.inspected.key)).toEqual([
    expect.arrayContaining([{ why: 'under-finding', by: finding }, { why: 'key-compromised' }]),
  ]);
  const told = expect.arrayContaining([
    expect.objectContaining({ mark: 'key-compromised', since: reported }),
  ]) as unknown;
  expect(await marks(reports.inspected.id)).toEqual(told);
  expect(await marked('key-compromised')).toEqual(expect.arrayContaining([reports.inspected.id, later.id]));
  const { nodes, status, breaks } = await fake.client(enterprise).trace(figure);
  expect(nodes.find((node) => node.figure === figure)?.marks).toEqual(told);
  // Whoever had the key may have signed it: neither the chain nor the file is a yes.
  expect([status, breaks]).toEqual([
    'broken',
    expect.arrayContaining([expect.objectContaining({ step: 'key-compromised' })]),
  ]);
});
