/** A question to a worker, and its answer: matched by number, so that several may be under way. */
export interface Asked<Question> {
  readonly id: number;
  readonly question: Question;
}

export type Answered<Answer, News = never> =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly news: News }
  | { readonly id: number; readonly failure: { readonly code: string; readonly message: string } };

/** What a worker could not do; `code` is of the error catalogue where there is one. */
class WorkerFailure extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'WorkerFailure';
    this.code = code;
  }
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onNews: ((news: unknown) => void) | undefined;
}

/** The page's side of a worker. */
export class WorkerCalls<Question, Answer, News = never> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<Answered<Answer, News>>) => {
      this.#take(data);
    });
    worker.addEventListener('error', (event) => {
      this.#failAll(new WorkerFailure('INTERNAL', event.message));
    });
  }

  ask(question: Question, onNews?: (news: News) => void): Promise<Answer> {
    const id = ++this.#last;
    return new Promise<Answer>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject, onNews: onNews as Waiting['onNews'] });
      const asked: Asked<Question> = { id, question };
      this.#worker.postMessage(asked);
    });
  }

  /** Ends the worker and whatever it holds; questions under way fail. */
  end(reason = 'ended'): void {
    this.#worker.terminate();
    this.#failAll(new WorkerFailure('INTERRUPTED', reason));
  }

  #take(data: Answered<Answer, News>): void {
    const waiting = this.#waiting.get(data.id);
    if (waiting === undefined) return;
    if ('news' in data) {
      waiting.onNews?.(data.news);
      return;
    }
    this.#waiting.delete(data.id);
    if ('failure' in data) waiting.reject(new WorkerFailure(data.failure.code, data.failure.message));
    else waiting.resolve(data.answer);
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
