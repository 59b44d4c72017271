import { spawn } from 'node:child_process';
import { messageOf, NetworkError } from '../errors';

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Ends the command after so many milliseconds; 60,000 unless told. */
  readonly timeoutMs?: number;
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end and returns what it said, whatever its exit code. Rejects when it cannot be started. */
export function runCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...options.env },
      cwd: options.cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // Not spawn's own `timeout`: its timer outlives a program that could not be started.
    const timer = setTimeout(() => child.kill(), options.timeoutMs ?? 60_000);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (cause) => {
      clearTimeout(timer);
      reject(
        new NetworkError(`${program} could not be started: ${messageOf(cause)}`, `Put ${program} on PATH.`, { cause }),
      );
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({
        code: code ?? -1,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      });
    });
  });
}

/** Like `runCommand`, and an exit code other than 0 is an error that quotes the end of what the program said. */
export async function runOrThrow(
  program: string,
  args: readonly string[],
  remedy: string,
  options: CommandOptions = {},
): Promise<CommandResult> {
  const result = await runCommand(program, args, options);
  if (result.code === 0) return result;
  const said = lastLines(`${result.stdout}\n${result.stderr}`, 8);
  throw new NetworkError(`${program} ${args.slice(0, 3).join(' ')} failed (exit ${result.code}):\n${said}`, remedy);
}

export function lastLines(text: string, count: number): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-count).join('\n');
}
