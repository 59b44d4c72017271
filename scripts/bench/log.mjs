// The log: how it grows, how its tiles are served, and how fast everything is rebuilt from blocks.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drive } from './load.mjs';
import { run } from './service.mjs';
import { times } from './times.mjs';

const require = createRequire(import.meta.url);
const core = require('../../core/dist');

const TILE_WIDTH = 256;

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
  const tile = await times(300, (index) => log.tile(0, Math.floor(pick(index) / TILE_WIDTH), 1));
  return { size, perSecond: leaves / seconds, inclusion, consistency, tile };
}

/** Rows for a log that grows to these sizes: leaves a second, and milliseconds of proofs and tiles at each size. */
export async function growLog(sizes) {
  const { LogTree } = require('../../auditor/dist/stored/log-tree');
  const { Store } = require('../../auditor/dist/stored/store');
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

async function fetched(caller, path) {
  const { status } = await caller.call('GET', path);
  if (status !== 200) throw new Error(`${path}: answer ${status}`);
}

/** Whole tiles and bundles of entries over HTTP, as a monitor of the log reads them: [what, requests/s, p50, p99]. */
export async function serveTiles(caller, count, concurrency) {
  const size = Number((await caller.call('GET', '/log/checkpoint')).body.split('\n')[1]);
  const whole = Math.floor(size / TILE_WIDTH);
  const rows = [];
  for (const kind of ['0', 'entries']) {
    const paths = Array.from(
      { length: count },
      (_, index) => `/log/tile/${kind}/${String(index % whole).padStart(3, '0')}`,
    );
    const { perSecond, p50, p99 } = await drive(
      paths.map((path) => () => fetched(caller, path)),
      concurrency,
    );
    rows.push([kind === '0' ? 'tile of 256 hashes' : 'bundle of 256 records', perSecond, p50, p99]);
  }
  return rows;
}

/** `fsck` of a folder whose service is stopped, from start to end of its process. */
export async function fsckFolder(folder) {
  const begun = performance.now();
  const { result, counts } = JSON.parse(await run(['fsck', '--data', folder, '--json']));
  if (result !== 'ok') throw new Error(`fsck: ${result}`);
  const seconds = (performance.now() - begun) / 1000;
  return { records: counts.records, transactions: counts.transactions, seconds };
}
