import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { LedgerError, type ErrorCode, type Fault } from '@carbon-ledger/core';
import { makePaper, type PaperRequest } from './paper';

export type MakerAnswer =
  | { readonly bytes: Uint8Array }
  | { readonly code: ErrorCode; readonly message: string; readonly faults?: readonly Fault[] };

/** Makes certificates and reports. */
export interface PaperMaker {
  /** One at a time: who asks waits for the one before. @throws LedgerError what making it throws; INTERNAL */
  make(request: PaperRequest): Promise<Uint8Array>;
  close(): Promise<void>;
}

const PROGRAM = join(__dirname, 'worker.js');

/**
 * Makes them on a thread of its own, begun with the first: a paper takes a core for a quarter of a second, in which
 * nobody else would be answered.
 */
export class ThreadMaker implements PaperMaker {
  readonly #program: string;
  #thread: Worker | undefined;

  constructor(program = PROGRAM) {
    this.#program = program;
  }

  async make(request: PaperRequest): Promise<Uint8Array> {
    const answer = await this.#ask((this.#thread ??= this.#begin()), request);
    if ('bytes' in answer) return answer.bytes;
    throw new LedgerError(answer.code, answer.message, { faults: answer.faults ?? [] });
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  #begin(): Worker {
    const thread = new Worker(this.#program);
    // It holds up nobody who wants to end.
    thread.unref();
    thread.once('exit', () => {
      if (this.#thread === thread) this.#thread = undefined;
    });
    return thread;
  }

  #ask(thread: Worker, request: PaperRequest): Promise<MakerAnswer> {
    return new Promise((resolve, reject) => {
      const settled = new AbortController();
      const fail = (why: unknown): void => {
        settled.abort();
        reject(new LedgerError('INTERNAL', `the thread that makes papers ended: ${String(why)}`));
      };
      const take = (answer: MakerAnswer): void => {
        settled.abort();
        resolve(answer);
      };
      settled.signal.addEventListener('abort', () => {
        thread.off('message', take).off('error', fail).off('exit', fail);
      });
      thread.on('message', take).on('error', fail).on('exit', fail);
      thread.postMessage(request);
    });
  }
}

/** In the caller's thread: from sources there is no compiled program that a thread could run. */
class LocalMaker implements PaperMaker {
  make(request: PaperRequest): Promise<Uint8Array> {
    return makePaper(request);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

export function paperMaker(): PaperMaker {
  return existsSync(PROGRAM) ? new ThreadMaker() : new LocalMaker();
}
