import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { LedgerError, receivedError, sentError } from '@carbon-ledger/core';
import type { LedgerPages } from './ledger-pages';
import { LocalScreener, type Screener, type ScreeningJob, type ScreeningOutcome } from './screener';

/** A question of the thread to the ledger, of one job. */
export type Question = {
  readonly [Name in keyof LedgerPages]: {
    readonly job: number;
    readonly question: number;
    readonly ask: Name;
    readonly of: Parameters<LedgerPages[Name]>;
  };
}[keyof LedgerPages];

/** To the thread. */
export type Order =
  | { readonly job: number; readonly begin: ScreeningJob }
  | { readonly question: number; readonly page: readonly unknown[] }
  | { readonly question: number; readonly end: string | undefined };

/** From the thread; errors as text of the wire. */
export type Word =
  | Question
  | { readonly job: number; readonly done: ScreeningOutcome }
  | { readonly job: number; readonly failed: string };

interface Running {
  readonly pages: LedgerPages;
  readonly resolve: (outcome: ScreeningOutcome) => void;
  readonly reject: (error: LedgerError) => void;
}

function pagesFor(pages: LedgerPages, asked: Question): AsyncIterable<readonly unknown[]> {
  switch (asked.ask) {
    case 'enterprises':
      return pages.enterprises(...asked.of);
    case 'records':
      return pages.records(...asked.of);
    case 'current':
      return pages.current(...asked.of);
    case 'ruleSets':
      return pages.ruleSets();
  }
}

const PROGRAM = join(__dirname, 'worker.js');

/**
 * Screens on a thread of its own: rules take a core for as long as an enterprise has units, and
 * for a province minutes, in which nobody else would be answered. The ledger is read here, a page in a turn of the event loop.
 */
export class ScreeningThread implements Screener {
  readonly #program: string;
  readonly #jobs = new Map<number, Running>();
  #thread: Worker | undefined;
  #next = 0;

  constructor(program: string) {
    this.#program = program;
  }

  begin(): void {
    this.#thread ??= this.#begin();
  }

  run(begin: ScreeningJob, pages: LedgerPages): Promise<ScreeningOutcome> {
    const thread = (this.#thread ??= this.#begin());
    const job = this.#next++;
    return new Promise((resolve, reject) => {
      this.#jobs.set(job, { pages, resolve, reject });
      send(thread, { job, begin });
    });
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  #begin(): Worker {
    const thread = new Worker(this.#program);
    // It holds up nobody who wants to end.
    thread.unref();
    thread.on('message', (word: Word) => {
      this.#hear(thread, word);
    });
    let why = 'it was ended';
    thread.on('error', (error) => {
      why = String(error);
    });
    thread.once('exit', () => {
      this.#thread = undefined;
      for (const { reject } of this.#jobs.values())
        reject(new LedgerError('INTERNAL', `the thread that screens ended: ${why}`));
      this.#jobs.clear();
    });
    return thread;
  }

  #hear(thread: Worker, word: Word): void {
    const running = this.#jobs.get(word.job);
    if (running === undefined) return;
    if ('ask' in word) {
      void tell(thread, word, running.pages);
      return;
    }
    this.#jobs.delete(word.job);
    if ('done' in word) running.resolve(word.done);
    else running.reject(receivedError(word.failed));
  }
}

function send(thread: Worker, order: Order): void {
  thread.postMessage(order);
}

async function tell(thread: Worker, asked: Question, pages: LedgerPages): Promise<void> {
  const { question } = asked;
  try {
    for await (const page of pagesFor(pages, asked)) send(thread, { question, page });
    send(thread, { question, end: undefined });
  } catch (error) {
    send(thread, { question, end: sentError(error) });
  }
}

/** On a thread; from sources there is no compiled program that a thread could run. */
export function screener(program = PROGRAM): Screener {
  return existsSync(program) ? new ScreeningThread(program) : new LocalScreener();
}
