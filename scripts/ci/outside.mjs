// The service and the command line as somebody has them who knows them from outside: as processes, in a temporary folder.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../lib/prepare.mjs';

const START_LIMIT_MS = 180_000;

export const work = mkdtempSync(path.join(tmpdir(), 'carbon-ledger-story-'));
let running;

// However this ends, neither the service nor its folder is left behind.
process.once('exit', () => {
  try {
    if (running?.child.pid !== undefined && !running.closed) process.kill(-running.child.pid, 'SIGKILL');
  } finally {
    rmSync(work, { recursive: true, force: true, maxRetries: 10 });
  }
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

/** Where the service answers that was started last; nobody does there once it is stopped. */
export function serviceUrl() {
  return running?.url ?? '';
}

/** Starts the service as its own process group and resolves when it has printed that it stands. */
export function startService(command, ...args) {
  const env = { ...process.env, PORT: '0', DATA_DIR: path.join(work, 'data'), NO_COLOR: '1' };
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const service = {
    child,
    stdout: '',
    stderr: '',
    url: '',
    closed: false,
    ended: new Promise((done) => child.once('close', done)),
  };
  running = service;
  void service.ended.then(() => (service.closed = true));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`npm start did not stand after ${START_LIMIT_MS} ms: ${service.stderr}`)),
      START_LIMIT_MS,
    );
    child.stderr.on('data', (chunk) => (service.stderr += chunk));
    child.stdout.on('data', (chunk) => {
      service.stdout += chunk;
      const found = /^Running at (http:\/\/\S+)/m.exec(service.stdout);
      if (found === null) return;
      clearTimeout(timer);
      service.url = found[1];
      resolve(service);
    });
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}: ${service.stdout}${service.stderr}`)));
  });
}

/** The signal goes to the whole process group, as Ctrl-C does on a terminal. Gives the exit code once all of it has ended. */
export async function stopService(service, signal) {
  process.kill(-service.child.pid, signal);
  return service.ended;
}

export function carbonLedger(...args) {
  return program(path.join(root, 'cli', 'bin', 'carbon-ledger.js'), ...args);
}

/** Runs a file with Node to its end. */
export function program(file, ...args) {
  const env = { ...process.env, CARBON_LEDGER_URL: serviceUrl(), NO_COLOR: '1', HOME: work };
  const child = spawn(process.execPath, [file, ...args], {
    cwd: work,
    env,
  });
  const result = { code: -1, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (result.stdout += chunk));
  child.stderr.on('data', (chunk) => (result.stderr += chunk));
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ ...result, code }));
  });
}

/** The answer of a command that must end with this exit code. */
export async function json(expectedCode, ...args) {
  const result = await carbonLedger(...args, '--json');
  if (result.code !== expectedCode) {
    throw new Error(
      `${args.join(' ')}: exit code ${result.code}, expected ${expectedCode}: ${result.stdout} ${result.stderr}`.slice(
        0,
        2000,
      ),
    );
  }
  return JSON.parse(result.stdout || result.stderr);
}

export async function logSize() {
  return (await json(0, 'status')).logSize;
}
