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

/** Images that hold Fabric's programs: our own of the tools, and the official one of the CA with its client. */
export interface ToolImages {
  readonly tools: string;
  readonly authority: string;
}

/** Takes each program from PATH, and from an image where it is not; decided once for each, at its first use. */
export class PathOrImageTools implements FabricTools {
  readonly #engine: DockerEngine;
  readonly #images: ToolImages;
  readonly #stateRoot: string;
  readonly #chosen = new Map<Tool, Promise<FabricTools>>();

  constructor(engine: DockerEngine, images: ToolImages, stateRoot: string) {
    this.#engine = engine;
    this.#images = images;
    this.#stateRoot = stateRoot;
  }

  async run(tool: Tool, args: readonly string[], options?: CommandOptions): Promise<CommandResult> {
    return (await this.#choose(tool)).run(tool, args, options);
  }

  async check(tools: readonly Tool[], release: string): Promise<readonly string[]> {
    const faults = await Promise.all(tools.map(async (tool) => (await this.#choose(tool)).check([tool], release)));
    return faults.flat();
  }

  #choose(tool: Tool): Promise<FabricTools> {
    const chosen = this.#chosen.get(tool) ?? this.#decide(tool);
    this.#chosen.set(tool, chosen);
    return chosen;
  }

  async #decide(tool: Tool): Promise<FabricTools> {
    const onPath = await runCommand(tool, ['--help']).catch(() => undefined);
    if (onPath !== undefined) return new PathTools();
    const image = tool === 'fabric-ca-client' ? this.#images.authority : this.#images.tools;
    if (await this.#engine.hasImage(image)) return new ImageTools(image, this.#stateRoot);
    throw new NetworkError(
      `${tool} is neither on PATH nor in an image ${image}.`,
      'Put the release archive’s bin/ on PATH, or see network/README.md for the images.',
    );
  }
}
