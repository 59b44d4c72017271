import type { Trace } from '@carbon-ledger/core';
import type { CertificateRequest, TraceReportOptions } from '@carbon-ledger/reports';

/** A paper for people, with all that it is made of: it crosses to a thread. */
export type PaperRequest =
  | { readonly paper: 'certificate'; readonly of: CertificateRequest }
  | { readonly paper: 'trace'; readonly of: Trace; readonly options: TraceReportOptions };

/** @throws LedgerError what `makeCertificate` throws */
export async function makePaper(request: PaperRequest): Promise<Uint8Array> {
  // Loaded with the first paper: most services that start are never asked for one.
  const { makeCertificate, makeTraceReport } = await import('@carbon-ledger/reports');
  return request.paper === 'certificate' ? makeCertificate(request.of) : makeTraceReport(request.of, request.options);
}
