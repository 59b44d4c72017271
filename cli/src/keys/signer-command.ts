import { spawn } from 'node:child_process';
import { failed } from './signature-forms';

/** Somebody may have to find a token and type its PIN. */
const PATIENCE_MS = 180_000;
/** A public key or a signature is far shorter. */
const MOST_BYTES = 4096;

export interface CommandSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly patienceMs?: number;
}

/**
 * Runs a signer command with words of ours behind its own, and gives what it prints. It is the user's own shell command;
 * what we add are fixed words and hex. It may ask for a PIN on the terminal.
 * @throws LedgerError SIGNER_FAILED
 */
export function runSigner(
  command: string,
  words: readonly string[],
  { env, signal, patienceMs = PATIENCE_MS }: CommandSurroundings,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn([command, ...words].join(' '), {
      shell: true,
      stdio: ['inherit', 'pipe', 'inherit'],
      env: { ...env },
      signal,
      timeout: patienceMs,
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (printed.length <= MOST_BYTES) printed += text;
    });
    child.on('error', (cause) => {
      reject(failed(`it was stopped: ${cause.message}`, cause));
    });
    // What a killed shell had started may hold the pipe open for long: nobody waits for that.
    child.on('exit', (_, killed) => {
      if (killed === null) return;
      child.stdout.destroy();
      reject(failed(`it did not answer within ${String(patienceMs / 1000)} s (${killed})`));
    });
    child.on('close', (code) => {
      if (code !== 0) reject(failed(`it ended with exit code ${String(code)} (what it says stands above)`));
      else if (printed.length > MOST_BYTES) reject(failed('it prints more than a key or a signature'));
      else resolve(printed);
    });
  });
}
