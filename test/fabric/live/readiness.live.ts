import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findNodes } from '../../../network/src/verbs/nodes';
import { pollUntil } from '../../../network/src/runtime/poll';
import { temporaryFolder } from '../../support/temporary-folder';
import { GatewayProcess } from './gateway-process';
import { FaultTable } from './table';
import { seconds } from './told';
import { World } from './world';

jest.setTimeout(300_000);

/** What a balancer waits at most for a word. */
const WORD_MS = 5_000;

const PEER = 'peer0.enterprise';
const OWN_CONTRACT = 'chaincode-0.enterprise';

const table = new FaultTable();
let world: World;
let gateway: GatewayProcess;
beforeAll(async () => {
  world = await World.open();
  gateway = await GatewayProcess.start(world.profile('Enterprise'), temporaryFolder('gateway'));
  await said([]);
});
afterAll(async () => {
  await gateway.interrupt();
  await world.close();
  table.print();
});

interface Word {
  readonly status: number;
  /** Parts that are missing. */
  readonly paths: readonly string[];
  readonly ms: number;
}

async function ask(): Promise<Word> {
  const started = performance.now();
  const response = await fetch(`${gateway.url}/readyz`);
  const { faults = [] } = (await response.json()) as { faults?: { path: string }[] };
  return { status: response.status, paths: faults.map(({ path }) => path), ms: performance.now() - started };
}

/** Waits until /readyz names these parts and no others: 200 for none, 503 for any. */
function said(paths: readonly string[]): Promise<Word> {
  const expected = paths.join();
  const attempt = async (): Promise<Word | undefined> => {
    const word = await ask();
    expect(word.ms).toBeLessThan(WORD_MS);
    return word.paths.join() === expected && word.status === (expected === '' ? 200 : 503) ? word : undefined;
  };
  return pollUntil(attempt, {
    timeoutMs: 90_000,
    intervalMs: 500,
    what: `/readyz to name ${expected === '' ? 'nothing' : expected}`,
    remedy: `curl ${gateway.url}/readyz`,
  });
}

/** Does something to the network, sees what is told of it, undoes it, and sees the gateway ready again. */
async function through(
  fault: string,
  paths: readonly string[],
  act: () => Promise<void>,
  undo: () => Promise<void>,
): Promise<void> {
  await said([]);
  await act();
  const { ms } = await said(paths);
  expect((await fetch(`${gateway.url}/livez`)).status).toBe(200);
  await undo();
  await said([]);
  table.add(fault, `/readyz said ${paths.join(', ')} in ${seconds(ms)}, and 200 again afterwards`);
}

const all = (): string[] => findNodes(world.network.session, []).map(({ id }) => id);
const orderers = (): string[] => world.network.session.layout.orderers.map(({ id }) => id);

test.each([
  ['killed', 'kill', 'start'],
  ['silent', 'pause', 'resume'],
] as const)('the own peer is %s', async (state, away, back) => {
  await through(
    `own-peer-${state}`,
    ['/peer'],
    () => world.act(away, PEER),
    () => world.act(back, PEER),
  );
});

test('the own contract service is dead, though others endorse in its place', async () => {
  await through(
    'own-contract-killed',
    ['/contract'],
    () => world.act('kill', OWN_CONTRACT),
    () => world.act('start', OWN_CONTRACT),
  );
});

test('whom the policy wants does not endorse: nothing can be anchored', async () => {
  await through(
    'mandatory-peer-killed',
    ['/contract'],
    () => world.act('kill', 'peer0.regulator'),
    () => world.act('start', 'peer0.regulator'),
  );
});

test('too few orderers are left', async () => {
  const most = orderers().slice(1);
  await through(
    'orderers-killed',
    ['/orderers'],
    () => world.act('kill', ...most),
    () => world.act('start', ...most),
  );
});

test('the whole network is down', async () => {
  await through(
    'all-killed',
    ['/peer', '/orderers'],
    () => world.act('kill', ...all()),
    () => world.act('start', ...all()),
  );
});

test('the peer has lost the channel', async () => {
  const { session } = world.network;
  const [node] = findNodes(session, [PEER]);
  const folder = join(session.state.data, node?.id ?? 'nobody');
  const restartedAfter = async (move: () => void): Promise<void> => {
    await world.act('kill', PEER);
    move();
    await world.act('start', PEER);
  };
  await through(
    'channel-lost',
    ['/channel'],
    () =>
      restartedAfter(() => {
        renameSync(folder, `${folder}.aside`);
      }),
    () =>
      restartedAfter(() => {
        rmSync(folder, { recursive: true });
        renameSync(`${folder}.aside`, folder);
      }),
  );
});
