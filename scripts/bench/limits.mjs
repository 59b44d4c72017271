import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const core = require('../../core/dist');
const trial = require('../../plant-year/dist/trial');
const { ClassicLevel } = require('classic-level');

function rate(count, work) {
  const begun = performance.now();
  for (let index = 0; index < count; index += 1) work(index);
  return (count / (performance.now() - begun)) * 1000;
}

/** What the machine can do at best, measured in the same run: the figures below are to be read against these. */
export async function limits() {
  const folder = mkdtempSync(join(tmpdir(), 'carbon-ledger-limits-'));
  try {
    return await measure(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(folder) {
  const file = openSync(join(folder, 'append'), 'w');
  const block = Buffer.alloc(4096, 1);
  const appends = rate(1000, () => {
    writeSync(file, block);
    fdatasyncSync(file);
  });
  closeSync(file);
  const level = new ClassicLevel(join(folder, 'level'), { valueEncoding: 'view' });
  const value = new Uint8Array(500).fill(7);
  const begun = performance.now();
  for (let index = 0; index < 500; index += 1) await level.put(`k${index}`, value, { sync: true });
  const puts = (500 / (performance.now() - begun)) * 1000;
  await level.close();
  const digest = core.sha256(value);
  const signature = trial.trialSigner('x').sign(digest);
  const recovers = rate(3000, () => core.recoverAddress(digest, signature));
  return [
    ['append 4 KiB and fdatasync', appends],
    ['LevelDB put of 500 B with sync', puts],
    ['secp256k1 recover and address', recovers],
  ];
}
