// The end-to-end story: what a newcomer would do, from outside, on one trial ledger in a temporary folder: npm start,
// every command against it, the tamper variants, a restart, the stop. Writes {"passed", "failed", "failures"} to --report.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib/prepare.mjs';
import {
  figuresAreRecomputed,
  filesAreVerified,
  importIsSafe,
  receiptsVerifyOffline,
  tamperingIsNamed,
  theRestAnswers,
} from './chapters.mjs';
import { check, expectEqual, expectTrue, report, totals } from './checks.mjs';
import { carbonLedger, logSize, startService, stopService } from './outside.mjs';

async function restartKeepsEverything(service) {
  const before = await logSize();
  await check('Ctrl-C stops it cleanly', async () => {
    // npm itself ends by the signal; what counts is that the service below it closed its stores.
    await stopService(service, 'SIGINT');
    expectTrue(service.stderr.trimEnd().endsWith('Stopping …'), `it said: ${service.stderr.slice(-500)}`);
  });
  await check('without the service a command exits 3', async () => {
    expectEqual((await carbonLedger('status')).code, 3, 'exit code');
  });
  await check('it starts again and anchors nothing again', async () => {
    const began = Date.now();
    const again = await startService(process.execPath, path.join(root, 'scripts', 'start.mjs'));
    const took = Date.now() - began;
    expectTrue(took < 60_000, `it took ${took} ms`);
    expectEqual(await logSize(), before, 'log size');
    expectEqual(await stopService(again, 'SIGTERM'), 0, 'exit code');
  });
}

async function main() {
  const service = await startService('npm', 'start', '--silent');
  process.stdout.write(service.stdout);
  report('npm start stands with the sample anchored');
  await figuresAreRecomputed();
  await tamperingIsNamed();
  await filesAreVerified();
  await receiptsVerifyOffline();
  await importIsSafe();
  await theRestAnswers();
  await restartKeepsEverything(service);
}

await check('the story was told to its end', main);
const reportAt = process.argv.indexOf('--report');
if (reportAt > 0) writeFileSync(process.argv[reportAt + 1], JSON.stringify(totals));
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`);
process.exit(totals.failed === 0 ? 0 : 1);
