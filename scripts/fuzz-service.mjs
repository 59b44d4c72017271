// npm run fuzz:service: 100,000 requests over all routes and as every kind of party, each answered within a second and none with a failure
// of the service. FUZZ_REQUESTS and FUZZ_SEED choose how many, and which.
import { spawnSync } from 'node:child_process';
import { prepare, root } from './lib/prepare.mjs';

prepare();
const env = { FUZZ_REQUESTS: '100000', ...process.env };
const run = spawnSync('npx', ['jest', '-w', '1', 'gateway-api/src/http/fuzz.test.ts'], {
  cwd: root,
  env,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exitCode = run.status ?? 3;
