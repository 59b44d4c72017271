import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LedgerClient, sessionDigest } from '@carbon-ledger/client-sdk';
import { verifyReceipt } from '@carbon-ledger/core';
import { trialSigner } from '@carbon-ledger/plant-year/trial';
import { FakeGateway, LEDGER_ID, problem } from '../testing/fake-gateway';
import { FakeLedger } from '../testing/fake-ledger';
import {
  foundingArguments,
  lab,
  marketDrafts,
  sampleReceipt,
  testReport,
  type SignedDraft,
} from '../testing/trial-world';

const MSP = 'TestMSP';
const SERVICE = 'ledger.example';
const now = (): string => `${new Date().toISOString().slice(0, 19)}Z`;

/* Three gateways of one organisation behind a balancer: whichever answers, a client is served alike. */
describe('three gateways of one organisation', () => {
  let root: string;
  let ledger: FakeLedger;
  let gateways: FakeGateway[];

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'gateways-'));
    ledger = new FakeLedger({ ledgerId: LEDGER_ID, mspId: MSP, clock: () => new Date() });
    await ledger.submit({ name: 'init', args: await foundingArguments(LEDGER_ID, MSP, now()) });
    // At once, as a roll-out starts them: each key is made by one of them and taken by all.
    gateways = await Promise.all(
      ['one', 'two', 'three'].map((name) =>
        FakeGateway.on(join(root, name), ledger, {
          sharedDir: join(root, 'shared'),
          publicUrls: [`https://${SERVICE}`],
          cosigning: { intervalMs: 0 },
          quorum: 1,
          webhooks: { networks: ['198.51.100.7'] },
        }),
      ),
    );
    await gateways[0]!.client().submit(await marketDrafts(MSP, LEDGER_ID, now()));
    await Promise.all(gateways.map((one) => read(one, gateways[0]!)));
  });
  afterAll(async () => {
    await Promise.all(gateways.map((one) => one.stop()));
    rmSync(root, { recursive: true, force: true });
  });

  /** Until one has read what another has. */
  async function read(one: FakeGateway, other: FakeGateway): Promise<void> {
    const { logSize } = await other.client().ledger();
    while ((await one.client().ledger()).logSize < logSize);
  }

  interface Step {
    readonly challenge: FakeGateway;
    readonly answer: FakeGateway;
  }
  async function signIn({ challenge, answer }: Step): Promise<() => Promise<string>> {
    const signer = trialSigner(lab);
    const { nonce } = await challenge.client().call('createChallenge', { body: { party: lab } });
    const facts = { party: lab, audience: SERVICE, nonce };
    const signature = await signer.sign(sessionDigest({ ...facts, ledger: LEDGER_ID }));
    const body = { ...facts, keyId: signer.keyId, suite: signer.suite, signature };
    const once = async (one: FakeGateway): Promise<string> =>
      (await one.client().call('createSession', { body })).token;
    const token = await once(answer);
    for (const one of gateways) expect(await problem(once(one))).toMatchObject({ code: 'UNAUTHENTICATED' });
    return () => Promise.resolve(token);
  }

  it('sign in at one with the challenge of another, once among them, and know the session at the third', async () => {
    const [one, two, three] = gateways as [FakeGateway, FakeGateway, FakeGateway];
    const token = await (await signIn({ challenge: one, answer: two }))();
    const response = await fetch(`${three.url}/v1/sessions/current`, { headers: { authorization: `Bearer ${token}` } });
    expect([response.status, ((await response.json()) as { party: string }).party]).toEqual([200, lab]);
  });

  it('know which idempotency keys the others took', async () => {
    const [one, two, three] = gateways as [FakeGateway, FakeGateway, FakeGateway];
    const draft = await one.signed(lab, [sampleReceipt('U1')]);
    const other = await one.signed(lab, [sampleReceipt('U2')]);
    const options = { idempotencyKey: 'the-same' };
    const first = await one.client().submit([draft], options);
    expect(await problem(two.client().submit([other], options))).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    const again = await three.client().submit([draft], options);
    expect(again.submissions[0]).toMatchObject({ state: 'committed', txId: first.submissions[0]?.txId });
  });

  it('let one request with a key be under way among them', async () => {
    const [one, two] = gateways as [FakeGateway, FakeGateway];
    const draft = await one.signed(lab, [sampleReceipt('U3')]);
    let open: () => void = () => undefined;
    ledger.gate = new Promise((resolve) => {
      open = resolve;
    });
    const calls = ledger.calls.length;
    const first = one.client().submit([draft], { idempotencyKey: 'under-way' });
    while (!ledger.calls.slice(calls).includes('submit')) await new Promise((resolve) => setImmediate(resolve));
    const second = await problem(two.client().submit([draft], { idempotencyKey: 'under-way' }));
    expect(second).toMatchObject({ code: 'IDEMPOTENCY_IN_PROGRESS' });
    open();
    ledger.gate = undefined;
    await first;
  });

  it('anchor a submission once, whichever it is sent to and however often', async () => {
    const draft: SignedDraft = await gateways[0]!.signed(lab, [sampleReceipt('U4')]);
    const sent = await Promise.all([...gateways, ...gateways].map((one) => one.client().submit([draft])));
    const states = sent.map(({ submissions }) => submissions[0]!);
    expect(new Set(states.map(({ state, txId }) => `${state} ${String(txId)}`)).size).toBe(1);
    expect(states[0]).toMatchObject({ state: 'committed' });
    await Promise.all(gateways.map((one) => read(one, gateways[0]!)));
    const key = sampleReceipt('U4').key;
    for (const one of gateways) expect((await one.client().records({ key })).items).toHaveLength(1);
  });

  it('give receipts under one policy, cosigned by one key', async () => {
    const receipt = sampleReceipt('U5');
    const report = testReport(receipt);
    await gateways[0]!.client().submit([await gateways[0]!.signed(lab, [receipt, report])]);
    await Promise.all(gateways.map((one) => read(one, gateways[0]!)));
    const { logIndex } = await gateways[0]!.client().record(report.id);
    for (const one of gateways)
      while (sizeOf(await cosigned(one.client())) <= logIndex) await one.client().call('livez');
    const policies = await Promise.all(gateways.map((one) => one.client().policy()));
    expect(new Set(policies.map((policy) => JSON.stringify(policy))).size).toBe(1);
    for (const one of gateways) {
      const made = await one.client().receipt(report.id);
      expect(verifyReceipt({ receipt: made, policy: JSON.stringify(policies[0]) })).toMatchObject({ result: 'PASS' });
    }
    const { cosigners } = await gateways[1]!.client().call('getCosigners');
    expect(cosigners).toMatchObject([{ organisation: MSP, agrees: true }]);
  });

  const cosigned = (client: LedgerClient): Promise<string> => client.call('getCosignedCheckpoint').catch(() => '');
  const sizeOf = (note: string): number => Number(note.split('\n')[1] ?? 0);

  it('have webhooks in common', async () => {
    const [one, two, three] = gateways.map((gateway) => clientOf(gateway)) as [
      LedgerClient,
      LedgerClient,
      LedgerClient,
    ];
    const { webhook } = await one.webhooks.register({ url: 'https://198.51.100.7/hook', from: 99_999 });
    expect(await two.webhooks.list()).toEqual([webhook]);
    await three.webhooks.remove(webhook.id);
    for (const client of [one, two, three]) expect(await client.webhooks.list()).toEqual([]);
  });

  /** Signs in for the name of the service, and speaks to one gateway, as behind a balancer. */
  function clientOf(gateway: FakeGateway): LedgerClient {
    const signer = trialSigner(lab);
    const there = (url: string, init: RequestInit): Promise<Response> =>
      fetch(url.replace(`https://${SERVICE}`, gateway.url), init);
    return new LedgerClient({ baseUrl: `https://${SERVICE}`, party: lab, signer, fetch: there });
  }
});
