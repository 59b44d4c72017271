import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Io } from '../io';
import { runCli } from '../program';

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line inside the test's process, without a terminal, with a fixed clock. Its home is not there: give one to what writes. */
export async function runInProcess(argv: readonly string[], settings: Partial<Io> = {}): Promise<CliResult> {
  const written = { stdout: '', stderr: '' };
  const io: Io = {
    stdout: { write: (text: string) => (written.stdout += text) },
    stderr: { write: (text: string) => (written.stderr += text) },
    env: {},
    homeDir: path.join(tmpdir(), 'home'),
    signal: new AbortController().signal,
    now: () => new Date('2026-01-02T03:04:05.678Z'),
    // The process is the test runner's: whatever else it runs would pay.
    keepHeapSmall: () => undefined,
    ask: undefined,
    askSecret: undefined,
    ...settings,
  };
  const code = await runCli(argv, io);
  return { code, ...written };
}
