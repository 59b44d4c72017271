import { spawn } from 'node:child_process';
import { NetworkError } from '../errors';
import { runCommand, runOrThrow, type CommandOptions, type CommandResult } from './command';

const REMEDY = 'Look at `docker ps -a` and `npm run network:logs`.';

/** Compose 2 is a part of `docker`, compose 1 a program of its own; both read our files. */
export type ComposeCommand = readonly [program: string, ...args: string[]];

/** The docker command line, as far as the network needs it. */
export class DockerEngine {
  #compose: Promise<ComposeCommand | undefined> | undefined;

  run(args: readonly string[], options?: CommandOptions): Promise<CommandResult> {
    return runOrThrow('docker', args, REMEDY, options);
  }

  /** Version of the engine; undefined when none answers. */
  async version(): Promise<string | undefined> {
    const result = await runCommand('docker', ['version', '--format', '{{.Server.Version}}']).catch(() => undefined);
    return result?.code === 0 ? result.stdout.trim() : undefined;
  }

  findCompose(): Promise<ComposeCommand | undefined> {
    this.#compose ??= detectCompose();
    return this.#compose;
  }

  async compose(args: readonly string[]): Promise<CommandResult> {
    const [program, ...prefix] = await this.#requireCompose();
    return runOrThrow(program, [...prefix, ...args], REMEDY, { timeoutMs: 300_000 });
  }

  /** Runs compose with the terminal as its own, until it ends. */
  async composeAttached(args: readonly string[]): Promise<void> {
    const [program, ...prefix] = await this.#requireCompose();
    await new Promise<void>((resolve) => {
      spawn(program, [...prefix, ...args], { stdio: 'inherit' }).on('close', () => {
        resolve();
      });
    });
  }

  async hasImage(image: string): Promise<boolean> {
    return (await runCommand('docker', ['image', 'inspect', image])).code === 0;
  }

  /** `running`, `paused`, `exited` …; undefined when there is no such container. */
  async containerStatus(id: string): Promise<string | undefined> {
    const result = await runCommand('docker', ['inspect', '--type', 'container', '-f', '{{.State.Status}}', id]);
    return result.code === 0 ? result.stdout.trim() : undefined;
  }

  async #requireCompose(): Promise<ComposeCommand> {
    const compose = await this.findCompose();
    if (compose === undefined)
      throw new NetworkError('There is no docker compose.', 'Install compose 2 or compose 1.29.');
    return compose;
  }
}

async function detectCompose(): Promise<ComposeCommand | undefined> {
  const candidates: ComposeCommand[] = [['docker', 'compose'], ['docker-compose']];
  for (const candidate of candidates) {
    const [program, ...args] = candidate;
    const result = await runCommand(program, [...args, 'version', '--short']).catch(() => undefined);
    if (result?.code === 0) return candidate;
  }
  return undefined;
}

/** `12.5MiB / 23GiB` as bytes. */
export function parseMemory(usage: string): number | undefined {
  const match = /^([\d.]+)\s*(B|KiB|MiB|GiB)/.exec(usage);
  const factors: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };
  const factor = factors[match?.[2] ?? ''];
  return match?.[1] === undefined || factor === undefined ? undefined : Number(match[1]) * factor;
}
