import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LedgerClient, RecordEvent } from '@carbon-ledger/client-sdk';
import { signOrder } from '@carbon-ledger/core';
import { trialSigner } from '@carbon-ledger/plant-year/trial';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { FakeGateway, LEDGER_ID, problem } from '../testing/fake-gateway';
import { enterprise, lab, sampleReceipt, testReport } from '../testing/trial-world';

interface Told {
  readonly id: string;
  readonly event: RecordEvent;
}

/** A receiver that checks what it gets, and whose answer a test chooses. */
class Receiver {
  readonly told: Told[] = [];
  status = 204;
  secret = '';
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const headers = request.headers as Record<string, string>;
        const { data } = new StandardWebhook(this.secret).verify(body, headers) as { data: RecordEvent };
        this.told.push({ id: headers['webhook-id']!, event: data });
        response.writeHead(this.status).end();
      });
    });
  }

  async listen(): Promise<string> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}/hook`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

describe('webhooks of a gateway', () => {
  let fake: FakeGateway;
  let receiver: Receiver;
  let url: string;
  const options = { webhooks: { networks: ['127.0.0.1'] } };

  beforeAll(async () => {
    receiver = new Receiver();
    url = await receiver.listen();
    fake = await FakeGateway.start(options);
  });
  afterAll(async () => {
    await fake.stop();
    receiver.close();
  });

  /** Until the service has written down what became of it. */
  async function delivered(client: LedgerClient, count: number): Promise<void> {
    for (;;) {
      const [webhook] = await client.webhooks.list();
      if ((webhook?.delivered ?? 0) >= count) return;
    }
  }

  async function removeAll(party: string): Promise<void> {
    const client = fake.client(party);
    for (const { id } of await client.webhooks.list()) await client.webhooks.remove(id);
    receiver.told.length = 0;
  }
  afterEach(() => removeAll(lab));

  it('tells what is committed, with the states that it brings about, and tells it again', async () => {
    const client = fake.client(lab);
    const { webhook, secret } = await client.webhooks.register({ url, types: ['test-report'] });
    receiver.secret = secret;
    const receipt = sampleReceipt('U1');
    const report = testReport(receipt);
    await fake.client().submit([await fake.signed(lab, [receipt, report])]);
    await delivered(client, 1);
    const { logIndex } = await client.record(report.id);
    const expected = {
      id: `evt_${LEDGER_ID.slice(0, 16)}_${String(logIndex)}`,
      event: expect.objectContaining({
        record: report.id,
        subject: enterprise,
        changes: [{ record: report.id, key: report.key, state: 'CURRENT', status: 'current' }],
      }) as RecordEvent,
    };
    expect(receiver.told).toEqual([expected]);
    await client.webhooks.resume(webhook.id, 0);
    await delivered(client, 1);
    expect(receiver.told).toEqual([expected, expected]);
    expect(await client.webhooks.list()).toEqual([expect.objectContaining({ id: webhook.id, url, state: 'active' })]);
    expect(JSON.stringify(await client.webhooks.list())).not.toContain('whsec_');
  });

  it('goes on after a restart with what came meanwhile', async () => {
    const client = fake.client(lab);
    receiver.secret = (await client.webhooks.register({ url })).secret;
    await fake.gateway.close();
    const other = await FakeGateway.on(`${fake.folder}-other`, fake.ledger);
    await other.client().submit([await fake.signed(lab, [sampleReceipt('U5')])]);
    await other.stop();
    fake = await FakeGateway.on(fake.folder, fake.ledger, options);
    await delivered(fake.client(lab), 1);
    expect(receiver.told.map(({ event }) => event.type)).toEqual(['sample-receipt']);
  });

  it('says where a receiver failed, and commits all the same', async () => {
    const client = fake.client(lab);
    receiver.secret = (await client.webhooks.register({ url })).secret;
    receiver.status = 500;
    await fake.client().submit([await fake.signed(lab, [sampleReceipt('U6')])]);
    for (let failures = 0; failures === 0;) failures = (await client.webhooks.list())[0]?.failures ?? 0;
    receiver.status = 204;
    const [webhook] = await client.webhooks.list();
    expect(webhook).toMatchObject({ state: 'active', lastFailure: { reason: 'HTTP 500' }, delivered: 0 });
    expect(webhook?.nextAttemptAt).toBeDefined();
    await client.webhooks.resume(webhook!.id);
    await delivered(client, 1);
    expect(receiver.told.map(({ event }) => event.key)).toEqual([sampleReceipt('U6').key, sampleReceipt('U6').key]);
  });

  it('goes nowhere inside unless the operator allows it', async () => {
    const strict = await FakeGateway.on(`${fake.folder}-strict`, fake.ledger);
    try {
      const registering = strict.client(lab).webhooks.register({ url });
      expect(await problem(registering)).toMatchObject({ code: 'WEBHOOK_ADDRESS' });
      const named = strict.client(lab).webhooks.register({ url: 'http://localhost/' });
      expect(await problem(named)).toMatchObject({ code: 'WEBHOOK_ADDRESS' });
    } finally {
      await strict.stop();
    }
  });

  it('takes each order once, from its party alone, signed by its key and just now', async () => {
    const client = fake.client(lab);
    const now = `${new Date().toISOString().slice(0, 19)}Z`;
    const request = { action: 'webhook-register', url };
    const order = (more: object): Promise<object> => {
      const all = { ledger: LEDGER_ID, party: lab, request, signedAt: now, ...more };
      return signOrder(all, trialSigner(lab));
    };
    const register = async (signed: object): Promise<unknown> =>
      problem(client.call('registerWebhook', { body: { url, ...(signed as Awaited<ReturnType<typeof signOrder>>) } }));
    expect(await register(await order({ signedAt: '2026-01-01T00:00:00Z' }))).toMatchObject({
      code: 'SIGNED_TIME_OUT_OF_RANGE',
    });
    for (const wrong of [
      { request: { action: 'webhook-register', url: `${url}/x` } },
      { ledger: 'cd'.repeat(32) },
      { party: enterprise },
    ])
      expect(await register(await order(wrong))).toMatchObject({ code: 'SIGNATURE_INVALID' });
    const good = await order({});
    expect(await register(good)).toBe('no problem');
    expect(await register(good)).toMatchObject({ code: 'ORDER_REPEATED' });
    const [webhook] = await client.webhooks.list();
    expect(await problem(fake.client(enterprise).webhooks.remove(webhook!.id))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await fake.client(enterprise).webhooks.list()).toEqual([]);
    expect(await problem(fake.client().call('listWebhooks'))).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('keeps no more of one party than it says', async () => {
    const client = fake.client(lab);
    for (let number = 0; number < 10; number++)
      receiver.secret = (await client.webhooks.register({ url: `${url}?${String(number)}` })).secret;
    expect(await problem(client.webhooks.register({ url }))).toMatchObject({ code: 'WEBHOOK_LIMIT' });
  });
});
