import { chownSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { nodeImages, servicesComposeFile } from '../config/compose';
import { allNodes, listeningPorts, type Layout, type RunnableNode, type StatePaths } from '../layout';
import { containerUser, formatUser } from './container-user';
import { DockerEngine, parseMemory } from './docker-engine';
import { ensureChaincodeImage } from './images';
import { WANTED_MEMORY_BYTES } from './native';
import { pollUntil } from './poll';
import { takenPorts } from './ports';
import type { ChaincodeService, NodeState, Runtime } from './runtime';

/** Orderers, peers and chaincode services as containers, through docker compose. */
export class DockerRuntime implements Runtime {
  readonly #layout: Layout;
  readonly #state: StatePaths;
  readonly #dockerFiles: string;
  readonly #engine: DockerEngine;
  #memory: Promise<ReadonlyMap<string, number>> | undefined;

  /** `dockerFiles`: the folder of chaincode.Dockerfile. */
  constructor(layout: Layout, state: StatePaths, dockerFiles: string, engine: DockerEngine = new DockerEngine()) {
    this.#layout = layout;
    this.#state = state;
    this.#dockerFiles = dockerFiles;
    this.#engine = engine;
  }

  async preflight(): Promise<readonly string[]> {
    if ((await this.#engine.version()) === undefined) {
      return [
        'No Docker engine answers (`docker version`): start one, or use --native with Fabric’s programs on PATH.',
      ];
    }
    const faults: string[] = [];
    if ((await this.#engine.findCompose()) === undefined)
      faults.push('Neither `docker compose` nor `docker-compose` is there.');
    if (freemem() < WANTED_MEMORY_BYTES) faults.push('Less than 1.5 GiB of memory is free.');
    return [...faults, ...(await this.#missingImages()), ...(await this.#takenPorts())];
  }

  async startNodes(nodes: readonly RunnableNode[]): Promise<void> {
    this.#handOver();
    await this.#up(nodes.map((node) => node.id));
  }

  async startServices(services: readonly ChaincodeService[]): Promise<void> {
    const [first] = services;
    if (first === undefined) return;
    const context = join(this.#state.packages, 'image');
    await ensureChaincodeImage(this.#engine, this.#layout, this.#dockerFiles, context, first);
    const file = this.#servicesFile(first.slot);
    writeFileSync(
      file,
      stringify(servicesComposeFile(this.#layout, services, formatUser(containerUser())), {
        aliasDuplicateObjects: false,
        lineWidth: 0,
      }),
    );
    this.#handOver();
    await this.#up(services.map((service) => service.id));
  }

  async awaitServices(services: readonly ChaincodeService[]): Promise<void> {
    await Promise.all(
      services.map((service) =>
        pollUntil(async () => ((await this.#listens(service)) ? true : undefined), {
          timeoutMs: 30_000,
          what: `${service.id} to listen`,
          remedy: `Read its log: npm run network:logs -- ${service.id}`,
        }),
      ),
    );
  }

  async state(id: string): Promise<NodeState> {
    const status = await this.#engine.containerStatus(id);
    if (status === 'running' || status === 'paused') return status;
    return 'stopped';
  }

  async memory(id: string): Promise<number | undefined> {
    this.#memory ??= this.#readMemory();
    return (await this.#memory).get(id);
  }

  async stop(ids: readonly string[]): Promise<void> {
    const present = await this.#present(ids);
    if (present.length > 0) await this.#engine.run(['stop', ...present]);
  }

  async kill(id: string): Promise<void> {
    if ((await this.state(id)) !== 'stopped') await this.#engine.run(['kill', id]);
  }

  async pause(id: string): Promise<void> {
    if ((await this.state(id)) === 'running') await this.#engine.run(['pause', id]);
  }

  async resume(id: string): Promise<void> {
    if ((await this.state(id)) === 'paused') await this.#engine.run(['unpause', id]);
  }

  /** `--volumes` takes away the empty volumes that the images declare; ours are folders and stay. */
  async down(): Promise<void> {
    if (!existsSync(this.#state.composeFile)) return;
    await this.#engine.compose([...this.#files(), 'down', '--volumes', '--remove-orphans']);
  }

  async logs(ids: readonly string[], lines: number, follow: boolean): Promise<void> {
    const options = ['--tail', String(lines), ...(follow ? ['--follow'] : [])];
    await this.#engine.composeAttached([...this.#files(), 'logs', ...options, ...ids]);
  }

  async #up(ids: readonly string[]): Promise<void> {
    await this.#engine.compose([...this.#files(), 'up', '--detach', '--no-deps', ...ids]);
  }

  #files(): string[] {
    const files = [this.#state.composeFile, this.#servicesFile(0), this.#servicesFile(1)].filter(existsSync);
    return ['--project-name', this.#layout.topology.name, ...files.flatMap((file) => ['--file', file])];
  }

  #servicesFile(slot: 0 | 1): string {
    return join(this.#state.packages, `docker-compose.chaincode-${slot}.yaml`);
  }

  async #missingImages(): Promise<string[]> {
    const images = nodeImages(this.#layout);
    const present = await Promise.all(images.map((image) => this.#engine.hasImage(image)));
    return images
      .filter((_, index) => !present[index])
      .map((image) => `Image ${image} is missing: docker pull ${image}, or load a bundle (npm run network:load).`);
  }

  async #takenPorts(): Promise<string[]> {
    const nodes = allNodes(this.#layout);
    const states = await Promise.all(nodes.map((node) => this.state(node.id)));
    const stopped = nodes.filter((_, index) => states[index] === 'stopped');
    const taken = await takenPorts(stopped.flatMap(listeningPorts));
    return taken.map((port) => `Port ${port} is taken; end what listens there or change topology.yaml.`);
  }

  async #present(ids: readonly string[]): Promise<string[]> {
    const states = await Promise.all(ids.map((id) => this.#engine.containerStatus(id)));
    return ids.filter((_, index) => states[index] !== undefined);
  }

  async #listens(service: ChaincodeService): Promise<boolean> {
    const probe = `require('net').connect(${service.port},'127.0.0.1').on('connect',()=>process.exit(0)).on('error',()=>process.exit(1))`;
    return this.#engine.run(['exec', service.id, 'node', '-e', probe]).then(
      () => true,
      () => false,
    );
  }

  async #readMemory(): Promise<ReadonlyMap<string, number>> {
    const { stdout } = await this.#engine.run(['stats', '--no-stream', '--format', '{{.Name}}\t{{.MemUsage}}']);
    const rows = stdout.split('\n').map((line) => line.split('\t'));
    return new Map(
      rows.flatMap(([name = '', usage = '']) => {
        const bytes = parseMemory(usage);
        return bytes === undefined ? [] : [[name, bytes] as const];
      }),
    );
  }

  /** Containers never run as root: started by root, the network's files are given to the containers' user. */
  #handOver(): void {
    if (process.getuid?.() !== 0) return;
    for (const folder of [this.#state.crypto, this.#state.config, this.#state.data, this.#state.packages]) {
      if (existsSync(folder)) chownTree(folder);
    }
  }
}

function chownTree(folder: string): void {
  const { uid, gid } = containerUser();
  chownSync(folder, uid, gid);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    chownSync(join(entry.parentPath, entry.name), uid, gid);
  }
}
