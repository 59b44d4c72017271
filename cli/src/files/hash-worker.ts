import { parentPort } from 'node:worker_threads';
import { hashFile } from './hash-file';

/** One thread of the pool: takes paths, gives digests, in any order. */
parentPort?.on('message', (job: { readonly id: number; readonly path: string }) => {
  void hashFile(job.path).then((outcome) => parentPort?.postMessage({ id: job.id, outcome }));
});
