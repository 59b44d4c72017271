import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** `carbon-ledger serve --fabric` in a process of its own, to be killed. */
export class GatewayProcess {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  /** @param more further settings; that the ledger is a trial is told always */
  static async start(profile: string, dataDir: string, more: readonly string[] = []): Promise<GatewayProcess> {
    const program = join(process.cwd(), 'cli', 'bin', 'carbon-ledger.js');
    const args = [
      program,
      'serve',
      '--fabric',
      profile,
      '--data',
      dataDir,
      '--port',
      '0',
      '--trial',
      '--log-level',
      'fatal',
      ...more,
    ];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface(child.stdout)) {
      const url = /^Running at (\S+)/.exec(line)?.[1];
      if (url !== undefined) return new GatewayProcess(child, url);
    }
    throw new Error('the gateway ended before it served');
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks it to stop; resolves with its exit code. */
  async interrupt(): Promise<number | null> {
    return this.#end('SIGINT');
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.#child.exitCode !== null) return this.#child.exitCode;
    const ended = once(this.#child, 'exit') as Promise<[number | null]>;
    this.#child.kill(signal);
    return (await ended)[0];
  }
}
