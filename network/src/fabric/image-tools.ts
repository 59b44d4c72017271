import { NetworkError } from '../errors';
import { runCommand, type CommandOptions, type CommandResult } from '../runtime/command';
import type { DockerEngine } from '../runtime/docker-engine';
import { PathTools, versionFault, type FabricTools, type Tool } from './tools';

/**
 * Fabric's programs from a tools image, for machines that do not have them on PATH. Each call is a container that sees
 * the network's state folder under its own path and the machine's loopback, and is gone afterwards.
 */
class ImageTools implements FabricTools {
  readonly #image: string;
  readonly #stateRoot: string;

  constructor(image: string, stateRoot: string) {
    this.#image = image;
    this.#stateRoot = stateRoot;
  }

  run(tool: Tool, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    const env = Object.entries(options.env ?? {}).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
    const folder = ['--volume', `${this.#stateRoot}:${this.#stateRoot}`, '--workdir', this.#stateRoot];
    // As whoever ran the verb: what the tools write must be theirs.
    const user = ['--user', `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`];
    const container = ['run', '--rm', '--network', 'host', ...user, ...folder, ...env, this.#image];
    return runCommand('docker', [...container, tool, ...args]);
  }

  async check(tools: readonly Tool[], release: string): Promise<readonly string[]> {
    const faults = await Promise.all(tools.map((tool) => versionFault(this, tool, release, `image ${this.#image}`)));
    return faults.filter((fault) => fault !== undefined);
  }
}

/** Takes what is on PATH, and the tools image where nothing is; which of the two is decided at the first use. */
export class PathOrImageTools implements FabricTools {
  readonly #engine: DockerEngine;
  readonly #image: string;
  readonly #stateRoot: string;
  #chosen: Promise<FabricTools> | undefined;

  constructor(engine: DockerEngine, image: string, stateRoot: string) {
    this.#engine = engine;
    this.#image = image;
    this.#stateRoot = stateRoot;
  }

  async run(tool: Tool, args: readonly string[], options?: CommandOptions): Promise<CommandResult> {
    return (await this.#choose()).run(tool, args, options);
  }

  async check(tools: readonly Tool[], release: string): Promise<readonly string[]> {
    return (await this.#choose()).check(tools, release);
  }

  #choose(): Promise<FabricTools> {
    this.#chosen ??= this.#decide();
    return this.#chosen;
  }

  async #decide(): Promise<FabricTools> {
    const onPath = await runCommand('peer', ['version']).catch(() => undefined);
    if (onPath !== undefined) return new PathTools();
    if (await this.#engine.hasImage(this.#image)) return new ImageTools(this.#image, this.#stateRoot);
    throw new NetworkError(
      `Fabric's programs are neither on PATH nor in an image ${this.#image}.`,
      'Put the release archive’s bin/ on PATH, or build the image: see network/docker/tools.Dockerfile.',
    );
  }
}
