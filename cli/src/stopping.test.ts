import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { runInProcess, type CliResult } from './testing/test-io';

const sampleFile = path.join(__dirname, '..', '..', 'scripts', 'sample', 'sample-plant.json');

/** A service that takes questions and answers none. */
async function silentService(): Promise<EventEmitter & { readonly href: string; close(): Promise<void> }> {
  const server = createServer(() => events.emit('asked'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => {
        resolve();
      });
    });
  const events = Object.assign(new EventEmitter(), { href: `http://127.0.0.1:${String(port)}`, close });
  return events;
}

describe('Ctrl-C', () => {
  it('ends with 130 when it is told to stop, whatever it was asking, and keeps what is anchored', async () => {
    const homeDir = temporaryFolder('cli');
    const stopped = async (...argv: readonly string[]): Promise<CliResult> => {
      const controller = new AbortController();
      const running = runInProcess([...argv, '--url', url.href], {
        homeDir,
        signal: controller.signal,
        now: () => new Date(),
      });
      url.once('asked', () => {
        controller.abort();
      });
      return running;
    };
    const url = await silentService();
    for (const argv of [
      ['verify', sampleFile],
      ['import', 'plant-year', sampleFile, '--trial-keys'],
      ['status'],
      ['check', 'plant-year', sampleFile],
    ]) {
      const { code, stderr } = await stopped(...argv);
      expect([code, stderr]).toEqual([130, expect.stringContaining('Stopped.')]);
    }
    await url.close();
  });
});
