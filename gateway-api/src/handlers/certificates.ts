import { certifiedFolder, type CertifiedFolder, type Receipt } from '@carbon-ledger/core';
import { jsonPieces } from '../http/json-pieces';
import { prices } from '../http/limits/prices';
import type { Handlers, RouteRequest } from '../http/reply';
import { markedDoubt } from '../proofs/doubt';
import { verifyItems } from '../proofs/verification';
import type { Services } from '../services';
import { ledgerFacts } from './ledger-facts';
import { bestCheckpoint } from './proofs';
import { anchored } from './records';

export function certificateHandlers(
  services: Services,
): Pick<Handlers, 'getCertificate' | 'certifyFolder' | 'makePaper'> {
  const { certificates, limits } = services;
  return {
    getCertificate: async ({ params: { id }, query: { language }, spend }) => {
      spend(prices.certificateMade);
      const entry = await anchored(services, id);
      const bytes = await certificates.issue(entry, language, () => receiptOf(services, id));
      return pdf(bytes, `certificate-${id.slice('rec:'.length, 'rec:'.length + 16)}`);
    },
    certifyFolder: async ({ body, query: { language }, spend }) => {
      const certified = await lookedUp(services, body, spend);
      spend(prices.certificateMade + certified.records.length * (prices.receiptMade + prices.receiptChecked));
      const bytes = await certificates.issueForFolder(certified, language, (id) => receiptOf(services, id));
      return pdf(bytes, 'certificate-folder');
    },
    makePaper: async ({ body, query, spend }) => {
      spend(prices.certificateMade);
      let report = '';
      for (const piece of jsonPieces(body.report)) {
        await limits.pacer.turn();
        report += piece;
      }
      const { trial: isTrial } = await ledgerFacts(services);
      const { language } = query;
      return pdf(await certificates.report({ paper: body.of, of: report, language, isTrial }), body.of);
    },
  };
}

async function receiptOf(services: Services, id: string): Promise<Receipt> {
  const entry = await anchored(services, id);
  return services.receipts.make(entry, await bestCheckpoint(services, entry.logIndex));
}

/** Name of a file below its folders. */
const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Every file of the folder with the record that names it. @throws LedgerError BAD_FILE, BAD_REQUEST */
async function lookedUp(
  { projection, views, limits }: Services,
  { name, files }: RouteRequest<'certifyFolder'>['body'],
  spend: RouteRequest<'certifyFolder'>['spend'],
): Promise<CertifiedFolder> {
  spend(files.length * prices.fileLookedUp);
  const items = files.map(({ path, sha256, sm3 }) => ({ name: lastPart(path), sha256, sm3 }));
  const doubtOf = markedDoubt({ reader: projection.reader, marking: views.marking });
  const turn = (): Promise<void> => limits.pacer.turn();
  const answers = await verifyItems(projection, items, { doubtOf, spend, turn });
  const looked = answers.flatMap((answer, at) => {
    const file = files[at];
    return file === undefined ? [] : [{ ...answer, ...file }];
  });
  return certifiedFolder(name, looked);
}

function pdf(
  bytes: Uint8Array,
  name: string,
): { readonly bytes: Uint8Array; readonly headers: Readonly<Record<string, string>> } {
  return { bytes, headers: { 'content-disposition': `inline; filename="${name}.pdf"` } };
}
