import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../cli/bin/carbon-ledger.js', import.meta.url));

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Runs a command of carbon-ledger to its end and gives its standard output. */
export function run(args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (err += chunk));
    child.on('close', (code) =>
      code === 0 ? resolve(out) : reject(new Error(`carbon-ledger ${args.join(' ')} ended with ${code}\n${err}`)),
    );
  });
}

async function ready(url, child) {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the service ended with ${child.exitCode}`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** MiB that a line of /proc/PID/status tells. */
function memory(pid, line) {
  const pattern = new RegExp(`${line}:\\s+(\\d+)`);
  return Number(pattern.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

const TICKS_A_SECOND = 100;

/** Processor time of all threads of a process, in milliseconds; 0 where the system does not tell. */
function cpuMillis(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_A_SECOND;
  } catch {
    return 0;
  }
}

/** Starts a trial ledger in a folder, `more` being further arguments; `rss()` is the memory of the service, gateway and peer, in MiB, `peakRss()` the most it ever had. */
export async function startService(folder, more = []) {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, [cli, 'serve', '--trial', '--data', folder, '--port', String(port), ...more], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, LOG_LEVEL: 'warn' },
  });
  const url = `http://127.0.0.1:${port}`;
  await ready(url, child);
  return {
    url,
    startMillis: performance.now() - started,
    cpuMillis: () => cpuMillis(child.pid),
    rss: () => memory(child.pid, 'VmRSS'),
    peakRss: () => memory(child.pid, 'VmHWM'),
    stop: () =>
      new Promise((resolve) => {
        child.once('close', resolve);
        child.kill('SIGTERM');
      }),
  };
}
