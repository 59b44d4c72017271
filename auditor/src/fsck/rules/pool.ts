import { Worker } from 'node:worker_threads';
import { receivedError, sentError, type Rulebooks } from '@carbon-ledger/core';
import { BlockChecker } from './block-check';
import type { BlockJob, BlockResult, CheckerMessage, CheckerResult, CheckerSettings, ProjectionSums } from './job';

/** Checks blocks beside the replay. Results come in any order. */
export interface CheckerPool {
  /** Must come before the blocks that were made under this configuration. */
  configure(number: number, envelope: Uint8Array): Promise<void>;
  check(job: BlockJob): Promise<BlockResult>;
  /** Sums of tables of a projection. @param location its folder */
  sums(location: string, tables: readonly string[]): Promise<ProjectionSums>;
  /** Sums of what the tables that change must hold. @param location folder of a work store in which all is written */
  projected(location: string): Promise<ProjectionSums>;
  close(): Promise<void>;
}

/** Checks in the caller's own thread. */
export function localChecker(settings: CheckerSettings, books?: Rulebooks): CheckerPool {
  const checker = new BlockChecker(settings, books);
  return {
    configure: async (number, envelope) => {
      await checker.handle({ kind: 'config', number, envelope });
    },
    check: (job) => checker.check(job),
    sums: (location, tables) => checker.sums(location, tables),
    projected: (location) => checker.projected(location),
    close: () => Promise.resolve(),
  };
}

/** What a thread answers to one message. */
export interface WorkerAnswer {
  readonly id: number;
  readonly result?: CheckerResult;
  /** As text: {@link sentError}. */
  readonly error?: string;
}

interface Waiting {
  readonly resolve: (result: CheckerResult) => void;
  readonly reject: (error: unknown) => void;
}

/** A block of a thousand records is parsed and judged in some 20 MB, which a thread's own default would copy again and again. */
const YOUNG_GENERATION_MB = 96;

/** One thread and what it still owes. */
class Thread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;

  constructor(script: string, settings: CheckerSettings) {
    this.#worker = new Worker(script, {
      workerData: settings,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    this.#worker.on('message', (answer: WorkerAnswer) => {
      this.#settle(answer);
    });
    this.#worker.on('error', (error) => {
      for (const id of [...this.#waiting.keys()]) this.#settle({ id, error: sentError(error) });
    });
  }

  get load(): number {
    return this.#waiting.size;
  }

  send(message: CheckerMessage): Promise<CheckerResult> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, message });
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle({ id, result = {}, error }: WorkerAnswer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error !== undefined) waiting?.reject(receivedError(error));
    else waiting?.resolve(result);
  }
}

/** Checks on several threads; each block goes to the thread that owes least. */
export function threadedChecker(settings: CheckerSettings, count: number, script: string): CheckerPool {
  const threads = Array.from({ length: count }, () => new Thread(script, settings));
  const idle = (): Thread | undefined => threads.toSorted((a, b) => a.load - b.load)[0];
  const ask = async (message: CheckerMessage): Promise<CheckerResult> => (await idle()?.send(message)) ?? {};
  const askSums = async (message: Extract<CheckerMessage, { readonly location: string }>): Promise<ProjectionSums> => {
    const { sums } = await ask(message);
    if (sums === undefined) throw new Error(`${message.location} has no sums`);
    return sums;
  };
  return {
    configure: async (number, envelope) => {
      await Promise.all(threads.map((thread) => thread.send({ kind: 'config', number, envelope })));
    },
    check: async (job) => {
      const { block } = await ask({ kind: 'block', job });
      if (block === undefined) throw new Error(`block ${String(job.number)} has no result`);
      return block;
    },
    sums: (location, tables) => askSums({ kind: 'projection', location, tables }),
    projected: (location) => askSums({ kind: 'projected', location }),
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}
