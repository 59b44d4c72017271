import { GatewayError } from '@hyperledger/fabric-gateway';
import { common } from '@hyperledger/fabric-protos';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerClient } from '@carbon-ledger/client-sdk';
import { digestSubmission, formatSubmissionId } from '@carbon-ledger/core';
import { readDeployment, servicesOf } from '../../../network/src/chaincode/deployment';
import { pollUntil } from '../../../network/src/runtime/poll';
import { Connection } from '../network';
import { makeEnvelope } from '../recorder/envelope';
import type { Sample } from '../recorder/market';
import { broadcast } from '../recorder/orderers';
import { touch } from '../recorder/sets';
import { TestAuthority } from './certificates';
import { GatewayProcess } from './gateway-process';
import { Load, type Acknowledged } from './load';
import { FaultTable } from './table';
import { World } from './world';

/** Named by scripts/test-fabric.mjs: the state folder of a network that is up. */
const stateRoot = process.env['CARBON_LEDGER_TEST_STATE'] ?? '';
const CLIENTS = 8;
const table = new FaultTable();
let world: World;

jest.setTimeout(300_000);

beforeAll(async () => {
  world = await World.open(stateRoot);
});

afterAll(async () => {
  await world.close();
  table.print();
});

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** Runs a load, does something in its midst, and holds the network to what the clients were told. */
async function underLoad(name: string, fault: () => Promise<void>, mend: () => Promise<void>): Promise<void> {
  const since = await world.oracle.agree();
  const load = new Load(world.ledger, world.market, `${name}-${world.run}`);
  load.start(CLIENTS);
  await untilAcknowledged(load, 3 * CLIENTS);
  await fault();
  await untilAcknowledged(load, load.acknowledged.length + 6 * CLIENTS);
  const mending = performance.now();
  await mend();
  await load.stop();
  await world.oracle.hold(load.acknowledged, since);
  const told = [...load.told].map(([code, count]) => `${code} × ${String(count)}`).join(', ');
  table.add(
    name,
    `${String(load.acknowledged.length)} acknowledged, slowest ${seconds(load.slowestMs)}; equal again ${seconds(performance.now() - mending)} after its end${told === '' ? '' : `; clients were told: ${told}`}`,
  );
}

async function untilAcknowledged(load: Load, count: number): Promise<void> {
  await pollUntil(() => Promise.resolve(load.acknowledged.length >= count || undefined), {
    timeoutMs: 120_000,
    what: `${String(count)} acknowledged records`,
    remedy: 'npm run network:status',
  });
}

/** What goes over HTTP. */
function sent({ submission, figures }: Sample): Pick<Sample, 'submission' | 'figures'> {
  return { submission, figures };
}

/** Why a call was refused, in the words of the nodes that refused it; empty where it was not. */
async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return '';
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return [error.message, ...error.details.map(({ message }) => message)].join('\n');
  }
}

/** The refusal, once the peer has found the service again. */
async function onceLaunched(call: Promise<unknown>): Promise<string | undefined> {
  const refusal = await refusalOf(call);
  return refusal.includes('could not launch chaincode') ? undefined : refusal;
}

function acknowledged({ key, record }: Sample): Acknowledged {
  return { key, record, ms: 0 };
}

test('the orderer that leads is killed under load', async () => {
  const leader = await world.leader();
  await underLoad(
    'leading-orderer-killed',
    () => world.act('kill', leader),
    () => world.act('start', leader),
  );
});

test('a peer is killed under load and catches up', async () => {
  await underLoad(
    'peer-killed',
    () => world.act('kill', 'peer0.lab'),
    () => world.act('start', 'peer0.lab'),
  );
});

test('two organisations’ peers are cut off under load', async () => {
  await underLoad(
    'peers-cut-off',
    () => world.act('pause', 'peer0.enterprise', 'peer0.verifier'),
    () => world.act('resume', 'peer0.enterprise', 'peer0.verifier'),
  );
});

test('a chaincode service is killed under load', async () => {
  const own = 'chaincode-0.lab';
  await underLoad(
    'chaincode-service-killed',
    () => world.act('kill', own),
    () => world.act('start', own),
  );
});

