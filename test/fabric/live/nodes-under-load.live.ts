import { pollUntil } from '../../../network/src/runtime/poll';
import { Load } from './load';
import { FaultTable } from './table';
import { seconds } from './told';
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

const CLIENTS = 8;

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
