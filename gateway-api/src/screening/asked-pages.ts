import { receivedError } from '@carbon-ledger/core';
import type { LedgerPages } from './ledger-pages';
import type { Order, Question } from './thread';

type Page = readonly unknown[];
type Told = Extract<Order, { readonly question: number }>;

/** Pages of one question as they come. */
class Answer {
  readonly #told: Told[] = [];
  #wake = (): void => undefined;

  hear(told: Told): void {
    this.#told.push(told);
    this.#wake();
  }

  async *pages(): AsyncGenerator<Page, void, undefined> {
    for (;;) {
      const told = this.#told.shift();
      if (told === undefined) await new Promise<void>((resolve) => (this.#wake = resolve));
      else if ('page' in told) yield told.page;
      else if (told.end === undefined) return;
      else throw receivedError(told.end);
    }
  }
}

/** The ledger as the thread has it: every page is asked of the thread that holds it. */
export class AskedPages {
  readonly #ask: (question: Question) => void;
  readonly #answers = new Map<number, Answer>();
  #next = 0;

  constructor(ask: (question: Question) => void) {
    this.#ask = ask;
  }

  hear(told: Told): void {
    this.#answers.get(told.question)?.hear(told);
  }

  of(job: number): LedgerPages {
    const asked = <Name extends keyof LedgerPages>(
      ask: Name,
      of: Parameters<LedgerPages[Name]>,
    ): ReturnType<LedgerPages[Name]> =>
      this.#pages({ job, question: this.#next++, ask, of } as Question) as ReturnType<LedgerPages[Name]>;
    return {
      enterprises: (...of) => asked('enterprises', of),
      records: (...of) => asked('records', of),
      current: (...of) => asked('current', of),
      ruleSets: () => asked('ruleSets', []),
    };
  }

  async *#pages(question: Question): AsyncGenerator<Page, void, undefined> {
    const answer = new Answer();
    this.#answers.set(question.question, answer);
    this.#ask(question);
    try {
      yield* answer.pages();
    } finally {
      this.#answers.delete(question.question);
    }
  }
}
