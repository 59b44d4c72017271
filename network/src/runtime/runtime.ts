import type { RunnableNode } from '../layout';

export type NodeState = 'running' | 'paused' | 'stopped';

/** A chaincode service about to run: where, as what, with which code and certificates (paths on this machine). */
export interface ChaincodeService {
  readonly id: string;
  readonly port: number;
  readonly packageId: string;
  readonly slot: 0 | 1;
  readonly bundle: string;
  readonly bundleSha256: string;
  readonly tlsCertificate: string;
  readonly tlsKey: string;
  readonly clientRoots: string;
}

/**
 * What starts and stops the nodes: containers or plain processes. Every method is idempotent:
 * starting what runs and stopping what does not are no errors.
 * `start*` return when the node was started, not when it is ready.
 */
export interface Runtime {
  /** Everything that stands in the way of `up`, in words; empty when nothing does. */
  preflight(): Promise<readonly string[]>;
  startNodes(nodes: readonly RunnableNode[]): Promise<void>;
  startServices(services: readonly ChaincodeService[]): Promise<void>;
  /** Waits until the services accept connections. */
  awaitServices(services: readonly ChaincodeService[]): Promise<void>;
  state(id: string): Promise<NodeState>;
  /** Resident memory in bytes, undefined when it does not run. */
  memory(id: string): Promise<number | undefined>;
  stop(ids: readonly string[]): Promise<void>;
  /** Ends without notice, as a crash or a power cut would. */
  kill(id: string): Promise<void>;
  pause(id: string): Promise<void>;
  resume(id: string): Promise<void>;
  /** Stops every node and service; data stays. */
  down(): Promise<void>;
  /** The last lines of a node's log; with `follow`, goes on until interrupted. */
  logs(ids: readonly string[], lines: number, follow: boolean): Promise<void>;
}
