import { jsonPieces } from '../http/json-pieces';
import { prices } from '../http/limits/prices';
import type { Handlers } from '../http/reply';
import type { Services } from '../services';
import { bestCheckpoint } from './proofs';
import { anchored } from './records';

export function certificateHandlers(services: Services): Pick<Handlers, 'getCertificate' | 'makePaper'> {
  const { certificates, receipts, limits } = services;
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
      spend(prices.certificateMade);
      let report = '';
      for (const piece of jsonPieces(body.report)) {
        await limits.pacer.turn();
        report += piece;
      }
      return pdf(await certificates.report({ paper: body.of, of: report, language: query.language }), body.of);
    },
  };
}

function pdf(
  bytes: Uint8Array,
  name: string,
): { readonly bytes: Uint8Array; readonly headers: Readonly<Record<string, string>> } {
  return { bytes, headers: { 'content-disposition': `inline; filename="${name}.pdf"` } };
}
