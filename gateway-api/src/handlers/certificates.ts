import { prices } from '../http/limits/prices';
import type { Handlers } from '../http/reply';
import type { Services } from '../services';
import { bestCheckpoint } from './proofs';
import { anchored } from './records';

export function certificateHandlers(services: Services): Pick<Handlers, 'getCertificate'> {
  const { certificates, receipts } = services;
  return {
    getCertificate: async ({ params: { id }, query: { language }, spend }) => {
      spend(prices.certificateMade);
      const entry = await anchored(services, id);
      const make = async (): ReturnType<typeof receipts.make> =>
        receipts.make(entry, await bestCheckpoint(services, entry.logIndex));
      const bytes = await certificates.issue(entry, language, make);
      const name = `certificate-${id.slice('rec:'.length, 'rec:'.length + 16)}.pdf`;
      return { bytes, headers: { 'content-disposition': `inline; filename="${name}"` } };
    },
  };
}
