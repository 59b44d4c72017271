import { buildRecord, coalPowerParameters, type BuiltRecord } from '@carbon-ledger/core';
import { trialSalts } from '@carbon-ledger/plant-year/trial';
import { receipt, startWithReport } from '../testing/anchored-report';
import { problem, type FakeGateway } from '../testing/fake-gateway';
import { enterprise, lab, national, otherProvince, province, sampleReceipt } from '../testing/trial-world';

let fake: FakeGateway;
const anchor = async (party: string, records: readonly BuiltRecord[]): Promise<void> => {
  const { state, refusal } = await fake
    .client(party)
    .anchor({ records: records.map(({ record }) => record), figures: {} });
  expect([state, refusal]).toEqual(['committed', undefined]);
};

const listing = (listed: boolean, version: number): BuiltRecord =>
  buildRecord(
    {
      type: 'emitter-list',
      issuer: province,
      subject: { uscc: province, unit: '-', period: '2024' },
      version,
      // The first came before there were rules of its year.
      cites: version > 1 ? { parameters: [calendar] } : {},
      content: { entries: [{ uscc: enterprise, sector: 'power', listed, reason: '年度排放' }] },
    },
    trialSalts(province),
  );

/** The parameters of coal power, by which the year's work is due. */
const calendar = buildRecord(
  {
    type: 'parameter',
    issuer: national,
    subject: { uscc: national, unit: 'POWER', period: '2024' },
    content: { ...coalPowerParameters('2024') },
  },
  trialSalts(national),
);

beforeAll(async () => {
  fake = await startWithReport();
  await anchor(lab, [sampleReceipt('U3', '2024-05')]);
});
afterAll(() => fake.stop());

describe('GET /v1/inbox', () => {
  it('is for who signed in', async () => {
    expect(await problem(fake.client().inbox())).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('tells a laboratory the samples that it has not reported on', async () => {
    const inbox = await fake.client(lab).inbox();
    expect(inbox).toMatchObject({ party: lab, total: 1, late: 0, complete: true });
    expect(inbox.items).toEqual([
      expect.objectContaining({
        step: 'filed',
        key: `${enterprise}/U3/2024-05/test-report`,
        title: { en: 'File: Test report', zh: '提交：检测报告' },
        file: { type: 'test-report', kind: 'test-report' },
      }),
    ]);
  });

  it('tells an enterprise what it owes from the block that lists it on, and no more from the block that strikes it off', async () => {
    expect((await fake.client(enterprise).inbox()).total).toBe(0);
    await anchor(province, [listing(true, 1)]);
    // Without the parameters of its sector no day is set, and nothing is late.
    const undated = await fake.client(enterprise).inbox({ limit: 5 });
    expect([undated.late, undated.items.map(({ until }) => until)]).toEqual([0, Array(5).fill(undefined)]);
    await anchor(national, [calendar]);
    const inbox = await fake.client(enterprise).inbox({ limit: 5, late: 'true' });
    expect(inbox.items).toHaveLength(5);
    expect(inbox.late).toBe(inbox.total);
    const days = inbox.items.map(({ until }) => until ?? '');
    expect(days).toEqual([...days].sort());
    const second = await fake.client(enterprise).inbox({ limit: 5, late: 'true', cursor: inbox.next });
    expect(second.items[0]?.key).not.toBe(inbox.items[4]?.key);
    expect(await problem(fake.client(enterprise).inbox({ cursor: 'x' }))).toMatchObject({ code: 'BAD_REQUEST' });
    await anchor(province, [listing(false, 2)]);
    expect((await fake.client(enterprise).inbox()).total).toBe(0);
  });
});

describe('actions', () => {
  it('of a record tell what may be done now, by whom, and by whoever asks', async () => {
    const yours = async (party?: string): Promise<(string | undefined)[]> => {
      const { actions } = await fake.client(party).actions(receipt.id);
      return actions.map(({ step, yours: own }) => `${step} ${String(own)}`);
    };
    expect(await yours()).toEqual(['supersession undefined', 'revocation undefined']);
    expect(await yours(lab)).toEqual(['supersession true', 'revocation true']);
    expect(await yours(national)).toEqual(['supersession true', 'revocation true']);
    expect(await yours(otherProvince)).toEqual(['supersession false', 'revocation false']);
  });

  it('of a business key under which nothing was filed are its first version', async () => {
    const key = `${enterprise}/U1/2024-04/monthly-evidence`;
    const found = await fake.client(enterprise).actions(key);
    expect(found).toMatchObject({ key, state: '-', isCurrent: true });
    expect(found.actions).toEqual([
      expect.objectContaining({ step: 'filed', to: 'FILED', by: [{ kind: 'enterprise', as: 'self' }], yours: true }),
    ]);
  });

  it('of what was never anchored, or is no key, are refused', async () => {
    expect(await problem(fake.client().actions(`rec:${'0'.repeat(64)}`))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await problem(fake.client().actions('somewhere/else'))).toMatchObject({ code: 'BAD_FIGURE_ADDRESS' });
  });
});

describe('an inbox as a list', () => {
  const keys = async (query: Parameters<ReturnType<typeof fake.client>['inbox']>[0]): Promise<string[]> =>
    (await fake.client(lab).inbox(query)).items.map(({ key }) => key);
  beforeAll(async () => {
    await anchor(lab, [sampleReceipt('U4', '2024-05'), sampleReceipt('U4', '2024-06')]);
  });

  it('is found by words, sorted, turned round, and read page by page', async () => {
    const all = ['U3/2024-05', 'U4/2024-05', 'U4/2024-06'].map((place) => `${enterprise}/${place}/test-report`);
    expect(await keys({ sort: 'key' })).toEqual(all);
    expect(await keys({ sort: 'key', order: 'desc' })).toEqual([...all].reverse());
    expect(await keys({ text: 'u4/2024' })).toEqual(all.slice(1));
    expect(await keys({ text: '提交：检测报告', sort: 'since' })).toHaveLength(3);
    expect(await keys({ text: 'nowhere' })).toEqual([]);
    const first = await fake.client(lab).inbox({ sort: 'key', limit: 2 });
    expect([...first.items.map(({ key }) => key), ...(await keys({ sort: 'key', cursor: first.next }))]).toEqual(all);
  });

  it('is narrowed to a state and to what is due by a day', async () => {
    expect(await keys({ state: 'RETURNED' })).toEqual([]);
    expect(await keys({ until: '2024-01-01' })).toEqual([]);
    expect(await problem(fake.client(lab).inbox({ state: 'returned' }))).toMatchObject({ code: 'BAD_REQUEST' });
  });
});
