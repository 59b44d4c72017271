import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmbeddedPeerOptions } from './options';
import { startEmbeddedPeer } from './start';
import { text } from './testing/client';
import { ProbeContract } from './testing/contract';
import { newFolder, PeerFixture } from './testing/fixture';

describe('the folder', () => {
  const open: PeerFixture[] = [];
  afterEach(async () => {
    for (const held of open.splice(0)) await held.remove();
  });

  async function start(options: Partial<EmbeddedPeerOptions> = {}): Promise<PeerFixture> {
    const started = await PeerFixture.start(options);
    open.push(started);
    return started;
  }

  test('keeps ledger, identities and genesis hash; init does not run again', async () => {
    const first = await start({ initArgs: ['init', 'me'] });
    await first.connect().contract.submitTransaction('put', 'a', '1');
    const { genesisHash } = first.peer;
    const height = first.peer.height();
    await first.stop();
    const second = await start({ dataDir: first.dataDir, initArgs: ['init', 'you'] });
    expect(second.peer.genesisHash).toBe(genesisHash);
    expect(genesisHash).toMatch(/^[0-9a-f]{64}$/);
    expect(second.peer.height()).toBe(height);
    expect(text(await second.connect().contract.evaluateTransaction('get', 'owner'))).toBe('me');
  });

  test('is open in one process at a time', async () => {
    const held = await start();
    const again = startEmbeddedPeer({ dataDir: held.dataDir, contracts: [ProbeContract] });
    await expect(again).rejects.toMatchObject({ code: 'FOLDER_LOCKED' });
    await expect(again).rejects.toThrow(held.dataDir);
  });

  test('holds keys that only the owner can read', async () => {
    const held = await start();
    const folder = join(held.dataDir, 'peer', 'identities');
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.key'));
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });

  test('of another channel or of other organisations is refused', async () => {
    const held = await start();
    await held.stop();
    const { dataDir } = held;
    const contracts = [ProbeContract];
    await expect(startEmbeddedPeer({ dataDir, contracts, channel: 'other' })).rejects.toThrow('holds channel audit');
    await expect(startEmbeddedPeer({ dataDir, contracts, organisations: ['LabMSP'] })).rejects.toThrow('no LabMSP');
  });

  test('does not come up when init is refused, and can be tried again', async () => {
    const dataDir = await newFolder();
    const contracts = [ProbeContract];
    await expect(startEmbeddedPeer({ dataDir, contracts, initArgs: ['refuse', 'not so'] })).rejects.toThrow('not so');
    const later = await start({ dataDir, initArgs: ['init', 'me'] });
    expect(text(await later.connect().contract.evaluateTransaction('get', 'owner'))).toBe('me');
  });

  test('options out of range are refused before anything is created', async () => {
    const contracts = [ProbeContract];
    await expect(startEmbeddedPeer({ dataDir: '/nowhere', contracts, channel: 'Bad Name' })).rejects.toThrow(
      RangeError,
    );
    await expect(startEmbeddedPeer({ dataDir: '/nowhere', contracts, block: { maxMessages: 0 } })).rejects.toThrow(
      'maxMessages',
    );
    await expect(startEmbeddedPeer({ dataDir: '/nowhere', contracts, organisations: ['../x'] })).rejects.toThrow(
      '../x',
    );
  });
});
