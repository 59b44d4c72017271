import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { onlyWhere } from '../support/only-where';
import { temporaryFolder } from '../support/temporary-folder';

/* A program that is not loaded yet cannot say 130: what stops it then is taken like what stops it later. */

const root = path.join(__dirname, '../..');
const preloaded = path.join(__dirname, 'signal-while-loading.cjs');
const sample = path.join(root, 'scripts/sample');

/** Connections are taken, and nobody answers: what is not stopped would wait. */
const silent = createServer();
beforeAll(
  () =>
    new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    }),
);
afterAll(() => {
  silent.close();
});
const silentUrl = (): string => `http://127.0.0.1:${String((silent.address() as AddressInfo).port)}`;

onlyWhere(
  existsSync(path.join(root, 'cli/dist/main.js')) ? undefined : 'the command line is not built',
  'a signal that comes while the program is loaded',
  () => {
    it.each([
      ['SIGTERM', ['status']],
      ['SIGINT', ['status']],
      ['SIGTERM', ['verify', path.join(sample, 'files')]],
      ['SIGINT', ['import', 'plant-year', path.join(sample, 'sample-plant.json'), '--trial-keys']],
    ])('ends it with 130, said in words: %s of %j', (signal, words) => {
      const {
        status,
        signal: killedBy,
        stderr,
      } = spawnSync(process.execPath, ['--require', preloaded, path.join(root, 'cli/bin/carbon-ledger.js'), ...words], {
        env: {
          SIGNAL_WHILE_LOADING: signal,
          CARBON_LEDGER_URL: silentUrl(),
          HOME: temporaryFolder('loading'),
        },
        encoding: 'utf8',
        timeout: 60_000,
      });
      expect([status, killedBy, stderr]).toEqual([130, null, expect.stringContaining('Stopped.')]);
    });
  },
);
