import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPeer } from './start';
import { connectClient } from './testing/client';
import { ProbeContract } from './testing/contract';

test('a new folder is founded, initialised and answers the fabric-gateway client', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'peer-'));
  const peer = await startEmbeddedPeer({ dataDir, contracts: [ProbeContract], initArgs: ['init', 'me'] });
  const { contract, close } = connectClient(peer);
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
  expect(text(await contract.evaluateTransaction('get', 'owner'))).toBe('me');
  expect(text(await contract.submitTransaction('put', 'a', '1'))).toBe('1');
  expect(text(await contract.evaluateTransaction('get', 'a'))).toBe('1');
  close();
  await peer.close();
  await rm(dataDir, { recursive: true });
});
