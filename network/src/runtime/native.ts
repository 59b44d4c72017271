import { freemem } from 'node:os';
import { join } from 'node:path';
import { nodeCommand } from '../config/compose';
import { nodeEnvironment } from '../config/environment';
import { allNodes, listeningPorts, type Layout, type RunnableNode, type StatePaths } from '../layout';
import { followFiles } from './follow';
import { pollUntil } from './poll';
import { isListening, takenPorts } from './ports';
import { ProcessTable, type ProcessSpec } from './processes';
import type { ChaincodeService, NodeState, Runtime } from './runtime';
import { serviceEnvironment } from './service-environment';

/** Enough for four orderers, five peers and five services after some load; fresh they take a third of it. */
export const WANTED_MEMORY_BYTES = 1.5 * 1024 ** 3;

/** Orderers, peers and chaincode services as plain processes on loopback, from programs found on PATH. Linux only. */
export class NativeRuntime implements Runtime {
  readonly #layout: Layout;
  readonly #state: StatePaths;
  readonly #processes: ProcessTable;

  constructor(layout: Layout, state: StatePaths) {
    this.#layout = layout;
    this.#state = state;
    this.#processes = new ProcessTable(state.run, state.logs);
  }

  async preflight(): Promise<readonly string[]> {
    const faults: string[] = [];
    if (process.platform !== 'linux') faults.push('--native needs Linux; use Docker on this system.');
    if (freemem() < WANTED_MEMORY_BYTES) faults.push('Less than 1.5 GiB of memory is free.');
    const nodes = allNodes(this.#layout);
    const stopped = nodes.filter((node) => this.#processes.pid(node.id) === undefined);
    for (const port of await takenPorts(stopped.flatMap(listeningPorts))) {
      faults.push(
        `Port ${port} is taken; end what listens there (ss -ltnp 'sport = :${port}') or change topology.yaml.`,
      );
    }
    return faults;
  }

  startNodes(nodes: readonly RunnableNode[]): Promise<void> {
    for (const node of nodes) this.#processes.start(this.#nodeSpec(node));
    return Promise.resolve();
  }

  startServices(services: readonly ChaincodeService[]): Promise<void> {
    for (const service of services) this.#processes.start(this.#serviceSpec(service));
    return Promise.resolve();
  }

  async awaitServices(services: readonly ChaincodeService[]): Promise<void> {
    await Promise.all(
      services.map((service) =>
        pollUntil(async () => ((await isListening(service.port)) ? true : undefined), {
          timeoutMs: 30_000,
          what: `${service.id} to listen`,
          remedy: `Read its log: npm run network:logs -- ${service.id}`,
        }),
      ),
    );
  }

  state(id: string): Promise<NodeState> {
    if (this.#processes.pid(id) === undefined) return Promise.resolve('stopped');
    return Promise.resolve(this.#processes.isPaused(id) ? 'paused' : 'running');
  }

  memory(id: string): Promise<number | undefined> {
    return Promise.resolve(this.#processes.memory(id));
  }

  stop(ids: readonly string[]): Promise<void> {
    return this.#processes.stop(ids);
  }

  kill(id: string): Promise<void> {
    return this.#processes.kill(id);
  }

  pause(id: string): Promise<void> {
    this.#processes.signal(id, 'SIGSTOP');
    return Promise.resolve();
  }

  resume(id: string): Promise<void> {
    this.#processes.signal(id, 'SIGCONT');
    return Promise.resolve();
  }

  down(): Promise<void> {
    return this.#processes.stop(this.#processes.ids());
  }

  logs(ids: readonly string[], lines: number, follow: boolean): Promise<void> {
    const files = ids.map((id) => ({ id, file: this.#processes.logFile(id) }));
    return followFiles(files, lines, follow);
  }

  #nodeSpec(node: RunnableNode): ProcessSpec {
    const [program, ...args] = nodeCommand(node.kind);
    return {
      id: node.id,
      program,
      args,
      env: nodeEnvironment(this.#layout, this.#state, node),
      cwd: join(this.#state.data, node.id),
    };
  }

  #serviceSpec(service: ChaincodeService): ProcessSpec {
    return {
      id: service.id,
      program: process.execPath,
      args: [service.bundle],
      env: serviceEnvironment(service, '127.0.0.1', service),
      cwd: this.#state.packages,
    };
  }
}