test('the gateway is killed between submit and commit, whenever that is', async () => {
  const since = await world.oracle.agree();
  const dataDir = world.newFolder();
  const found: Acknowledged[] = [];
  const ends: string[] = [];
  for (const delay of [10, 60, 120, 180, 240]) {
    const sample = await world.market.sample(`gateway-${world.run}-${String(delay)}`);
    const gateway = await GatewayProcess.start(world.profile('Regulator'), dataDir);
    const asked = new LedgerClient({ baseUrl: gateway.url }).submit([sent(sample)]).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, delay));
    await gateway.kill();
    const answer = await asked;
    ends.push(await resolved(dataDir, sample, answer !== undefined));
    found.push(acknowledged(sample));
  }
  rmSync(dataDir, { recursive: true });
  await world.oracle.hold(found, since);
  table.add('gateway-killed', `at 10, 60, 120, 180, 240 ms: ${ends.join(', ')}; each committed once in the end`);
});

/** What a client does that got no answer: asks by the submission's id, and sends the same submission again if it is not there. */
async function resolved(dataDir: string, sample: Sample, wasAnswered: boolean): Promise<string> {
  const gateway = await GatewayProcess.start(world.profile('Regulator'), dataDir);
  try {
    const client = new LedgerClient({ baseUrl: gateway.url });
    const id = formatSubmissionId(digestSubmission(sample.submission).digest);
    const known = await client.submission(id).catch(() => undefined);
    const [again] = (await client.submit([sent(sample)])).submissions;
    expect(again?.state).toBe('committed');
    if (wasAnswered) return 'answered';
    return known?.state === 'committed' ? 'found committed' : 'sent again';
  } finally {
    await gateway.interrupt();
  }
}

test.each([
  ['killed', 'kill', 'start'],
  ['silent', 'pause', 'resume'],
] as const)('a gateway ends when it is told to, though its peer is %s', async (state, away, back) => {
  const dataDir = world.newFolder();
  const gateway = await GatewayProcess.start(world.profile('Regulator'), dataDir);
  await world.act(away, 'peer0.regulator');
  const started = performance.now();
  const code = await gateway.interrupt();
  const took = performance.now() - started;
  await world.act(back, 'peer0.regulator');
  rmSync(dataDir, { recursive: true });
  expect(code).toBe(0);
  expect(took).toBeLessThan(10_000);
  await world.oracle.agree();
  table.add(`gateway-stopped-peer-${state}`, `ended ${seconds(took)} after SIGINT`);
});

test('a chaincode service that answers differently does not count', async () => {
  if (world.mode !== 'native') {
    table.add('lying-chaincode-service', 'not tried: only native networks run a service from a file');
    return;
  }
  const { layout, state, runtime } = world.network.session;
  const deployment = readDeployment(state)!;
  const honest = servicesOf(layout, state, deployment).filter(({ id }) =>
    id.endsWith('.enterprise.carbon-ledger.test'),
  );
  const lie = join(state.packages, 'lie.cjs');
  const [service] = honest;
  const bundle = readFileSync(service!.bundle, 'utf8');
  expect(bundle).toContain('setEvent("submissions"');
  writeFileSync(lie, bundle.replaceAll('setEvent("submissions"', 'setEvent("forged"'));
  const since = await world.oracle.agree();
  const sample = await world.market.sample(`liar-${world.run}`);
  const { contract } = world.network.connect('Regulator');
  const by = (...endorsingOrganizations: string[]): Promise<unknown> =>
    contract.submit('submit', { transientData: sample.transient, endorsingOrganizations });
  await runtime.stop(honest.map(({ id }) => id));
  await runtime.startServices([{ ...service!, bundle: lie }]);
  await runtime.awaitServices(honest);
  try {
    const refusal = await pollUntil(() => onceLaunched(by('RegulatorMSP', 'EnterpriseMSP')), {
      timeoutMs: 30_000,
      what: 'the lying service to be called',
      remedy: 'npm run network:logs -- chaincode-0.enterprise',
    });
    expect(refusal).toContain('ProposalResponsePayloads do not match');
    await by('RegulatorMSP', 'LabMSP');
  } finally {
    await runtime.stop(honest.map(({ id }) => id));
    await runtime.startServices(honest);
    await runtime.awaitServices(honest);
    rmSync(lie);
  }
  await world.oracle.hold([acknowledged(sample)], since);
  table.add('lying-chaincode-service', 'its endorsement beside an honest one is refused; two honest ones suffice');
});

