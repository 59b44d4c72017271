import { parseInspectionReport, parseReconciliationReport } from '@carbon-ledger/core';
import type { PaperRequest } from '../certificates/paper';
import { prices } from '../http/limits/prices';
import type { Handlers, RouteRequest } from '../http/reply';
import type { Services } from '../services';
import { bestCheckpoint } from './proofs';
import { anchored } from './records';

export function certificateHandlers(services: Services): Pick<Handlers, 'getCertificate' | 'makePaper'> {
  const { certificates, receipts } = services;
  return {
    getCertificate: async ({ params: { id }, query: { language }, spend }) => {
      spend(prices.certificateMade);
      const entry = await anchored(services, id);
      const make = async (): ReturnType<typeof receipts.make> =>
        receipts.make(entry, await bestCheckpoint(services, entry.logIndex));
      const bytes = await certificates.issue(entry, language, make);
      return pdf(bytes, `certificate-${id.slice('rec:'.length, 'rec:'.length + 16)}`);
    },
    makePaper: async ({ body, query, spend }) => {
      const request = requestOf(body, query);
      spend(prices.certificateMade);
      return pdf(await certificates.report(request), body.of);
    },
  };
}

function pdf(
  bytes: Uint8Array,
  name: string,
): { readonly bytes: Uint8Array; readonly headers: Readonly<Record<string, string>> } {
  return { bytes, headers: { 'content-disposition': `inline; filename="${name}.pdf"` } };
}

/** What was sent is held to its form first: whoever asks is told every fault of it. @throws LedgerError BAD_FILE */
function requestOf(
  { of, report }: RouteRequest<'makePaper'>['body'],
  { language }: RouteRequest<'makePaper'>['query'],
): Extract<PaperRequest, { readonly language: unknown }> {
  return of === 'reconciliation'
    ? { paper: of, of: parseReconciliationReport(report), language }
    : { paper: of, of: parseInspectionReport(report), language };
}
