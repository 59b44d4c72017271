import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { limits } from './limits.mjs';
import { Caller, drive, quantile } from './load.mjs';
import { fsckFolder, growLog, serveTiles } from './log.mjs';
import { figureProof } from './proofs.mjs';
import { registerMarket } from './market.mjs';
import { driveChains, driveTypes, mixedLoad, typedLoad } from './mixed.mjs';
import { nationalYear } from './national.mjs';
import { kinds, rulesOf } from './plant-kinds.mjs';
import { signedBodies } from './records.mjs';
import { run, startService } from './service.mjs';
import { atSizes } from './size.mjs';
import { fine, table, whole } from './table.mjs';

const require = createRequire(import.meta.url);
const core = require('../../core/dist');
const trial = require('../../plant-year/dist/trial');
const sample = fileURLToPath(new URL('../sample/sample-plant.json', import.meta.url));
const enterprise = JSON.parse(readFileSync(sample, 'utf8')).enterprise.uscc;
const figure = `${enterprise}/PLANT/2024/annual-report#emission_tCO2`;

async function post(caller, body, wait) {
  const answer = await caller.call('POST', `/v1/submissions?wait=${wait}`, body);
  if (answer.status !== 201) throw new Error(`answer ${answer.status}: ${answer.body.slice(0, 500)}`);
}

/** Single-record submissions, each signed by its party. */
async function submissions(caller, ledger, run, plan) {
  const rows = [];
  for (const [index, { concurrency, wait, count }] of plan.entries()) {
    const bodies = await signedBodies(ledger, `${run}${index}`, count, 1);
    const result = await drive(
      bodies.map((body) => () => post(caller, body, wait)),
      concurrency,
    );
    rows.push([wait, concurrency, count, whole(result.perSecond), fine(result.p50), fine(result.p95)]);
  }
  return rows;
}

async function bulk(caller, ledger, name, submissionsCount, perSubmission) {
  const bodies = await signedBodies(ledger, name, submissionsCount, perSubmission);
  const result = await drive(
    bodies.map((body) => () => post(caller, body, 'committed')),
    4,
  );
  return [perSubmission, submissionsCount, whole(result.perSecond * perSubmission), fine(result.p50), fine(result.p95)];
}

async function session(url, fetchFunction = fetch) {
  const { LedgerClient } = require('../../client-sdk/dist');
  const signer = trial.trialSigner(enterprise);
  return new LedgerClient({ baseUrl: url, party: enterprise, signer, fetch: fetchFunction });
}

/** The request that the client library makes for a trace, to be sent again without it. */
async function traceRequest(url) {
  const seen = [];
  const client = await session(url, (address, init) => {
    seen.push([address, init]);
    return fetch(address, init);
  });
  await client.trace(figure);
  const [address, { headers }] = seen.at(-1);
  const { pathname, search } = new URL(address);
  return { path: pathname + search, headers: Object.fromEntries(new Headers(headers)) };
}

async function reading(caller, url, count) {
  const client = await session(url);
  const { path, headers } = await traceRequest(url);
  const times = (ask) =>
    drive(
      Array.from({ length: count }, () => ask),
      1,
    );
  const trace = await times(async () => {
    const { status } = await caller.call('GET', path, undefined, headers);
    if (status !== 200) throw new Error(`answer ${status}`);
  });
  const traceByClient = await times(() => client.trace(figure));
  const { items } = await client.records({ key: `${enterprise}/U1/2024-01/monthly-evidence` });
  const receipt = await client.receipt(items[0].id);
  const policy = await client.policy();
  const verified = [];
  for (let index = 0; index < 2000; index += 1) {
    const begun = performance.now();
    core.verifyReceipt({ receipt: JSON.stringify(receipt), policy });
    verified.push(performance.now() - begun);
  }
  verified.sort((a, b) => a - b);
  return {
    nodes: (await client.trace(figure)).nodes.length,
    trace,
    traceByClient,
    verify: { p50: quantile(verified, 0.5), p99: quantile(verified, 0.99) },
  };
}

