import { WorkerCalls } from '../workers/calls';
import type { HashedFile } from '../workers/hash.worker';

let calls: WorkerCalls<Blob, HashedFile, number> | undefined;

/** Hashes a file in a worker of its own, which the gateway's policy lets reach no network. */
export function hashFile(file: Blob, onBytes?: (read: number) => void): Promise<HashedFile> {
  calls ??= new WorkerCalls(
    new Worker(new URL('../workers/hash.worker.ts', import.meta.url), { type: 'module', name: 'hash' }),
  );
  return calls.ask(file, onBytes);
}
