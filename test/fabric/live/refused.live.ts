import { common } from '@hyperledger/fabric-protos';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDeployment, servicesOf } from '../../../network/src/chaincode/deployment';
import { pollUntil } from '../../../network/src/runtime/poll';
import { Connection } from '../network';
import { makeEnvelope } from '../recorder/envelope';
import { broadcast } from '../recorder/orderers';
import { touch } from '../recorder/sets';
import { TestAuthority } from './certificates';
import { FaultTable } from './table';
import { acknowledged, refusalOf, seconds } from './told';
import { World } from './world';

jest.setTimeout(300_000);

const table = new FaultTable();
let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(async () => {
  await world.close();
  table.print();
});

/** The refusal, once the peer has found the service again. */
async function onceLaunched(call: Promise<unknown>): Promise<string | undefined> {
  const refusal = await refusalOf(call);
  return refusal.includes('could not launch chaincode') ? undefined : refusal;
}

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
