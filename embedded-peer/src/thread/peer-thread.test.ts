import { once } from 'node:events';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
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

test('ends in order when an error was not caught, also while it is asked by many', async () => {
  const peer = await start('d');
  const client = connectClient(peer);
  const ask = async (): Promise<never> => {
    for (;;) await client.contract.evaluateTransaction('get', 'owner');
  };
  const asking = Array.from({ length: 8 }, ask);
  const ends = Promise.allSettled([...asking, client.contract.evaluateTransaction('crash')]);
  expect(await peer.failed).toMatchObject({ code: 'NOT_READY', message: expect.stringContaining('nobody') as string });
  await peer.close();
  await ends;
  client.close();
  expect((await start('d')).height()).toBe(2n);
});

test('ends although somebody is connected who says nothing', async () => {
  const peer = await start('e');
  const [host, port] = peer.endpoint.split(':');
  const silent = connect({ host, port: Number(port) });
  await once(silent, 'connect');
  const closed = new Promise((resolve) => silent.once('close', resolve));
  // A reset is an end like another: which of the two a peer's end comes to depends on what is still in the socket.
  silent.on('error', () => undefined);
  await peer.close();
  await closed;
});
