// npm run test:image: builds the image of the Dockerfile as it is, and starts it as compose.yaml does: an ordinary user, a root that
// cannot be written, no capabilities. It must come to health, take a trial year, and have it after a restart. Needs Docker;
// where there is none, it says so and ends with 3. --no-build takes the image that is there.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { check, expectEqual, expectTrue, totals } from './ci/checks.mjs';
import { prepare, root } from './lib/prepare.mjs';

const IMAGE = 'carbon-audit-ledger:0.1.0';
const NAME = `carbon-ledger-image-test-${process.pid}`;
const MOST_LOOKS = 120;
const PROGRAM = '/opt/carbon-ledger/cli/bin/carbon-ledger.js';

function docker(...args) {
  const { status, stdout, stderr } = spawnSync('docker', args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  return { status, stdout: stdout?.trim() ?? '', stderr: stderr ?? '' };
}

function must(...args) {
  const { status, stdout, stderr } = docker(...args);
  if (status !== 0) throw new Error(`docker ${args.join(' ')}: ${stderr}`);
  return stdout;
}

if (docker('info').status !== 0) {
  process.stderr.write('Not run: the image: no Docker, or its daemon does not answer.\n');
  process.exit(3);
}
prepare();

/** As compose.yaml has it; a test holds that file to the same. */
const CONFINED = [
  ...['--read-only', '--tmpfs', '/tmp:size=64m,mode=1777', '--user', '1000:1000', '--cap-drop', 'ALL'],
  ...['--security-opt', 'no-new-privileges:true', '--memory', '2g', '--pids-limit', '256'],
];

async function untilHealthy() {
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const health = must('inspect', '-f', '{{.State.Health.Status}}', NAME);
    if (health === 'healthy') return;
    await pause(1000);
  }
  throw new Error(docker('logs', NAME).stderr);
}

const carbonLedger = (...args) => must('exec', '-e', 'HOME=/tmp', NAME, 'node', PROGRAM, ...args);
const logSize = () => JSON.parse(carbonLedger('status', '--json')).logSize;

async function image() {
  if (!process.argv.includes('--no-build')) {
    const built = spawnSync('docker', ['build', '-t', IMAGE, root], { stdio: ['ignore', 2, 2] });
    expectEqual(built.status, 0, 'docker build');
  }
  await check('it starts confined, and comes to health', async () => {
    must('run', '-d', '--name', NAME, '-e', 'CARBON_LEDGER_TRIAL=true', ...CONFINED, '-v', `${NAME}:/data`, IMAGE);
    await untilHealthy();
  });
  await check('it is nobody of weight, and writes nothing but its folder', () => {
    expectEqual(must('exec', NAME, 'id', '-u'), '1000', 'user');
    expectTrue(docker('exec', NAME, 'touch', '/opt/carbon-ledger/x').status !== 0, 'the root can be written');
  });
  let before = 0;
  await check('it takes a year of the trial, and a backup of it', () => {
    must('cp', path.join(root, 'scripts/sample/sample-plant.json'), `${NAME}:/data/sample-plant.json`);
    carbonLedger('import', 'plant-year', '/data/sample-plant.json', '--trial-keys');
    before = logSize();
    expectTrue(before > 100, `${before} records`);
    carbonLedger('backup', '--data', '/data', '-o', '/data/backup');
  });
  await check('it ends when it is told to, and has the records when it comes back', async () => {
    must('stop', '-t', '30', NAME);
    expectEqual(must('inspect', '-f', '{{.State.ExitCode}}', NAME), '0', 'exit code');
    must('start', NAME);
    await untilHealthy();
    expectEqual(logSize(), before, 'records');
  });
  await check('fsck finds it in order', () => {
    must('stop', '-t', '30', NAME);
    must('run', '--rm', ...CONFINED, '-v', `${NAME}:/data`, IMAGE, 'fsck', '--data', '/data');
  });
}

try {
  await check('the image', image);
} finally {
  docker('rm', '-f', NAME);
  docker('volume', 'rm', NAME);
}
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`);
process.exit(totals.failed === 0 ? 0 : 1);
