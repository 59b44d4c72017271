import { startWithReport, receipt } from '../testing/anchored-report';
import { problem, type FakeGateway } from '../testing/fake-gateway';
import { enterprise, lab, registry, sampleReceipt } from '../testing/trial-world';

let fake: FakeGateway;
const second = sampleReceipt('U4', '2024-06');
beforeAll(async () => {
  fake = await startWithReport();
  await fake.client(lab).anchor({ records: [second.record], figures: {} });
});
afterAll(() => fake.stop());

const facts = {
  type: 'test-report' as const,
  on: second.id,
  content: {
    reportNo: 'R-U4-2024-06',
    sampleMonth: '2024-06',
    sampleKind: 'monthly composite',
    received: '2024-06-28',
    testStart: '2024-06-28',
    testEnd: '2024-06-28',
    issued: '2024-06-28',
    qualification: '240417250001',
  },
  figures: {
    Cad_pct: '57.12',
    Mad_pct: '1.50',
    Had_pct: '3.50',
    Qgr_ad_MJ_kg: '23.456',
    Qnet_ar_GJ_t: '21.400',
    St_ad_pct: '0.80',
  },
};

describe('POST /v1/drafts', () => {
  it('drafts a report from plain facts; the client computes the digest anew, signs and anchors', async () => {
    const client = fake.client(lab);
    const draft = await client.draft(facts);
    expect(draft).toMatchObject({ key: `${enterprise}/U4/2024-06/test-report`, faults: [], open: [] });
    expect(draft.record.cites).toEqual([{ role: 'sample-receipt', record: second.id, key: second.key }]);
    expect(draft.words.zh[0]).toBe('检测报告, 版本 1');
    const { state } = await client.anchorDraft(draft);
    expect(state).toBe('committed');
    expect((await client.record(draft.recordId)).status).toBe('current');
    const again = await client.draft(facts);
    expect(again.faults.map(({ code }) => code)).toEqual(['KEY_TAKEN']);
    expect(again.faults[0]?.message).toContain('what is possible: supersession → OPEN');
  });

  it('anchors nothing, and is for who signed in', async () => {
    const { logSize } = await fake.client().ledger();
    await fake
      .client(lab)
      .draft({ type: 'supersession', on: receipt.id, content: { reason: 'CORRECTION', statement: 'x' } });
    expect((await fake.client().ledger()).logSize).toBe(logSize);
    expect(await problem(fake.client().call('createDraft', { body: facts }))).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('tells who may where the party may not, and drafts nothing on what is not there', async () => {
    const { faults } = await fake.client(registry).draft({ ...facts, content: {} });
    expect(faults.map(({ code }) => code)).toContain('NOT_ALLOWED_TO_FILE');
    expect(await problem(fake.client(lab).draft({ ...facts, on: `rec:${'1'.repeat(64)}` }))).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await problem(fake.client(lab).draft({ ...facts, on: 'no key' }))).toMatchObject({
      code: 'BAD_FIGURE_ADDRESS',
    });
  });

  it('is refused by the client where the service answers another record', async () => {
    const forging = async (url: string, init: RequestInit): Promise<Response> => {
      const response = await fetch(url, init);
      if (!url.includes('/v1/drafts')) return response;
      const text = (await response.text()).replace('R-U4-2024-06', 'R-U4-2024-07');
      return new Response(text, response);
    };
    const client = fake.client(lab, forging);
    expect(await problem(client.draft(facts))).toMatchObject({ code: 'DRAFT_DIFFERS' });
  });
});

it('of more citations than a record may hold is refused before any of them is looked up', async () => {
  const all = Array.from({ length: 200 }, () => second.key);
  const cites = { a: all, b: all, c: [second.key] };
  expect(await problem(fake.client(lab).draft({ ...facts, cites }))).toMatchObject({
    ...{ code: 'BAD_REQUEST', faults: [{ path: '/cites' }] },
  });
});
