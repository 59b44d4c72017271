import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { NetworkError } from '../errors';
import { pollUntil } from './poll';

export interface ProcessSpec {
  readonly id: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** A log is set aside at the next start once it is larger than this; one older log is kept. */
const LOG_LIMIT_BYTES = 20 * 1024 * 1024;

/** Field of /proc/PID/stat after the command's closing parenthesis (proc(5)): state is the first, start time the 20th. */
const STAT_STATE = 0;
const STAT_START_TIME = 19;

/**
 * Long-lived processes that outlive the verb that started them. Each has a file with its pid and start time,
 * so that a pid which the system gave to another program meanwhile is never signalled.
 */
export class ProcessTable {
  readonly #runDir: string;
  readonly #logDir: string;

  constructor(runDir: string, logDir: string) {
    this.#runDir = runDir;
    this.#logDir = logDir;
  }

  logFile(id: string): string {
    return join(this.#logDir, `${id}.log`);
  }

  ids(): string[] {
    if (!existsSync(this.#runDir)) return [];
    const files = readdirSync(this.#runDir).filter((file) => file.endsWith('.pid'));
    return files.map((file) => file.slice(0, -'.pid'.length)).sort();
  }

  /** The pid, when the process that was started here still lives. */
  pid(id: string): number | undefined {
    const file = this.#pidFile(id);
    if (!existsSync(file)) return undefined;
    const [pid = NaN, startTime = ''] = readFileSync(file, 'utf8')
      .split(' ')
      .map((part, index) => (index === 0 ? Number(part) : part.trim())) as [number?, string?];
    const stat = readStat(pid);
    return stat !== undefined && stat[STAT_START_TIME] === startTime && stat[STAT_STATE] !== 'Z' ? pid : undefined;
  }

  isPaused(id: string): boolean {
    const pid = this.pid(id);
    return pid !== undefined && readStat(pid)?.[STAT_STATE] === 'T';
  }

  start(spec: ProcessSpec): void {
    if (this.pid(spec.id) !== undefined) return;
    mkdirSync(this.#runDir, { recursive: true });
    mkdirSync(this.#logDir, { recursive: true });
    mkdirSync(spec.cwd, { recursive: true });
    const log = this.#openLog(spec.id);
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...spec.env };
    const child = spawn(spec.program, spec.args, { cwd: spec.cwd, env, detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    child.on('error', () => undefined);
    child.unref();
    if (child.pid === undefined) {
      throw new NetworkError(`${spec.program} could not be started`, `Put ${spec.program} on PATH.`);
    }
    writeFileSync(this.#pidFile(spec.id), `${child.pid} ${readStat(child.pid)?.[STAT_START_TIME] ?? ''}\n`);
  }

  signal(id: string, signal: NodeJS.Signals): void {
    const pid = this.pid(id);
    if (pid !== undefined) process.kill(pid, signal);
  }

  /** SIGTERM, and SIGKILL for what has not ended after ten seconds. */
  async stop(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      this.signal(id, 'SIGCONT');
      this.signal(id, 'SIGTERM');
    }
    await Promise.all(ids.map((id) => this.#ended(id, 10_000).catch(() => this.kill(id))));
    for (const id of ids) rmSync(this.#pidFile(id), { force: true });
  }

  async kill(id: string): Promise<void> {
    this.signal(id, 'SIGKILL');
    await this.#ended(id, 10_000);
    rmSync(this.#pidFile(id), { force: true });
  }

  /** Resident set in bytes (VmRSS of proc(5)). */
  memory(id: string): number | undefined {
    const pid = this.pid(id);
    if (pid === undefined) return undefined;
    const match = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return match?.[1] === undefined ? undefined : Number(match[1]) * 1024;
  }

  async #ended(id: string, timeoutMs: number): Promise<void> {
    await pollUntil(() => Promise.resolve(this.pid(id) === undefined ? true : undefined), {
      timeoutMs,
      intervalMs: 20,
      what: `${id} to end`,
      remedy: `See who holds it: ps -p $(cut -d' ' -f1 ${this.#pidFile(id)})`,
    });
  }

  #openLog(id: string): number {
    const file = this.logFile(id);
    if (existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
    return openSync(file, 'a');
  }

  #pidFile(id: string): string {
    return join(this.#runDir, `${id}.pid`);
  }
}

function readStat(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
