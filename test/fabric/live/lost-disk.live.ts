import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openFabricLedger, readPeerProfile } from '../../../gateway-api/src/profile';
import { openPeerSource } from '../../../gateway-api/src/ledger/peer-source';
import { readGenesisHash } from '../../../auditor/src/fsck';
import { findNodes } from '../../../network/src/verbs/nodes';
import { rejoin } from '../../../network/src/verbs/rejoin';
import { snapshot } from '../../../network/src/verbs/snapshot';
import { status } from '../../../network/src/verbs/status';
import { up } from '../../../network/src/verbs/up';
import { pollUntil } from '../../../network/src/runtime/poll';
import { temporaryFolder } from '../../support/temporary-folder';
import type { Acknowledged } from './load';
import { FaultTable } from './table';
import { acknowledged, seconds } from './told';
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

/** Kills a node and takes its disk away. */
async function loseDisk(name: string): Promise<void> {
  const { session } = world.network;
  const [node] = findNodes(session, [name]);
  await world.act('kill', name);
  rmSync(join(session.state.data, node?.id ?? 'nobody'), { recursive: true });
}

/** A record through an organisation's own gateway: it commits only where its peer endorses by the contract. */
async function recordThrough(organisation: string, name: string): Promise<Acknowledged> {
  const own = await openFabricLedger(await readPeerProfile(world.profile(organisation)));
  try {
    const sample = await world.market.sample(`${name}-${world.run}`);
    await own.submit({ name: 'submit', transient: sample.transient });
    expect(own.endorsersAway).toEqual([]);
    return acknowledged(sample);
  } finally {
    await own.close();
  }
}

async function allIsWell(): Promise<void> {
  await pollUntil(async () => ((await status(world.network.session, new Date())) ? true : undefined), {
    timeoutMs: 60_000,
    intervalMs: 1_000,
    what: 'all to be well',
    remedy: 'npm run network:status',
  });
}

test.each([
  ['peer0.lab', 'Lab'],
  ['peer0.regulator', 'Regulator'],
])('%s lost its disk and joins anew: it has the contract again, and endorses', async (peer, organisation) => {
  const since = await world.oracle.agree();
  await loseDisk(peer);
  const started = performance.now();
  await rejoin(world.network.session, peer, undefined);
  const record = await recordThrough(organisation, `anew-${organisation}`);
  table.add(`disk-lost, ${peer}`, `endorses ${seconds(performance.now() - started)} after the verb was given`);
  await world.oracle.hold([record], since);
  await allIsWell();
});

test('`up` alone brings back a peer whose folder was removed', async () => {
  const since = await world.oracle.agree();
  await loseDisk('peer0.verifier');
  await up(world.network.session);
  await world.oracle.hold([await recordThrough('Verifier', 'up')], since);
  await allIsWell();
});

test('an orderer lost its disk and takes all blocks from the others', async () => {
  const since = await world.oracle.agree();
  await loseDisk('orderer2');
  const started = performance.now();
  await rejoin(world.network.session, 'orderer2', undefined);
  table.add('disk-lost, orderer2', `joined ${seconds(performance.now() - started)} after the verb was given`);
  await world.oracle.hold([await recordThrough('Enterprise', 'orderer')], since);
  await allIsWell();
});

test('a peer joins by a snapshot; earlier blocks come from the archives, and fail by name without', async () => {
  const since = await world.oracle.agree();
  const { session } = world.network;
  const folder = join(temporaryFolder('snapshot'), 'snapshot');
  await snapshot(session, 'peer0.verifier', folder);
  await loseDisk('peer0.lab');
  const started = performance.now();
  await rejoin(session, 'peer0.lab', folder);
  table.add('disk-lost, by snapshot', `joined ${seconds(performance.now() - started)} after the verb was given`);
  const record = await recordThrough('Lab', 'snapshot');
  const profile = await readPeerProfile(world.profile('Lab'));
  // Readiness asks it who orders; it does not hold the block that says so.
  const common = join(session.state.profiles, 'Lab.ccp.json');
  for (const one of [profile, await readPeerProfile(common, { driver: 'fabric-network' })]) {
    const own = await openFabricLedger(one);
    expect((await own.ordering()).orderers.length).toBeGreaterThan(2);
    await own.close();
  }
  const source = openPeerSource(profile);
  expect(await readGenesisHash(source)).toBe(world.network.genesisHash);
  source.close();
  const alone = openPeerSource({ ...profile, archives: [] });
  await expect(readGenesisHash(alone)).rejects.toMatchObject({ code: 'BLOCKS_MISSING' });
  alone.close();
  await rejoin(session, 'peer0.lab', undefined);
  await world.oracle.hold([record], since);
  await allIsWell();
});
