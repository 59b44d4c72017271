import {
  businessKey,
  formatFigureAddress,
  impactOfWithdrawal,
  LedgerError,
  parseFigureAddress,
  traceFigure,
  verifyReceipt,
  type FigureAddress,
  type Trace,
} from '@carbon-ledger/core';
import type { Handlers, Reply, RouteRequest } from '../http/reply';
import { provDocument } from '../proofs/prov';
import { traceSvg } from '../proofs/trace-svg';
import { verifyItems } from '../proofs/verification';
import type { Caller } from '../records/visibility';
import type { Services } from '../services';
import { anchored } from './records';

type ProofHandlers = Pick<Handlers, 'getReceipt' | 'verify' | 'traceFigure' | 'trace' | 'impact'>;
type Format = RouteRequest<'trace'>['query']['format'];

export function proofHandlers(services: Services): ProofHandlers {
  return {
    getReceipt: async ({ params: { id } }) => {
      const entry = await anchored(services, id);
      const checkpoint = await services.checkpoints.covering(entry.logIndex + 1);
      return { json: await services.receipts.make(entry, checkpoint) };
    },
    verify: async ({ body }) => ({
      json: {
        items: await verifyItems(services.projection, body.items),
        receipts: body.receipts.map((receipt) => verifyReceipt({ receipt, policy: services.policy })),
      },
    }),
    traceFigure: async ({ params: { id, name }, query, caller }) => {
      const entry = await anchored(services, id);
      const address = parseFigureAddress(formatFigureAddress({ key: businessKey(entry.record), figure: name }));
      if ((await services.projection.reader.head(address.key))?.record !== id) {
        throw new LedgerError(
          'FIGURE_NOT_FOUND',
          `${id} is not the current record of ${address.key}; trace by its key.`,
        );
      }
      return formatted(await trace(services, address, caller), query.format);
    },
    trace: async ({ query, caller }) =>
      formatted(await trace(services, parseFigureAddress(query.figure), caller), query.format),
    impact: async ({ params: { id }, caller }) => {
      await anchored(services, id);
      return { json: await impactOfWithdrawal(services.views.source(caller), id) };
    },
  };
}

/** Figures that are not open to the caller are told as hidden; only a hidden figure itself is not found. */
async function trace({ views }: Services, address: FigureAddress, caller: Caller | undefined): Promise<Trace> {
  const found = await traceFigure(views.source(caller), address);
  const asked = formatFigureAddress(address);
  if (found.nodes.some(({ figure, hidden }) => figure === asked && hidden === true)) {
    throw new LedgerError('FIGURE_NOT_FOUND', `${asked} is not open to you.`);
  }
  return found;
}

function formatted(found: Trace, format: Format): Reply {
  if (format === 'svg') return { text: traceSvg(found), mediaType: 'image/svg+xml; charset=utf-8' };
  if (format === 'prov') return { json: provDocument(found) };
  return { json: found };
}
