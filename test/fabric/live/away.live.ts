import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createFabricGatewayLedger, type LedgerPort } from '../../../gateway-api/src/ledger';
import { openFabricLedger, readPeerProfile } from '../../../gateway-api/src/profile';
import { pollUntil } from '../../../network/src/runtime/poll';
import type { Acknowledged } from './load';
import { FaultTable } from './table';
import { acknowledged, seconds } from './told';
import { World } from './world';

jest.setTimeout(300_000);

const table = new FaultTable();
let world: World;
let gateway: LedgerPort;
beforeAll(async () => {
  world = await World.open();
  gateway = createFabricGatewayLedger(await readPeerProfile(world.profile('Enterprise')));
});
afterAll(async () => {
  await gateway.close();
  await world.close();
  table.print();
});

const LIMIT_MS = 5_000;

async function timed(name: string, ledger: LedgerPort = gateway): Promise<Acknowledged> {
  const sample = await world.market.sample(name);
  const started = performance.now();
  await ledger.submit({ name: 'submit', transient: sample.transient });
  return { ...acknowledged(sample), ms: performance.now() - started };
}

function until(what: string, isSo: () => Promise<boolean>, timeoutMs: number): Promise<true> {
  const attempt = async (): Promise<true | undefined> => ((await isSo()) ? true : undefined);
  return pollUntil(attempt, { timeoutMs, what, remedy: 'npm run network:status' });
}

const own = 'chaincode-0.enterprise';

function ownIsBack(): Promise<true> {
  return until('the own contract to be asked again', () => Promise.resolve(gateway.endorsersAway.length === 0), 90_000);
}

test('the second driver goes on too while the own contract service is killed', async () => {
  const file = join(world.network.session.state.profiles, 'Enterprise.ccp.json');
  const second = await openFabricLedger(await readPeerProfile(file, { driver: 'fabric-network' }));
  const since = await world.oracle.agree();
  await world.act('kill', own);
  const found: Acknowledged[] = [];
  for (const index of ['1', '2', '3']) found.push(await timed(`second-${world.run}-${index}`, second));
  expect(second.endorsersAway).toEqual(['EnterpriseMSP']);
  await world.act('start', own);
  await second.close();
  await world.oracle.hold(found, since);
  const times = found.map(({ ms }) => seconds(ms)).join(', ');
  table.add('own-contract-killed, second driver', `records took ${times}`);
  expect(Math.max(...found.map(({ ms }) => ms))).toBeLessThan(LIMIT_MS);
});

test('the own contract service is killed: others endorse, and it does again when it is back', async () => {
  const since = await world.oracle.agree();
  await world.act('kill', own);
  const found: Acknowledged[] = [];
  for (const index of ['1', '2', '3']) found.push(await timed(`own-killed-${world.run}-${index}`));
  expect(gateway.endorsersAway).toEqual(['EnterpriseMSP']);
  await gateway.evaluate({ name: 'info' });
  await world.act('start', own);
  const returned = performance.now();
  await ownIsBack();
  const again = performance.now() - returned;
  found.push(await timed(`own-killed-${world.run}-back`));
  await world.oracle.hold(found, since);
  const times = found.map(({ ms }) => seconds(ms)).join(', ');
  table.add('own-contract-killed', `records took ${times}; asked again ${seconds(again)} after its return`);
  expect(Math.max(...found.map(({ ms }) => ms))).toBeLessThan(LIMIT_MS);
});

test('the own contract service is silent: its peer waits for it once, then others endorse', async () => {
  const since = await world.oracle.agree();
  await world.act('pause', own);
  const found: Acknowledged[] = [];
  for (const index of ['1', '2', '3']) found.push(await timed(`own-silent-${world.run}-${index}`));
  expect(gateway.endorsersAway).toEqual(['EnterpriseMSP']);
  await world.act('resume', own);
  await ownIsBack();
  found.push(await timed(`own-silent-${world.run}-back`));
  await world.oracle.hold(found, since);
  table.add('own-contract-silent', `records took ${found.map(({ ms }) => seconds(ms)).join(', ')}`);
  expect(Math.max(...found.slice(1).map(({ ms }) => ms))).toBeLessThan(LIMIT_MS);
});

test('a peer that was away for 80 seconds is used within five of its return', async () => {
  await world.act('kill', 'peer0.enterprise');
  for (let waited = 0; waited < 80; waited += 1) {
    await expect(gateway.height()).rejects.toMatchObject({ code: 'UNREACHABLE' });
    await pause(1_000);
  }
  await world.act('start', 'peer0.enterprise');
  const returned = performance.now();
  const isBack = (): Promise<boolean> => gateway.height().then(Boolean, () => false);
  await until('the gateway to be back', isBack, 60_000);
  const took = performance.now() - returned;
  table.add('peer-away-80-s', `used again ${seconds(took)} after it was healthy`);
  expect(took).toBeLessThan(LIMIT_MS);
  await world.oracle.agree();
});
