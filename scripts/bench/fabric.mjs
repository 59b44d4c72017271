import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../lib/prepare.mjs';
import { Caller, drive } from './load.mjs';
import { registerMarket } from './market.mjs';
import { signedBodies } from './records.mjs';
import { run, startService } from './service.mjs';
import { fine, table, whole } from './table.mjs';

const require = createRequire(import.meta.url);
const sample = join(root, 'scripts', 'sample', 'sample-plant.json');
/** Of a record of the ledger, about. */
const BARE_VALUE_BYTES = 500;

function node(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
}

function deploy(state, bundle) {
  node(join(root, 'network', 'cli.mjs'), 'deploy', '--state', state, '--chaincode', bundle);
}

/** One client for each organisation, each at its own peer with its own identity. */
async function organisations(profiles) {
  const { openFabricLedger, readPeerProfile } = require('../../gateway-api/dist');
  const files = readdirSync(profiles).filter((name) => name.endsWith('.json') && !name.endsWith('.ccp.json'));
  return Promise.all(files.map(async (name) => openFabricLedger(await readPeerProfile(join(profiles, name)))));
}

/** One put of 500 bytes in each transaction, over all organisations in turn. */
function bare(ledgers, name, count, concurrency) {
  const value = 'x'.repeat(BARE_VALUE_BYTES);
  const put = (index) => () =>
    ledgers[index % ledgers.length].submit({ name: 'Bare:put', args: [`${name}-${index}`, value] });
  return drive(
    Array.from({ length: count }, (_, index) => put(index)),
    concurrency,
  );
}

async function ours(caller, ledger, { name, submissions, records, concurrency }) {
  const bodies = await signedBodies(ledger, name, submissions, records);
  const post = async (body) => {
    const answer = await caller.call('POST', '/v1/submissions?wait=committed', body);
    if (answer.status !== 201) throw new Error(`answer ${answer.status}: ${answer.body.slice(0, 500)}`);
  };
  return drive(
    bodies.map((body) => () => post(body)),
    concurrency,
  );
}

const row = (what, concurrency, records, result, bareRate) => [
  what,
  concurrency,
  result.count,
  whole(result.perSecond * records),
  fine(result.p50),
  fine(result.p95),
  bareRate === undefined ? '' : `${fine((result.perSecond * records) / bareRate)} ×`,
];

async function measure(ledgers, caller, ledger) {
  await bare(ledgers, 'warm', 200, 32);
  const rows = [];
  const bareLone = await bare(ledgers, 'a', 30, 1);
  const before = await bare(ledgers, 'b', 1000, 64);
  await ours(caller, ledger, { name: 'w', submissions: 300, records: 1, concurrency: 32 });
  const plan = [
    { name: 'lone', submissions: 30, records: 1, concurrency: 1 },
    { name: 'one', submissions: 2000, records: 1, concurrency: 64 },
    { name: 'many', submissions: 4000, records: 1, concurrency: 256 },
    { name: 'fifty', submissions: 200, records: 50, concurrency: 8 },
    { name: 'twohundred', submissions: 80, records: 200, concurrency: 8 },
    { name: 'thousand', submissions: 24, records: 1000, concurrency: 8 },
  ];
  const results = [];
  for (const step of plan) results.push([step, await ours(caller, ledger, step)]);
  const after = await bare(ledgers, 'c', 1000, 64);
  const rate = (before.perSecond + after.perSecond) / 2;
  rows.push(row('bare put, one in a transaction', 1, 1, bareLone));
  rows.push(row('bare put, one in a transaction, before', 64, 1, before), row('the same, after', 64, 1, after));
  for (const [{ records, concurrency }, result] of results) {
    rows.push(row(`signed submissions of ${whole(records)}, all checks on`, concurrency, records, result, rate));
  }
  table(
    'On this network, in one run',
    ['what', 'concurrency', 'submissions', 'records per second', 'p50 ms', 'p95 ms', 'of the bare rate'],
    rows,
  );
}

/**
 * The bench founds a ledger of its own and measures on it. On a channel that has one, its bundle would take the place of the
 * contract in force before anything is found out: so that is asked first.
 */
async function assertNoLedger(ledgers) {
  const [first] = ledgers;
  const info = await first.evaluate({ name: 'info' }).then(
    () => undefined,
    (error) => error,
  );
  if (info?.code === 'NOT_READY') return;
  if (info === undefined)
    throw new CannotBench(
      'The channel has a ledger already; nothing was changed.',
      'Use a network of its own: --state DIR.',
    );
  throw new CannotBench(`The contract does not answer: ${info.message}`, 'npm run network:status says why.');
}

export class CannotBench extends Error {
  constructor(message, remedy) {
    super(message);
    this.remedy = remedy;
  }
}

/** The bundle that was deployed, kept under its digest. */
function bundleInForce(state) {
  const { bundleSha256 } = JSON.parse(readFileSync(join(state, 'packages', 'deployment.json'), 'utf8'));
  return join(state, 'packages', `${bundleSha256}.cjs`);
}

/** Rejects when the bench is told to stop; the contract that was in force is brought back all the same. */
function interrupted() {
  return new Promise((_resolve, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'])
      process.on(signal, () => {
        reject(new Error(`stopped by ${signal}`));
      });
  });
}

async function benchOn(ledgers, profiles, folder) {
  const service = await startService(join(folder, 'gateway'), [
    '--fabric',
    join(profiles, 'Regulator.json'),
    '--cosign-interval',
    '0',
  ]);
  const caller = new Caller(service.url);
  try {
    await run(['import', 'plant-year', sample, '--trial-keys', '--url', service.url]);
    const { ledger, organisation } = JSON.parse((await caller.call('GET', '/v1/ledger')).body);
    await registerMarket(ledger, [organisation], async (body) => {
      const answer = await caller.call('POST', '/v1/submissions?wait=committed', body);
      if (answer.status !== 201) throw new Error(`answer ${answer.status}: ${answer.body.slice(0, 500)}`);
    });
    await measure(ledgers, caller, ledger);
  } finally {
    caller.close();
    await service.stop();
  }
}

/**
 * Upgrades the network to a bundle with a contract that only puts, measures, and brings back what was in force before,
 * whatever happens on the way.
 * @param {string} state folder of a network that is up and has the contract in force, and no ledger
 * @throws CannotBench before anything was changed
 */
export async function benchFabric(state) {
  const folder = mkdtempSync(join(tmpdir(), 'carbon-ledger-bench-'));
  const profiles = join(state, 'profiles');
  const ledgers = await organisations(profiles);
  try {
    await assertNoLedger(ledgers);
    const before = bundleInForce(state);
    console.log(
      `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}; network, gateway and client on the same cores; level: committed`,
    );
    const bundle = join(folder, 'bench.cjs');
    node(join(root, 'chaincode', 'build.mjs'), join(root, 'chaincode', 'bench', 'bare-server.mjs'), bundle);
    const stopped = interrupted();
    stopped.catch(() => undefined);
    try {
      deploy(state, bundle);
      await Promise.race([benchOn(ledgers, profiles, folder), stopped]);
    } finally {
      deploy(state, before);
    }
  } finally {
    for (const one of ledgers) await one.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
