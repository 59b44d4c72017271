import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmbeddedPeer } from '../start';
import { bundleProgram, MODULE_PATH } from '../testing/bundle';
import { connectClient, text } from '../testing/client';
import { newFolder } from '../testing/fixture';
import { startEmbeddedPeerThread } from './peer-thread';

let folder: string;
let program: string;
const open: EmbeddedPeer[] = [];

beforeAll(async () => {
  folder = await newFolder();
  await symlink(MODULE_PATH, join(folder, 'node_modules'));
  program = join(folder, 'worker.cjs');
  await bundleProgram('../thread/worker.ts', program, 'probe-contracts.ts');
});
afterEach(async () => {
  for (const peer of open.splice(0)) await peer.close();
});
afterAll(() => rm(folder, { recursive: true }));

async function start(name: string): Promise<EmbeddedPeer> {
  const peer = await startEmbeddedPeerThread({ dataDir: join(folder, name), initArgs: ['init', 'me'] }, program);
  open.push(peer);
  return peer;
}

test('serves from a thread of its own, tells its height, and opens again', async () => {
  const peer = await start('a');
  const client = connectClient(peer);
  await client.contract.submitTransaction('put', 'k', 'v');
  expect(text(await client.contract.evaluateTransaction('get', 'owner'))).toBe('me');
  client.close();
  await peer.close();
  expect(peer.height()).toBe(3n);
  const again = await start('a');
  expect(again.genesisHash).toBe(peer.genesisHash);
  expect(again.height()).toBe(3n);
});

test('passes refusals on with their code', async () => {
  await mkdir(join(folder, 'b'));
  await writeFile(join(folder, 'b', 'peer'), 'a file where the folder should be');
  await expect(start('b')).rejects.toThrow('EEXIST');
  const held = await start('c');
  await expect(start('c')).rejects.toMatchObject({ name: 'LedgerError', code: 'FOLDER_LOCKED' });
  await held.close();
});

test('tells when the thread dies, and the folder can be opened again', async () => {
  const peer = await start('d');
  const client = connectClient(peer);
  await expect(client.contract.evaluateTransaction('crash')).rejects.toThrow('UNAVAILABLE');
  client.close();
  expect(await peer.failed).toMatchObject({ code: 'NOT_READY', message: expect.stringContaining('nobody') as string });
  await peer.close();
  expect((await start('d')).height()).toBe(2n);
});