test('an expired and a revoked certificate are refused', async () => {
  const authority = new TestAuthority(world.network, 'Lab');
  const peer = world.network.organisation('Lab').peers[0];
  const info = async (identity: ConstructorParameters<typeof Connection>[1]): Promise<unknown> => {
    const connection = new Connection(
      world.network.client(peer),
      identity,
      world.network.channel,
      world.network.chaincode,
    );
    try {
      return await connection.contract.evaluateTransaction('info');
    } finally {
      connection.close();
    }
  };
  const expired = authority.issue('expired', ['-startdate', '20240101000000Z', '-enddate', '20250101000000Z']);
  expect(await refusalOf(info(expired))).toMatch(/access denied|expired/);
  const revoked = authority.issue('revoked', ['-days', '30']);
  await info(revoked);
  await authority.revoke('revoked');
  const started = performance.now();
  await pollUntil(async () => ((await refusalOf(info(revoked))) === '' ? undefined : true), {
    timeoutMs: 30_000,
    what: 'the revoked certificate to be refused',
    remedy: 'npm run network:logs -- peer0.lab',
  });
  const { channel, chaincode } = world.network;
  const endorsers = [world.network.peer('Regulator'), world.network.peer('Enterprise')];
  for (const creator of [expired, revoked]) {
    const [answer] = await broadcastOne(makeEnvelope(channel, chaincode, { creator, endorsers }));
    // An expired one is a bad request, a revoked one may not write.
    expect([common.Status.FORBIDDEN, common.Status.BAD_REQUEST]).toContain(answer?.status);
  }
  await world.oracle.agree();
  table.add(
    'certificates',
    `expired: refused by peer and orderer; revoked: ${seconds(performance.now() - started)} after the channel knew`,
  );
});

async function broadcastOne(envelope: Buffer): ReturnType<typeof broadcast> {
  const [orderer] = world.network.session.layout.orderers;
  const client = world.network.client(orderer!);
  try {
    return await broadcast(client, [envelope]);
  } finally {
    client.close();
  }
}

test('of a conflicting pair in one block, one is committed', async () => {
  const since = await world.oracle.agree();
  const { contract } = world.network.connect('Regulator');
  const unit = `pair-${world.run}`;
  const samples = [await world.market.sample(unit), await world.market.sample(unit, 'another')];
  const transactions = await Promise.all(
    samples.map(({ transient }) => contract.newProposal('submit', { transientData: transient }).endorse()),
  );
  const commits = await Promise.all(transactions.map((transaction) => transaction.submit()));
  const statuses = await Promise.all(commits.map((commit) => commit.getStatus()));
  const winner = statuses.findIndex(({ successful }) => successful);
  expect(statuses.map(({ code }) => code).sort((a, b) => a - b)).toEqual([0, 11]);
  expect(statuses[0]?.blockNumber).toBe(statuses[1]?.blockNumber);
  await world.oracle.hold([acknowledged(samples[winner]!)], since);
  table.add('conflicting-pair', 'one committed, the other MVCC_READ_CONFLICT in the same block');
});

test('an oversized transaction is refused by the orderer', async () => {
  const since = await world.oracle.agree();
  const { channel, chaincode } = world.network;
  const value = 'x'.repeat(65 * 1024 * 1024);
  const envelope = makeEnvelope(channel, chaincode, {
    creator: world.network.user('Regulator'),
    endorsers: [world.network.peer('Regulator'), world.network.peer('Enterprise')],
    sets: [touch(chaincode, { writes: { large: value } })],
  });
  const [answer] = await broadcastOne(envelope);
  expect(answer?.status).not.toBe(common.Status.SUCCESS);
  expect(await world.oracle.agree()).toBe(since);
  table.add('oversized-transaction', `65 MiB: status ${String(answer?.status)}, ${String(answer?.info).slice(0, 90)}`);
});
