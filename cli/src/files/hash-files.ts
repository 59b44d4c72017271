import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { hashFile, type HashOutcome } from './hash-file';

/** Below this many files, starting threads costs more than it saves. */
const fewFiles = 64;
const mostWorkers = 8;
const jobsPerWorker = 4;

interface Hasher {
  hash(file: string): Promise<HashOutcome>;
  close(): Promise<void>;
}

const inThisThread: Hasher = { hash: hashFile, close: () => Promise.resolve() };

interface Answer {
  readonly id: number;
  readonly outcome: HashOutcome;
}

/** Threads that hash files; each path goes to the next thread in turn. */
function startWorkers(count: number): Hasher {
  const waiting = new Map<number, (outcome: HashOutcome) => void>();
  const workers = Array.from({ length: count }, () => new Worker(path.join(__dirname, 'hash-worker.js')));
  const settle = ({ id, outcome }: Answer): void => {
    waiting.get(id)?.(outcome);
    waiting.delete(id);
  };
  for (const worker of workers) worker.on('message', settle);
  let next = 0;
  return {
    hash: (file) =>
      new Promise((resolve) => {
        const id = next++;
        waiting.set(id, resolve);
        workers[id % count]?.postMessage({ id, path: file });
      }),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

async function* inOrder(files: AsyncIterable<string>, hasher: Hasher, most: number): AsyncGenerator<HashOutcome> {
  const running: Promise<HashOutcome>[] = [];
  for await (const file of files) {
    running.push(hasher.hash(file));
    const oldest = running.length >= most ? running.shift() : undefined;
    if (oldest !== undefined) yield await oldest;
  }
  for (const outcome of running) yield await outcome;
}

/** The first items of a stream, and a stream that still gives all of them. */
async function peek(
  files: AsyncGenerator<string>,
  count: number,
): Promise<{ found: number; all: AsyncGenerator<string> }> {
  const first: string[] = [];
  while (first.length < count) {
    const next = await files.next();
    if (next.done === true) break;
    first.push(next.value);
  }
  const all = async function* (): AsyncGenerator<string> {
    yield* first;
    yield* files;
  };
  return { found: first.length, all: all() };
}

/** Digests of files in the order given, on several threads where there are many; memory does not grow with their number. */
export async function* hashFiles(files: AsyncGenerator<string>): AsyncGenerator<HashOutcome> {
  const { found, all } = await peek(files, fewFiles);
  const workers = Math.min(mostWorkers, availableParallelism());
  const hasher = found < fewFiles ? inThisThread : startWorkers(workers);
  try {
    yield* inOrder(all, hasher, workers * jobsPerWorker);
  } finally {
    await hasher.close();
  }
}
