// Grows a trial ledger, exports the graph of one enterprise and of everything in both forms, and tells what memory the service took. Run after a build:
// npm run graph:export [-- --records 100000]
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Caller, drive } from './bench/load.mjs';
import { placeOf, registerMarket } from './bench/market.mjs';
import { signedBodies } from './bench/records.mjs';
import { run, startService } from './bench/service.mjs';

const { values } = parseArgs({ options: { records: { type: 'string', default: '100000' } } });
const atOnce = 1000;
const sample = fileURLToPath(new URL('./sample/sample-plant.json', import.meta.url));

async function post(caller, body) {
  const answer = await caller.call('POST', '/v1/submissions?wait=committed', body);
  if (answer.status !== 201) throw new Error(`answer ${answer.status}: ${answer.body.slice(0, 500)}`);
}

async function grow(url, records) {
  await run(['import', 'plant-year', sample, '--trial-keys', '--url', url]);
  const caller = new Caller(url);
  const { ledger, organisation } = JSON.parse((await caller.call('GET', '/v1/ledger')).body);
  await registerMarket(ledger, [organisation], (body) => post(caller, body));
  for (let part = 0; part * 10 * atOnce < records; part += 1) {
    const bodies = await signedBodies(ledger, `graph${part}`, 10, atOnce);
    await drive(
      bodies.map((body) => () => post(caller, body)),
      2,
    );
  }
}

/** Reads an export to its end and keeps nothing of it. */
async function exported({ url, rss, peakRss }, query) {
  const [before, started] = [rss(), performance.now()];
  const answer = await fetch(`${url}/v1/graph?${query}`);
  if (!answer.ok) throw new Error(`answer ${answer.status}`);
  let [bytes, most] = [0, before];
  for await (const chunk of answer.body) {
    bytes += chunk.length;
    most = Math.max(most, rss());
  }
  const seconds = (performance.now() - started) / 1000;
  const memory = `${Math.round(before)} MB before, ${Math.round(most)} at most while it was read, ${Math.round(peakRss())} ever`;
  process.stdout.write(`${query}: ${(bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s; ${memory}\n`);
}

async function measure(folder) {
  const service = await startService(folder, []);
  try {
    await grow(service.url, Number(values.records));
    const { uscc } = placeOf(0);
    for (const query of [`format=graphml&party=${uscc}`, 'format=graphml', 'format=jsonld', 'format=graphml'])
      await exported(service, query);
  } finally {
    await service.stop();
  }
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'graph-'));
try {
  await measure(folder);
  const [{ model = '' } = {}] = os.cpus();
  process.stdout.write(
    `${values.records} records; ${os.cpus().length} × ${model}, Node ${process.version}, load ${os.loadavg()[0].toFixed(1)}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
