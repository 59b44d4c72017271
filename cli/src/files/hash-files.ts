import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { hashFile, unreadable, type HashOutcome } from './hash-file';
import type { Place } from './place';
import { isPassedOver, type Found } from './walk';

/** Below this many files, starting threads costs more than it saves. */
const fewFiles = 64;
const mostWorkers = 8;
const jobsPerWorker = 4;

interface Hasher {
  hash(place: Place): Promise<HashOutcome>;
  close(): Promise<void>;
}

const inThisThread: Hasher = { hash: hashFile, close: () => Promise.resolve() };

interface Answer {
  readonly id: number;
  readonly outcome: HashOutcome;
}

/** One thread that hashes. One that cannot start, or dies, leaves its files to this thread: none goes without an answer. */
class HashThread {
  readonly #worker = new Worker(path.join(__dirname, 'hash-worker.js'));
  readonly #waiting = new Map<number, { readonly place: Place; readonly settle: (outcome: HashOutcome) => void }>();
  #next = 0;
  #isDead = false;

  constructor() {
    this.#worker.on('message', ({ id, outcome }: Answer) => {
      this.#waiting.get(id)?.settle(outcome);
      this.#waiting.delete(id);
    });
    this.#worker.on('error', () => {
      this.#takeOver();
    });
    this.#worker.on('exit', () => {
      this.#takeOver();
    });
  }

  hash(place: Place): Promise<HashOutcome> {
    if (this.#isDead) return hashFile(place);
    return new Promise((settle) => {
      const id = this.#next++;
      this.#waiting.set(id, { place, settle });
      this.#worker.postMessage({ id, place });
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #takeOver(): void {
    this.#isDead = true;
    for (const { place, settle } of this.#waiting.values()) void hashFile(place).then(settle);
    this.#waiting.clear();
  }
}

/** Threads that hash files; each goes to the next thread in turn. */
function startWorkers(count: number): Hasher {
  const threads = Array.from({ length: count }, () => new HashThread());
  let next = 0;
  return {
    hash: (place) => {
      const thread = threads[next++ % count];
      return thread === undefined ? hashFile(place) : thread.hash(place);
    },
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

function outcomeOf(found: Found, hasher: Hasher): Promise<HashOutcome> {
  return isPassedOver(found) ? Promise.resolve(unreadable(found.passedOver, found.why)) : hasher.hash(found);
}

async function* inOrder(files: AsyncIterable<Found>, hasher: Hasher, most: number): AsyncGenerator<HashOutcome> {
  const running: Promise<HashOutcome>[] = [];
  for await (const found of files) {
    running.push(outcomeOf(found, hasher));
    const oldest = running.length >= most ? running.shift() : undefined;
    if (oldest !== undefined) yield await oldest;
  }
  for (const outcome of running) yield await outcome;
}

/** The first items of a stream, and a stream that still gives all of them. */
async function peek(
  files: AsyncGenerator<Found>,
  count: number,
): Promise<{ found: number; all: AsyncGenerator<Found> }> {
  const first: Found[] = [];
  while (first.length < count) {
    const next = await files.next();
    if (next.done === true) break;
    first.push(next.value);
  }
  const all = async function* (): AsyncGenerator<Found> {
    yield* first;
    yield* files;
  };
  return { found: first.length, all: all() };
}

/** Digests of files, and what was passed over, in the order given, on several threads where there are many; memory does not grow with their number. */
export async function* hashFiles(files: AsyncGenerator<Found>): AsyncGenerator<HashOutcome> {
  const { found, all } = await peek(files, fewFiles);
  const workers = Math.min(mostWorkers, availableParallelism());
  const hasher = found < fewFiles ? inThisThread : startWorkers(workers);
  try {
    yield* inOrder(all, hasher, workers * jobsPerWorker);
  } finally {
    await hasher.close();
  }
}
