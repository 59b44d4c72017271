// Proofs: the log as it grows, and one figure with its whole way, made by the service and verified offline.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quantile } from './load.mjs';

const require = createRequire(import.meta.url);
const core = require('../../core/dist');

/** Milliseconds of each of `count` runs, sorted. */
async function times(count, task) {
  const measured = [];
  for (let index = 0; index < count; index += 1) {
    const begun = performance.now();
    await task(index);
    measured.push(performance.now() - begun);
  }
  return measured.sort((a, b) => a - b);
}

function leavesFrom(start, count) {
  return Array.from({ length: count }, (_, index) => core.leafHash(core.utf8Encode(`leaf ${start + index}`)));
}

/** Appends in batches of 1,000 as blocks bring them, tiles and right edge written to LevelDB with each. */
async function appendTo(log, store, size) {
  const batches = [];
  for (let at = log.size; at < size; at += 1000) batches.push(leavesFrom(at, Math.min(1000, size - at)));
  const begun = performance.now();
  for (const leaves of batches) await store.write(log.append(leaves));
  return { leaves: batches.flat().length, seconds: (performance.now() - begun) / 1000 };
}

async function logRow(log, store, size) {
  const { leaves, seconds } = await appendTo(log, store, size);
  const pick = (index) => (index * 7919) % size;
  const inclusion = await times(300, (index) => log.inclusion(pick(index), size));
  const consistency = await times(300, (index) => log.consistency(pick(index) + 1, size));
  const tile = await times(300, (index) => log.tile(0, Math.floor(pick(index) / 256), 1));
  return { size, perSecond: leaves / seconds, inclusion, consistency, tile };
}

/** Rows for a log that grows to these sizes: leaves a second, and milliseconds of proofs and tiles at each size. */
export async function growLog(sizes) {
  const { LogTree } = require('../../gateway-api/dist/log/log-tree');
  const { Store } = require('../../gateway-api/dist/projection/store');
  const folder = mkdtempSync(join(tmpdir(), 'carbon-ledger-log-'));
  const store = await Store.open(folder);
  try {
    const log = await LogTree.open(store);
    const rows = [];
    for (const size of sizes) rows.push(await logRow(log, store, size));
    return rows;
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The annual emission of the sample plant: bytes of the proof, milliseconds to make it (over HTTP) and to verify it. */
export async function figureProof(client, figure, policy) {
  let proof;
  const make = await times(5, async () => (proof = await client.prove(figure)));
  const verdicts = [];
  const verify = await times(10, () => verdicts.push(core.verifyFigureProof({ proof, policy, figure }).result));
  if (verdicts.some((result) => result !== 'PASS')) throw new Error(`the figure proof is ${verdicts[0]}`);
  return { bytes: proof.length, make: quantile(make, 0.5), verify: quantile(verify, 0.5) };
}
