/** One thing that is wrong in the topology: where (`ordering.orderers[2].port`) and what. */
export interface TopologyFault {
  readonly path: string;
  readonly message: string;
}

/**
 * What a verb throws: what happened, and what a person does about it.
 * `remedy` is one sentence in the imperative, printed under the message.
 */
export class NetworkError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string, options: { readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'NetworkError';
    this.remedy = remedy;
  }
}

/** Every fault of a topology at once, so that a person corrects the file in one go. */
export class TopologyError extends NetworkError {
  readonly faults: readonly TopologyFault[];

  constructor(faults: readonly TopologyFault[]) {
    const lines = faults.map((fault) => `  ${fault.path || '(file)'}: ${fault.message}`);
    super(`The topology has ${String(faults.length)} fault(s):\n${lines.join('\n')}`, 'Correct topology.yaml.');
    this.name = 'TopologyError';
    this.faults = faults;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
