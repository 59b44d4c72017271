import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import type { TestClient } from '../testing/client';
import { PeerFixture } from '../testing/fixture';
import { liveEntries } from './control';
import { copyStore, restoreStore } from './store-copy';

let fixture: PeerFixture;
let client: TestClient;
let folder: string;
const scratch = (): string => join(temporaryFolder('store-copy'), 'store');

beforeEach(async () => {
  fixture = await PeerFixture.start();
  client = fixture.connect();
  folder = join(fixture.dataDir, 'peer');
  await client.contract.submitTransaction('put', 'before', 'yes');
});
afterEach(() => fixture.remove());

test('a running peer gives the same copy as the stopped one', async () => {
  const running = await copyStore(fixture.dataDir, scratch());
  await fixture.stop();
  expect(await copyStore(fixture.dataDir, scratch())).toEqual(running);
});

test('what is committed while the copy is taken is not in it, and the copy opens again', async () => {
  const before = await copyStore(fixture.dataDir, scratch());
  const entries = liveEntries(folder);
  let count = (await entries.next()).done === true ? 0 : 1;
  await client.contract.submitTransaction('put', 'meanwhile', 'yes');
  for await (const entry of entries) count += entry.length / 2;
  expect(count).toBe(before.entries);
  const [store, restored] = [scratch(), temporaryFolder('restored')];
  const after = await copyStore(fixture.dataDir, store);
  expect(after.entries).toBeGreaterThan(before.entries);
  await restoreStore(store, after, restored);
  expect(await copyStore(restored, scratch())).toEqual(after);
  await expect(restoreStore(store, after, restored)).rejects.toMatchObject({ code: 'KEY_TAKEN' });
});

test('only who may read the folder gets one, and nothing is left of the way there when the peer stops', async () => {
  const door = join(folder, 'control.json');
  expect(statSync(door).mode & 0o777).toBe(0o600);
  const { port, secret } = JSON.parse(readFileSync(door, 'utf8')) as { port: number; secret: string };
  const ask = async (path: string, authorization: string): Promise<number | undefined> => {
    const asked = request({ host: '127.0.0.1', port, path, headers: { authorization } });
    asked.end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    answer.resume();
    return answer.statusCode;
  };
  expect(await ask('/store', '')).toBe(401);
  expect(await ask('/store', `Bearer ${secret}x`)).toBe(401);
  expect(await ask('/other', `Bearer ${secret}`)).toBe(404);
  await fixture.stop();
  expect(existsSync(door)).toBe(false);
});

test('a folder that is in use by who gives no copy is said to be locked', async () => {
  await rm(join(folder, 'control.json'));
  await expect(copyStore(fixture.dataDir, scratch())).rejects.toMatchObject({ code: 'FOLDER_LOCKED' });
});

test('a copy whose peer ends meanwhile is not whole, and says so', async () => {
  for (let key = 0; key < 12; key += 1)
    await client.contract.submitTransaction('put', String(key), String(key).repeat(1_000_000));
  const entries = liveEntries(folder);
  await entries.next();
  await fixture.stop();
  const rest = async (): Promise<void> => {
    for await (const entry of entries) expect(entry).toHaveLength(2);
  };
  await expect(rest()).rejects.toMatchObject({ code: 'UNREACHABLE' });
});
