import { parentPort } from 'node:worker_threads';
import { isLedgerError, MOST_FAULTS } from '@carbon-ledger/core';
import type { MakerAnswer } from './maker';
import { makePaper, type PaperRequest } from './paper';

async function answer(request: PaperRequest): Promise<MakerAnswer> {
  try {
    return { bytes: await makePaper(request) };
  } catch (error) {
    // A hundred thousand faults would take as long to hand over as they took to find.
    if (isLedgerError(error))
      return { code: error.code, message: error.message, faults: error.faults.slice(0, MOST_FAULTS) };
    return { code: 'INTERNAL', message: String(error) };
  }
}

parentPort?.on('message', (request: PaperRequest) => {
  void answer(request).then((made) => parentPort?.postMessage(made));
});