async function growth(service, caller, ledger, sizes) {
  const rows = [];
  let records = 0;
  for (const size of sizes) {
    const rounds = Math.ceil((size - records) / 1000);
    const bulkRow = await bulk(caller, ledger, `g${size}`, rounds, 1000);
    records += rounds * 1000;
    const bodies = await signedBodies(ledger, `l${size}`, 200, 1);
    const lone = await drive(
      bodies.map((body) => () => post(caller, body, 'proven')),
      1,
    );
    const { trace } = await reading(caller, service.url, 20);
    rows.push([
      whole(size),
      bulkRow[2],
      fine(lone.p50),
      fine(lone.p95),
      fine(trace.p50),
      whole(service.rss()),
      whole(service.peakRss()),
    ]);
  }
  return rows;
}

/** All types of plants' years with reviews and returned months, mixed as they come and then type by type. */
async function mixed(service, caller, ledger, organisation, scale) {
  const plants = 16 * scale;
  const concurrency = 16;
  const send = (body) => post(caller, body, 'committed');
  const rules = await rulesOf(await session(service.url), kinds[0]);
  const market = { ledger, msps: [organisation], rules, post: send };
  const { chains: warm } = await mixedLoad({ ...market, plants: 4, from: 0 });
  await driveChains(warm, concurrency, send);
  const { chains: before } = await mixedLoad({ ...market, plants, from: 4 });
  const waves = await typedLoad({ ...market, plants, from: 4 + plants });
  const { chains: after } = await mixedLoad({ ...market, plants, from: 4 + 2 * plants });
  const runs = [await driveChains(before, concurrency, send)];
  const types = await driveTypes(waves, concurrency, send);
  runs.push(await driveChains(after, concurrency, send));
  const [count, alone] = ['count', 'seconds'].map((of) => [...types.values()].reduce((sum, one) => sum + one[of], 0));
  const rows = runs.map(({ count: some, perSecond, p50, p95, halves }) => [
    ...['mixed', some, whole(perSecond), fine(p50), fine(p95)],
    ...halves.map(whole),
  ]);
  table(
    `Mixed market load, one record a submission, ${String(plants)} plants, concurrency ${String(concurrency)}`,
    ['load', 'submissions', 'per second', 'p50 ms', 'p95 ms', 'first half', 'second half'],
    [rows[0], ['as many, type by type', count, whole(count / alone), '–', '–', '–', '–'], rows[1]],
  );
  table(
    'of these types, each alone',
    ['type', 'records', 'per second'],
    [...types]
      .sort(([, a], [, b]) => b.count - a.count)
      .map(([type, { count, seconds }]) => [type, count, whole(count / seconds)]),
  );
  const both = (2 * count) / runs.reduce((sum, { seconds }) => sum + seconds, 0);
  console.log(`mixed, of the same records type by type: ${fine((both * alone) / count)} (aim: 0.8 to 1.2)`);
}

async function rebuilt(folder) {
  const { records, transactions, seconds } = await fsckFolder(folder);
  table(
    'Everything rebuilt from blocks and compared (fsck, start of its process included)',
    ['records', 'transactions', 'seconds', 'records per second'],
    [[whole(records), whole(transactions), seconds.toFixed(1), whole(records / seconds)]],
  );
}

/**
 * @param {{long: boolean, mixed: boolean, national: boolean, share: string, records?: string}} options long also grows the ledger to 100,000 records;
 *   mixed measures the mixed market load and nothing else; national files 1/share of a national year and nothing else;
 *   records grows the ledger to so many, asks at each size, starts it again, and measures nothing else
 */
