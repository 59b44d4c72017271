import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { LedgerError, receivedError, sentError } from '@carbon-ledger/core';
import { makePaper, type PaperRequest } from './paper';

/** Of the thread: a paper, or the error as text. */
export type MakerAnswer = { readonly bytes: Uint8Array } | { readonly failed: string };

/** What a thread will be asked for above all: PDFs need more to be loaded than proofs and drawings do. */
export type PaperKind = 'pdf' | 'proof';

/** What the thread answers. */
export async function answered(request: PaperRequest): Promise<MakerAnswer> {
  try {
    return { bytes: await makePaper(request) };
  } catch (error) {
    return { failed: sentError(error) };
  }
}

/** Makes certificates and reports. */
export interface PaperMaker {
  /** Loads what it needs, so that the first who asks does not wait for that. */
  begin(): void;
  /** One at a time: who asks waits for the one before. @throws LedgerError what making it throws; INTERNAL */
  make(request: PaperRequest): Promise<Uint8Array>;
  close(): Promise<void>;
}

const PROGRAM = join(__dirname, 'worker.js');

/**
 * Makes them on a thread of its own: a paper takes a core for a quarter of a second, in which nobody else would be answered.
 */
export class ThreadMaker implements PaperMaker {
  readonly #program: string;
  readonly #kind: PaperKind;
  #thread: Worker | undefined;

  constructor(kind: PaperKind, program = PROGRAM) {
    this.#kind = kind;
    this.#program = program;
  }

  begin(): void {
    this.#thread ??= this.#begin();
  }

  async make(request: PaperRequest): Promise<Uint8Array> {
    const answer = await this.#ask((this.#thread ??= this.#begin()), request);
    if ('bytes' in answer) return answer.bytes;
    throw receivedError(answer.failed);
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  #begin(): Worker {
    const thread = new Worker(this.#program, { workerData: this.#kind });
    // It holds up nobody who wants to end.
    thread.unref();
    // Begun before anybody asks: who asks next begins another, and is told why that one ended.
    thread.on('error', () => undefined);
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
  begin(): void {
    // It has what its thread has.
  }

  /** Asked and answered as over a thread: what gets lost on that way is lost here too, where it is tried. */
  async make(request: PaperRequest): Promise<Uint8Array> {
    const answer = await answered(structuredClone(request));
    if ('bytes' in answer) return answer.bytes;
    throw receivedError(answer.failed);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

export function paperMaker(kind: PaperKind): PaperMaker {
  return existsSync(PROGRAM) ? new ThreadMaker(kind) : new LocalMaker();
}
