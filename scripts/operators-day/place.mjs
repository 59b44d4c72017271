// Where the day takes place: a temporary folder with the settings, certificates, data and backups of one operator, and the
// commands that an operator would type, each a process of its own.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../lib/prepare.mjs';

const program = path.join(root, 'cli', 'bin', 'carbon-ledger.js');
const LOOK_MS = 50;

const home = mkdtempSync(path.join(tmpdir(), 'operators-day-'));
export const at = (...parts) => path.join(home, ...parts);
const running = new Set();

for (const folder of ['tls', 'backups', 'away']) mkdirSync(at(folder));

// However this ends, neither a process nor the folder is left behind.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true, maxRetries: 10 });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

/** None of the caller's settings come along. */
function environment() {
  const foreign = /^(CARBON_LEDGER_|PORT$|DATA_DIR$|NODE_EXTRA_CA_CERTS$)/;
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(own), NODE_EXTRA_CA_CERTS: at('tls', 'authority.pem'), NO_COLOR: '1', HOME: home };
}

function begin(args) {
  const child = spawn(process.execPath, [program, ...args], { cwd: home, env: environment() });
  const one = { child, stdout: '', stderr: '', isOver: false };
  child.stdout.on('data', (text) => (one.stdout += text));
  child.stderr.on('data', (text) => (one.stderr += text));
  running.add(child);
  one.ended = new Promise((resolve) => {
    child.once('close', (code) => {
      running.delete(child);
      one.isOver = true;
      resolve(code);
    });
  });
  return one;
}

/** Runs a command to its end. */
export async function carbonLedger(...args) {
  const one = begin(args);
  const code = await one.ended;
  return { code, stdout: one.stdout, stderr: one.stderr };
}

/** What a command says that must succeed; JSON where it was asked for. */
export async function must(...args) {
  const { code, stdout, stderr } = await carbonLedger(...args);
  if (code !== 0) throw new Error(`carbon-ledger ${args.join(' ')}: exit ${code}: ${stderr}${stdout}`);
  return args.includes('--json') ? JSON.parse(stdout) : stdout;
}

/** Waits until something is so, while the service that it is asked of stands. */
export async function until(what, service, isSo) {
  for (;;) {
    const value = await isSo();
    if (value) return value;
    if (service.isOver) throw new Error(`${what}: the service ended: ${service.stderr}`);
    await pause(LOOK_MS);
  }
}

/** Starts a service and waits until it says that it stands. */
export async function startService(...args) {
  const service = begin(['serve', '--json', '--config', at('settings.yaml'), ...args]);
  const { url } = await until('start', service, () =>
    service.stdout.endsWith('}\n') ? JSON.parse(service.stdout) : undefined,
  );
  return Object.assign(service, { url });
}

export async function stopService(service, signal = 'SIGTERM') {
  service.child.kill(signal);
  return service.ended;
}
