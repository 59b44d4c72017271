import { parentPort, workerData } from 'node:worker_threads';
import { sentError } from '@carbon-ledger/core';
import { BlockChecker } from './block-check';
import type { CheckerMessage, CheckerSettings } from './job';
import type { WorkerAnswer } from './pool';

const checker = new BlockChecker(workerData as CheckerSettings);
/** Messages are worked off one after the other, so that a configuration stands before the blocks that follow it. */
let before: Promise<void> = Promise.resolve();

async function answer(id: number, message: CheckerMessage): Promise<void> {
  const reply = await checker.handle(message).then(
    (result): WorkerAnswer => ({ id, result }),
    (error: unknown): WorkerAnswer => ({ id, error: sentError(error) }),
  );
  parentPort?.postMessage(reply);
}

parentPort?.on('message', ({ id, message }: { readonly id: number; readonly message: CheckerMessage }) => {
  before = before.then(() => answer(id, message));
});
