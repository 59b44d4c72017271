// The log: how it grows, how its tiles are served, and how fast everything is rebuilt from blocks.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drive, lengthOf } from './load.mjs';
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

/** Takes a tile in whole, as a program does that writes it down: its bytes are counted, and are as many as the answer says. */
async function taken(caller, path) {
  const { status, headers, body } = await caller.call('GET', path, undefined, {}, lengthOf);
  if (status !== 200) throw new Error(`${path}: answer ${status}`);
  if (body !== Number(headers['content-length'])) throw new Error(`${path}: ${body} bytes, not as many as it says`);
}

function tilePath(level, index) {
  return `/log/${core.tilePath({ level, index: BigInt(index), width: TILE_WIDTH })}`;
}

async function bytesAt(url, path) {
  return new Uint8Array(await (await fetch(url + path)).arrayBuffer());
}

/** The records of a bundle are those that the hashes of its tile name. */
async function assertBundle(url, index) {
  const [hashes, bundle] = await Promise.all([0, 'entries'].map((level) => bytesAt(url, tilePath(level, index))));
  const leaves = Buffer.concat(core.decodeEntries(bundle, TILE_WIDTH).map(core.leafHash));
  if (!leaves.equals(hashes)) throw new Error(`bundle ${index} holds other records than its tile names`);
}

/** Whole tiles and bundles of entries over HTTP, as monitors of the log read them: [what, requests/s, p50, p99]. The bundles, read again, come last. */
export async function serveTiles(caller, url, count, concurrency) {
  const size = Number((await caller.call('GET', '/log/checkpoint')).body.split('\n')[1]);
  const all = Array.from({ length: Math.floor(size / TILE_WIDTH) }, (_, index) => index);
  const again = Array.from({ length: count }, (_, at) => all[at % all.length]);
  const row = async (what, level, asked) => {
    const { perSecond, p50, p99 } = await drive(
      asked.map((index) => () => taken(caller, tilePath(level, index))),
      concurrency,
    );
    return [what, perSecond, p50, p99];
  };
  const rows = [
    await row('tile of 256 hashes', 0, again),
    await row('bundle of 256 records, by the first who asks', 'entries', all),
    await row('the same by those who ask after', 'entries', again),
  ];
  for (const index of all) await assertBundle(url, index);
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
