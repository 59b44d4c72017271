import {
  makeFigureProof,
  packFigureProof,
  parseInspectionReport,
  parseReconciliationReport,
  utf8Encode,
  visibleJson,
  type FigureProofParts,
  type Language,
  type Trace,
} from '@carbon-ledger/core';
import type { CertificateRequest, TraceReportOptions } from '@carbon-ledger/reports';
import { receivedReceipts, type SentReceipts } from '../proofs/sent-receipts';
import { provJson, provN } from '../proofs/prov-notations';
import { traceSvg } from '../proofs/trace-svg';

/** A report that somebody sent, as JSON text: read and held to its form where the paper is made, because that may take seconds. */
interface SentReport {
  readonly paper: 'reconciliation' | 'inspection';
  readonly of: string;
  readonly language: Language;
  /** Of the ledger of this service. */
  readonly isTrial: boolean;
}

/** Parts of a figure proof. */
export type SentProofParts = Omit<FigureProofParts, 'receipts'> & { readonly receipts: SentReceipts };

function proofOf({ receipts, ...parts }: SentProofParts): Uint8Array {
  return packFigureProof(makeFigureProof({ ...parts, receipts: receivedReceipts(receipts) }));
}

/** A paper for people, or a proof as a file, with all that it is made of: it crosses to a thread. */
export type PaperRequest =
  | { readonly paper: 'certificate'; readonly of: CertificateRequest }
  | { readonly paper: 'trace'; readonly of: Trace; readonly options: TraceReportOptions }
  | SentReport
  | { readonly paper: 'figure-proof'; readonly of: SentProofParts }
  | { readonly paper: 'drawing'; readonly of: Trace; readonly as: TraceDrawing; readonly depth?: number };

/** A trace in another form: SVG, PROV-JSON, PROV-N. */
export type TraceDrawing = 'svg' | 'prov' | 'provn';

function drawn(of: Trace, as: TraceDrawing, depth: number | undefined): string {
  if (as === 'svg') return traceSvg(of, depth);
  return as === 'prov' ? visibleJson(JSON.stringify(provJson(of))) : provN(of);
}

/** What makes PDFs: much to load, and nothing that a proof or drawing needs. */
export function loadReports(): Promise<typeof import('@carbon-ledger/reports')> {
  return import('@carbon-ledger/reports');
}

/** @throws LedgerError BAD_FILE for a report that is none, and what `makeCertificate`, `makeInspectionReport`, `makeFigureProof` and `packFigureProof` throw */
export async function makePaper(request: PaperRequest): Promise<Uint8Array> {
  if (request.paper === 'figure-proof') return proofOf(request.of);
  if (request.paper === 'drawing') return utf8Encode(drawn(request.of, request.as, request.depth));
  const reports = await loadReports();
  switch (request.paper) {
    case 'certificate':
      return reports.makeCertificate(request.of);
    case 'trace':
      return reports.makeTraceReport(request.of, request.options);
    case 'reconciliation':
      return reports.makeReconciliationReport(parseReconciliationReport(JSON.parse(request.of)), request);
    case 'inspection':
      return reports.makeInspectionReport(parseInspectionReport(JSON.parse(request.of)), {
        language: request.language,
      });
  }
}
