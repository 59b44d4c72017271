import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmbeddedPeer } from '../start';
import { bundleProgram, MODULE_PATH } from '../testing/bundle';
import { connectClient, text } from '../testing/client';
import { newFolder } from '../testing/fixture';
import { startEmbeddedPeerProcess } from './peer-process';

let folder: string;
let program: string;
const open: EmbeddedPeer[] = [];

beforeAll(async () => {
  process.env['NODE_PATH'] = MODULE_PATH;
  folder = await newFolder();
  program = join(folder, 'child.cjs');
  await bundleProgram('../process/child.ts', program, 'probe-contracts.ts');
}, 30_000);
afterEach(async () => {
  for (const peer of open.splice(0)) await peer.close();
});
afterAll(() => rm(folder, { recursive: true }));

async function start(name: string): Promise<EmbeddedPeer> {
  const peer = await startEmbeddedPeerProcess({ dataDir: join(folder, name), initArgs: ['init', 'me'] }, program);
  open.push(peer);
  return peer;
}

test('serves from a process of its own, tells its height, and opens again', async () => {
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
}, 30_000);

test('passes refusals on with their code', async () => {
  await mkdir(join(folder, 'b'));
  await writeFile(join(folder, 'b', 'peer'), 'a file where the folder should be');
  await expect(start('b')).rejects.toThrow('EEXIST');
  const held = await start('c');
  await expect(start('c')).rejects.toMatchObject({ name: 'LedgerError', code: 'FOLDER_LOCKED' });
  await held.close();
}, 30_000);

test('tells when the process dies', async () => {
  const peer = await start('d');
  const client = connectClient(peer);
  const pid = Number(text(await client.contract.evaluateTransaction('processId')));
  client.close();
  process.kill(pid, 'SIGKILL');
  expect(await peer.failed).toMatchObject({ code: 'NOT_READY' });
}, 30_000);

test('ends with a parent that was killed, and frees the folder', async () => {
  const parent = join(folder, 'parent.cjs');
  await bundleProgram('parent-process.ts', parent);
  const dataDir = join(folder, 'e');
  const child = fork(parent, [dataDir, program], { execArgv: [], env: process.env });
  await once(child, 'message');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const successor = await start('e');
  expect(successor.height()).toBe(2n);
}, 30_000);
