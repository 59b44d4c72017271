import path from 'node:path';
import { LedgerClient, sessionDigest } from '@carbon-ledger/client-sdk';
import { isLedgerError, verifyReceipt } from '@carbon-ledger/core';
import { trialSigner } from '@carbon-ledger/plant-year/trial';
import { temporaryFolder } from '../../support/temporary-folder';
import type { Sample } from '../recorder/market';
import { GatewayProcess } from './gateway-process';
import type { Acknowledged } from './load';
import { FaultTable } from './table';
import { acknowledged } from './told';
import { World } from './world';

jest.setTimeout(300_000);

const SERVICE = 'ledger.example';
const NAMES = ['one', 'two', 'three'] as const;
const table = new FaultTable();
const folder = temporaryFolder('gateways');

let world: World;
let gateways: GatewayProcess[];

/** Processes of one organisation on its peers, with a folder in common: whichever answers, a client is served alike. */
function start(name: (typeof NAMES)[number]): Promise<GatewayProcess> {
  return GatewayProcess.start(world.profile('Regulator'), path.join(folder, name), [
    ...['--shared', path.join(folder, 'shared'), '--gateways', '3', '--public-url', `https://${SERVICE}`],
    ...['--cosign-interval', '1', '--quorum', '1'],
  ]);
}

beforeAll(async () => {
  world = await World.open();
  // At once, as a roll-out starts them: each key is made by one of them and taken by all.
  gateways = await Promise.all(NAMES.map(start));
});
afterAll(async () => {
  await Promise.all(gateways.map((one) => one.interrupt()));
  await world.close();
  table.print();
});

const clients = (): LedgerClient[] => gateways.map(({ url }) => new LedgerClient({ baseUrl: url }));
const body = ({ submission, figures }: Sample): Pick<Sample, 'submission' | 'figures'> => ({ submission, figures });
const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'none',
    (error: unknown) => (isLedgerError(error) ? error.code : String(error)),
  );

/** Until every gateway has a record. */
async function everywhere(record: string): Promise<void> {
  for (const client of clients()) while ((await codeOf(client.record(record))) !== 'none');
}

test('a challenge of one is answered at another, once among them, and the session holds at the third', async () => {
  const [one, two, three] = clients() as [LedgerClient, LedgerClient, LedgerClient];
  const signer = trialSigner(world.market.lab);
  const { ledger } = await one.ledger();
  const { nonce } = await one.call('createChallenge', { body: { party: world.market.lab } });
  const facts = { party: world.market.lab, audience: SERVICE, nonce };
  const signature = await signer.sign(sessionDigest({ ...facts, ledger }));
  const signIn = { ...facts, keyId: signer.keyId, suite: signer.suite, signature };
  const { token } = await two.call('createSession', { body: signIn });
  for (const client of clients())
    expect(await codeOf(client.call('createSession', { body: signIn }))).toBe('UNAUTHENTICATED');
  const current = await fetch(`${gateways[2]!.url}/v1/sessions/current`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect([current.status, await codeOf(three.call('getSession'))]).toEqual([200, 'UNAUTHENTICATED']);
  table.add('gateways-session', 'challenged by one, signed in at the second once, known to the third');
});

test('one submission that all of them get twice is anchored once, and one idempotency key stands for one body', async () => {
  const since = await world.oracle.agree();
  const sample = await world.market.sample(`gateways-${world.run}`);
  const sent = await Promise.all([...clients(), ...clients()].map((client) => client.submit([body(sample)])));
  const told = sent.map(({ submissions: [status] }) => `${String(status?.state)} ${String(status?.txId)}`);
  expect(new Set(told).size).toBe(1);
  expect(told[0]).toMatch(/^committed /);
  const [one, two] = clients() as [LedgerClient, LedgerClient];
  const [first, other] = [
    await world.market.sample(`key-1-${world.run}`),
    await world.market.sample(`key-2-${world.run}`),
  ];
  const options = { idempotencyKey: `the-same-${world.run}` };
  await one.submit([body(first)], options);
  expect(await codeOf(two.submit([body(other)], options))).toBe('IDEMPOTENCY_CONFLICT');
  await world.oracle.hold([sample, first].map(acknowledged), since);
  table.add('gateways-submission', 'sent six times to three gateways: committed once');
});

test('receipts of all hold under one policy, cosigned by one key', async () => {
  const sample = await world.market.sample(`receipt-${world.run}`);
  await clients()[0]!.submit([body(sample)]);
  await everywhere(sample.record);
  const policies = await Promise.all(clients().map((client) => client.policy()));
  expect(new Set(policies.map((policy) => JSON.stringify(policy))).size).toBe(1);
  for (const client of clients()) {
    const verdict = async (): Promise<string> => {
      const receipt = await client.receipt(sample.record);
      return verifyReceipt({ receipt, policy: JSON.stringify(policies[0]) }).result;
    };
    let result = await verdict();
    while (result === 'PENDING') result = await verdict();
    expect(result).toBe('PASS');
  }
  const { cosigners } = await clients()[1]!.call('getCosigners');
  expect(cosigners.filter(({ organisation }) => organisation === 'RegulatorMSP')).toMatchObject([{ agrees: true }]);
  table.add('gateways-receipts', 'three gateways, one policy, one cosigning key');
});

test('one is killed under load: its clients go to the others, and nothing is lost or doubled', async () => {
  const since = await world.oracle.agree();
  const found: Acknowledged[] = [];
  let isOver = false;
  /** A client of the balancer: the next gateway where one does not answer, the same submission again. */
  async function submits(client: number): Promise<void> {
    for (let turn = 0; !isOver; turn += 1) {
      const sample = await world.market.sample(`kill-${world.run}-${String(client)}-${String(turn)}`);
      for (let at = client + turn; ; at += 1) {
        const answer = await clients()
          [at % NAMES.length]!.submit([body(sample)])
          .catch(() => undefined);
        if (answer?.submissions[0]?.state === 'committed') break;
      }
      found.push(acknowledged(sample));
    }
  }
  const all = Promise.all([0, 1, 2, 3, 4, 5].map(submits));
  while (found.length < 12) await world.ledger.evaluate({ name: 'info' });
  await gateways[1]!.kill();
  const atKill = found.length;
  while (found.length < atKill + 12) await world.ledger.evaluate({ name: 'info' });
  gateways[1] = await start('two');
  const atReturn = found.length;
  while (found.length < atReturn + 12) await world.ledger.evaluate({ name: 'info' });
  isOver = true;
  await all;
  await world.oracle.hold(found, since);
  for (const client of clients())
    expect((await client.call('getCheckpoint')).split('\n')[0]).toMatch(/^carbon-audit-ledger\//);
  table.add(
    'gateway-of-three-killed',
    `${String(found.length)} records by six clients, each committed once; it came back`,
  );
});
