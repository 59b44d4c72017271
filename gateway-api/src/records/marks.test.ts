import { partyContentSchema, type Mark } from '@carbon-ledger/core';
import type { FakeGateway } from '../testing/fake-gateway';
import { reports, startInspected } from '../testing/inspected-world';
import { enterprise, lab, national, province, sampleReceipt } from '../testing/trial-world';

const inspection = `${province}/-/2025/inspection.1`;
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

it('tells what was signed since a key was in other hands', async () => {
  await compromise(reported);
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
