import { parentPort } from 'node:worker_threads';
import { hashFile } from './hash-file';

/** One thread of the pool: takes paths, gives digests, in any order. Bytes come through as a plain array of them. */
parentPort?.on('message', (job: { readonly id: number; readonly place: string | Uint8Array }) => {
  const place = typeof job.place === 'string' ? job.place : Buffer.from(job.place);
  void hashFile(place).then((outcome) => parentPort?.postMessage({ id: job.id, outcome }));
});
