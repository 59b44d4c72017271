import { LedgerError, visibleJson } from '@carbon-ledger/core';
import type { Handlers } from '../http/reply';
import { openApiDocument } from '../http/openapi';
import { weakTag } from '../http/send-reply';
import type { Services } from '../services';

type OperateHandlers = Pick<Handlers, 'livez' | 'readyz' | 'metrics' | 'openapi'>;

export function operateHandlers(services: Services): OperateHandlers {
  // Written once: it is the same for everybody, and long.
  const document = visibleJson(JSON.stringify(openApiDocument(services.facts.version)));
  const etag = weakTag(document);
  return {
    livez: () => ({ json: { status: 'ok' } }),
    readyz: async () => {
      const own = ownReason(services);
      const missing = await services.readiness.problem();
      if (own !== undefined) throw missing === undefined ? own : together(own, missing);
      if (missing !== undefined) throw missing;
      return { json: { status: 'ok' } };
    },
    metrics: async () => ({
      text: await services.metrics.text(),
      mediaType: services.metrics.registry.contentType,
    }),
    openapi: () => ({ text: document, etag }),
  };
}

/** Why this process answers for nothing yet, or no more. */
function ownReason({ health, checkpoints }: Services): LedgerError | undefined {
  const reason = health() ?? checkpoints.refusal;
  if (reason !== undefined || checkpoints.current !== undefined) return reason;
  return new LedgerError('NOT_READY', 'No checkpoint is signed yet.');
}

/** Waiting for a peer and why the peer does not answer are two causes: whoever reads one only looks in the wrong place. */
function together(own: LedgerError, { message, faults }: LedgerError): LedgerError {
  return new LedgerError(own.code, `${own.message}. ${message}`, { faults, details: own.details, cause: own });
}
