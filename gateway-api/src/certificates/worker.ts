import { parentPort } from 'node:worker_threads';
import { isLedgerError } from '@carbon-ledger/core';
import { makeCertificate, type CertificateRequest } from '@carbon-ledger/reports';
import type { MakerAnswer } from './maker';

async function answer(request: CertificateRequest): Promise<MakerAnswer> {
  try {
    return { bytes: await makeCertificate(request) };
  } catch (error) {
    if (isLedgerError(error)) return { code: error.code, message: error.message };
    return { code: 'INTERNAL', message: String(error) };
  }
}

parentPort?.on('message', (request: CertificateRequest) => {
  void answer(request).then((made) => parentPort?.postMessage(made));
});
