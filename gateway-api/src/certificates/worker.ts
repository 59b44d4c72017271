import { parentPort } from 'node:worker_threads';
import { isLedgerError } from '@carbon-ledger/core';
import type { MakerAnswer } from './maker';
import { makePaper, type PaperRequest } from './paper';

async function answer(request: PaperRequest): Promise<MakerAnswer> {
  try {
    return { bytes: await makePaper(request) };
  } catch (error) {
    if (isLedgerError(error)) return { code: error.code, message: error.message };
    return { code: 'INTERNAL', message: String(error) };
  }
}

parentPort?.on('message', (request: PaperRequest) => {
  void answer(request).then((made) => parentPort?.postMessage(made));
});