export async function runBench(options) {
  const folder = mkdtempSync(join(tmpdir(), 'carbon-ledger-bench-'));
  try {
    await measure(folder, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function national(service, caller, share) {
  const { ledger, organisation } = JSON.parse((await caller.call('GET', '/v1/ledger')).body);
  await nationalYear({
    ...{ client: await session(service.url), ledger, msps: [organisation], share, rss: service.rss },
    importYear: (file) => run(['import', 'plant-year', file, '--trial-keys', '--url', service.url]),
    post: (body) => post(caller, body, 'committed'),
  });
}

async function measure(folder, { long, mixed: isOnlyMixed, national: isNational, share, records }) {
  const scale = long ? 4 : 1;
  console.log(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}; client and service on the same cores`,
  );
  table(
    'What the machine does at best',
    ['operation', 'per second'],
    (await limits()).map(([name, rate]) => [name, whole(rate)]),
  );
  const service = await startService(folder);
  const caller = new Caller(service.url);
  try {
    if (isNational) {
      await national(service, caller, Number(share));
      return;
    }
    await run(['import', 'plant-year', sample, '--trial-keys', '--url', service.url]);
    const { ledger, organisation } = JSON.parse((await caller.call('GET', '/v1/ledger')).body);
    await registerMarket(ledger, [organisation], (body) => post(caller, body, 'committed'));
    const plan = ['committed', 'proven'].flatMap((wait) => [
      { wait, concurrency: 1, count: 200 * scale },
      { wait, concurrency: 16, count: 1500 * scale },
      { wait, concurrency: 64, count: 3000 * scale },
    ]);
    if (records !== undefined) {
      const sizes = [10_000, 100_000, 1_000_000].filter((size) => size < Number(records));
      const trace = await traceRequest(service.url);
      await atSizes({ folder, service, caller, ledger, post, trace, sizes: [...sizes, Number(records)] });
      return;
    }
    if (isOnlyMixed) {
      await submissions(caller, ledger, 'warm', [{ wait: 'committed', concurrency: 32, count: 1000 }]);
      await mixed(service, caller, ledger, organisation, scale);
      return;
    }
    // The first thousand, and the first large ones, warm the compiler; they are not counted.
    await submissions(caller, ledger, 'warm', [{ wait: 'committed', concurrency: 32, count: 1000 }]);
    await bulk(caller, ledger, 'warm', 4, 1000);
    table(
      'Submissions of one record, each signed by its own party',
      ['level', 'concurrency', 'submissions', 'per second', 'p50 ms', 'p95 ms'],
      await submissions(caller, ledger, 's', plan),
    );
    await mixed(service, caller, ledger, organisation, scale);
    table(
      'Submissions of 1,000 records',
      ['records each', 'submissions', 'records per second', 'p50 ms', 'p95 ms'],
      [await bulk(caller, ledger, 'b', 10 * scale, 1000)],
    );
    const read = await reading(caller, service.url, 1000);
    const client = await session(service.url);
    const proof = await figureProof(client, figure, await client.policy());
    table(
      'Reading',
      ['operation', 'p50 ms', 'p99 ms'],
      [
        [`trace of a plant-year (${read.nodes} figures), over HTTP`, fine(read.trace.p50), fine(read.trace.p99)],
        ['the same by the client library', fine(read.traceByClient.p50), fine(read.traceByClient.p99)],
        ['receipt verified offline', fine(read.verify.p50), fine(read.verify.p99)],
        [`proof of the annual emission (${whole(proof.bytes)} bytes) made, over HTTP`, fine(proof.make), '–'],
        ['the same verified offline, every step computed anew', fine(proof.verify), '–'],
      ],
    );
    table(
      'The log alone, tiles written to LevelDB',
      ['leaves', 'appended per second', 'inclusion p50 ms', 'consistency p50 ms', 'tile p50 ms'],
      (await growLog(long ? [10_000, 100_000, 1_000_000] : [10_000, 100_000])).map((row) => [
        whole(row.size),
        whole(row.perSecond),
        ...[row.inclusion, row.consistency, row.tile].map((times) => quantile(times, 0.5).toFixed(3)),
      ]),
    );
    table(
      'Growth',
      ['records', 'records/s while growing', 'lone proven p50 ms', 'p95 ms', 'trace p50 ms', 'memory MiB', 'peak MiB'],
      await growth(service, caller, ledger, long ? [10_000, 100_000] : [10_000]),
    );
    table(
      'Tiles over HTTP, at concurrency 16',
      ['what', 'per second', 'p50 ms', 'p99 ms'],
      (await serveTiles(caller, 2000, 16)).map(([what, perSecond, p50, p99]) => [
        what,
        whole(perSecond),
        fine(p50),
        fine(p99),
      ]),
    );
  } finally {
    caller.close();
    await service.stop();
  }
  await rebuilt(folder);
}
