import { parentPort, workerData } from 'node:worker_threads';
import { isLedgerError, MOST_FAULTS } from '@carbon-ledger/core';
import type { MakerAnswer, PaperKind } from './maker';
import { loadReports, makePaper, type PaperRequest } from './paper';

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

// Before anybody asks: a first PDF would wait as long for it as for three others.
if ((workerData as PaperKind) === 'pdf') void loadReports();

parentPort?.on('message', (request: PaperRequest) => {
  void answer(request).then((made) => parentPort?.postMessage(made));
});
