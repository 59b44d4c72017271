import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { deploy } from '../../../network/src/verbs/deploy';
import { playEditions } from '../../editions/play-editions';
import { PeerPort } from '../../market/port';
import { temporaryFolder } from '../../support/temporary-folder';
import { World } from '../live/world';

jest.setTimeout(300_000);

const root = join(__dirname, '../../..');
let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

/** All organisations approve a contract that knows the second edition; the ledger's blocks stay. */
async function upgrade(): Promise<void> {
  const bundle = join(temporaryFolder('upgrade'), 'bundle.cjs');
  execFileSync(process.execPath, [join(root, 'chaincode/build.mjs'), join(__dirname, 'server.ts'), bundle]);
  await deploy(world.network.session, bundle);
}

test('an edition of the rules comes into force on genuine Fabric, and all peers agree', async () => {
  const { network, ledger, oracle } = world;
  const since = await oracle.agree();
  await upgrade();
  await playEditions(new PeerPort(ledger, network.genesisHash, []));
  expect(await oracle.agree()).toBeGreaterThan(since);
});
