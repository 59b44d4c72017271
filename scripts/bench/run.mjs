import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Aims } from './aims.mjs';
import { limits } from './limits.mjs';
import { Caller, drive, quantile } from './load.mjs';
import { fsckFolder, growLog, serveTiles } from './log.mjs';
import { figureProof } from './proofs.mjs';
import { registerMarket } from './market.mjs';
import { measureMixed } from './mixed-report.mjs';
import { nationalYear } from './national.mjs';
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

function aimAtSubmissions(aims, concurrency, { perSecond, p50 }, cpu) {
  if (concurrency === 1) aims.below('alone, proven: p50 ms', p50, 12);
  if (concurrency === 64) {
    aims.above('concurrency 64, proven: a second', perSecond, 2000);
    aims.below('concurrency 64, proven: p50 ms', p50, 30);
  }
  if (concurrency === 256) {
    aims.above('concurrency 256, proven: a second', perSecond, 2000);
    aims.below('concurrency 256, proven: ms of processor time of the service for each', cpu, 0.6);
  }
}

/** Single-record submissions, each signed by its party. */
async function submissions(caller, ledger, run, plan, service, aims) {
  const rows = [];
  for (const [index, { concurrency, wait, count }] of plan.entries()) {
    const bodies = await signedBodies(ledger, `${run}${index}`, count, 1);
    const before = service.cpuMillis();
    const result = await drive(
      bodies.map((body) => () => post(caller, body, wait)),
      concurrency,
    );
    const cpu = (service.cpuMillis() - before) / count;
    if (wait === 'proven') aimAtSubmissions(aims, concurrency, result, cpu);
    rows.push([wait, concurrency, count, whole(result.perSecond), fine(result.p50), fine(result.p95), fine(cpu)]);
  }
  return rows;
}

async function bulk(caller, ledger, name, submissionsCount, perSubmission) {
  const bodies = await signedBodies(ledger, name, submissionsCount, perSubmission);
  const result = await drive(
    bodies.map((body) => () => post(caller, body, 'committed')),
    4,
  );
  const rate = result.perSecond * perSubmission;
  return { rate, row: [perSubmission, submissionsCount, whole(rate), fine(result.p50), fine(result.p95)] };
}

async function session(url, fetchFunction = fetch, party = enterprise) {
  const { LedgerClient } = require('../../client-sdk/dist');
  return new LedgerClient({ baseUrl: url, party, signer: trial.trialSigner(party), fetch: fetchFunction });
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
    const { rate } = await bulk(caller, ledger, `g${size}`, rounds, 1000);
    records += rounds * 1000;
    const bodies = await signedBodies(ledger, `l${size}`, 200, 1);
    const lone = await drive(
      bodies.map((body) => () => post(caller, body, 'proven')),
      1,
    );
    const { trace } = await reading(caller, service.url, 20);
    rows.push([
      whole(size),
      whole(rate),
      fine(lone.p50),
      fine(lone.p95),
      fine(trace.p50),
      whole(service.rss()),
      whole(service.peakRss()),
    ]);
  }
  return rows;
}

async function rebuilt(folder) {
  const { records, transactions, seconds } = await fsckFolder(folder);
  table(
    'Everything rebuilt from blocks and compared (fsck, start of its process included)',
    ['records', 'transactions', 'seconds', 'records per second'],
    [[whole(records), whole(transactions), seconds.toFixed(1), whole(records / seconds)]],
  );
  return records / seconds;
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
  const client = await session(service.url);
  const { items } = await client.parties({ kind: 'national-authority' });
  await nationalYear({
    ...{
      client,
      authority: await session(service.url, fetch, items[0].uscc),
      ledger,
      msps: [organisation],
      share,
      rss: service.rss,
    },
    importYear: (file) => run(['import', 'plant-year', file, '--trial-keys', '--url', service.url]),
    post: (body) => post(caller, body, 'committed'),
  });
}

async function measure(folder, { long, mixed: isOnlyMixed, national: isNational, share, records }) {
  const scale = long ? 4 : 1;
  console.log(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}; client and service on the same cores`,
  );
  const best = await limits();
  table(
    'What the machine does at best',
    ['operation', 'per second'],
    best.map(([name, rate]) => [name, whole(rate)]),
  );
  const aims = new Aims();
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
      { wait, concurrency: 256, count: 3000 * scale },
    ]);
    const send = (body) => post(caller, body, 'committed');
    if (records !== undefined) {
      const sizes = [10_000, 100_000, 1_000_000].filter((size) => size < Number(records));
      const trace = await traceRequest(service.url);
      await atSizes({ folder, service, caller, ledger, post, trace, aims, sizes: [...sizes, Number(records)] });
      aims.print();
      return;
    }
    if (isOnlyMixed) {
      await submissions(caller, ledger, 'warm', [{ wait: 'committed', concurrency: 32, count: 1000 }], service, aims);
      await measureMixed({ client: await session(service.url), ledger, organisation, send, scale });
      return;
    }
    // The first thousand, and the first large ones, warm the compiler; they are not counted.
    await submissions(caller, ledger, 'warm', [{ wait: 'committed', concurrency: 32, count: 1000 }], service, aims);
    await bulk(caller, ledger, 'warm', 4, 1000);
    table(
      'Submissions of one record, each signed by its own party',
      ['level', 'concurrency', 'submissions', 'per second', 'p50 ms', 'p95 ms', 'CPU of the service, ms each'],
      await submissions(caller, ledger, 's', plan, service, aims),
    );
    await measureMixed({ client: await session(service.url), ledger, organisation, send, scale });
    const large = await bulk(caller, ledger, 'b', 10 * scale, 1000);
    table(
      'Submissions of 1,000 records',
      ['records each', 'submissions', 'records per second', 'p50 ms', 'p95 ms'],
      [large.row],
    );
    aims.above("submissions of 1,000: records a second, of the machine's own recoveries", large.rate / best[2][1], 1.3);
    const read = await reading(caller, service.url, 1000);
    const client = await session(service.url);
    const proof = await figureProof(client, figure, await client.policy());
    aims.below('trace of a plant-year over HTTP: p99 ms', read.trace.p99, 10);
    aims.below('proof of an annual emission made: p50 ms', proof.make, 15);
    aims.below('the same verified: p50 ms', proof.verify, 8);
    table(
      'Reading',
      ['operation', 'p50 ms', 'p99 ms'],
      [
        [`trace of a plant-year (${read.nodes} figures), over HTTP`, fine(read.trace.p50), fine(read.trace.p99)],
        ['the same by the client library', fine(read.traceByClient.p50), fine(read.traceByClient.p99)],
        ['receipt verified offline', fine(read.verify.p50), fine(read.verify.p99)],
        [`proof of the annual emission (${whole(proof.bytes)} bytes) made, over HTTP, of 50`, fine(proof.make), '–'],
        ['the same verified offline, every step computed anew, of 50', fine(proof.verify), '–'],
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
    const tiles = await serveTiles(caller, service.url, 2000, 16);
    aims.above('bundles of 256 records served a second', tiles.at(-1)[1], 3000);
    table(
      'Tiles over HTTP, at concurrency 16',
      ['what', 'per second', 'p50 ms', 'p99 ms'],
      tiles.map(([what, perSecond, p50, p99]) => [what, whole(perSecond), fine(p50), fine(p99)]),
    );
  } finally {
    caller.close();
    await service.stop();
  }
  aims.above('fsck: records a second', await rebuilt(folder), 20_000);
  aims.print();
}
