import { makeFigureProof, packFigureProof, type FigureProofParts, type Trace } from '@carbon-ledger/core';
import type { CertificateRequest, TraceReportOptions } from '@carbon-ledger/reports';

/** A paper for people, or a proof as a file, with all that it is made of: it crosses to a thread. */
export type PaperRequest =
  | { readonly paper: 'certificate'; readonly of: CertificateRequest }
  | { readonly paper: 'trace'; readonly of: Trace; readonly options: TraceReportOptions }
  | { readonly paper: 'figure-proof'; readonly of: FigureProofParts };

/** @throws LedgerError what `makeCertificate`, `makeFigureProof` and `packFigureProof` throw */
export async function makePaper(request: PaperRequest): Promise<Uint8Array> {
  if (request.paper === 'figure-proof') return packFigureProof(makeFigureProof(request.of));
  // Loaded with the first paper: most services that start are never asked for one.
  const { makeCertificate, makeTraceReport } = await import('@carbon-ledger/reports');
  return request.paper === 'certificate' ? makeCertificate(request.of) : makeTraceReport(request.of, request.options);
}
