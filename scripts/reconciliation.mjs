// Reconciles generated files of a day with generated facts of a ledger, as the command line does, and tells what it takes. Run after a build:
// npm run reconciliation:day [-- --rows 100000 --facts 1000000 --pdf]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { placesIn, writeDay } from './lib/reconciliation-day.mjs';

const require = createRequire(import.meta.url);
const own = fileURLToPath(import.meta.url);
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    facts: { type: 'string', default: '1000000' },
    pdf: { type: 'boolean', default: false },
    write: { type: 'string' },
    run: { type: 'string' },
  },
});

/** A process of its own for each step, so that the memory of one is not counted with the other. */
function step(name, folder) {
  const more = ['--rows', values.rows, '--facts', values.facts, ...(values.pdf ? ['--pdf'] : [])];
  const { status } = spawnSync(process.execPath, [...process.execArgv, own, `--${name}`, folder, ...more], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`the step ${name} ended with ${String(status)}`);
}

async function reconcile(folder) {
  const { runCli } = require('../cli/dist/program.js');
  const { processIo } = require('../cli/dist/process-io.js');
  const { cancellations, bookings, facts } = placesIn(folder);
  const out = (name) => path.join(folder, name);
  const reports = [
    '-o',
    out('report.json'),
    '--xlsx',
    out('report.xlsx'),
    ...(values.pdf ? ['--pdf', out('report.pdf')] : []),
  ];
  const started = performance.now();
  const code = await runCli(
    [
      ...['reconcile', '--ccer', cancellations, '--allowance', bookings, '--facts', facts],
      ...['--year', '2024', '--as-of', '2025-12-04', ...reports],
    ],
    processIo(),
  );
  // 1: the generated files have faults, as they should.
  if (code !== 1) throw new Error(`reconcile ended with ${String(code)}`);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage();
  const sizes = reports
    .filter((one) => one.startsWith(folder))
    .map((file) => `${path.extname(file).slice(1)} ${Math.round(statSync(file).size / 1e6)} MB`);
  process.stdout.write(`${values.rows} rows against ${values.facts} facts; reports: ${sizes.join(', ')}
${seconds.toFixed(1)} s, CPU ${((user + system) / 1e6).toFixed(1)} s; most memory ${Math.round(process.resourceUsage().maxRSS / 1000)} MB
${os.cpus().length} × ${os.cpus()[0]?.model}, Node ${process.version}, load ${os.loadavg()[0].toFixed(1)}
`);
}

async function main() {
  if (values.write !== undefined) {
    await writeDay(require('../core/dist'), values.write, { rows: Number(values.rows), facts: Number(values.facts) });
    return;
  }
  if (values.run !== undefined) {
    await reconcile(values.run);
    return;
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'reconciliation-'));
  try {
    step('write', folder);
    step('run', folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
