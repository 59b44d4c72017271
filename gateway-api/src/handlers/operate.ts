import { LedgerError } from '@carbon-ledger/core';
import type { Handlers } from '../http/reply';
import { openApiDocument } from '../http/openapi';
import type { Services } from '../services';

type OperateHandlers = Pick<Handlers, 'livez' | 'readyz' | 'metrics' | 'openapi'>;

export function operateHandlers(services: Services): OperateHandlers {
  const document = openApiDocument(services.facts.version);
  return {
    livez: () => ({ json: { status: 'ok' } }),
    readyz: async () => {
      const reason = services.health();
      if (reason !== undefined) throw reason;
      if (services.checkpoints.refusal !== undefined) throw services.checkpoints.refusal;
      if (services.checkpoints.current === undefined)
        throw new LedgerError('NOT_READY', 'No checkpoint is signed yet.');
      const missing = await services.readiness.problem();
      if (missing !== undefined) throw missing;
      return { json: { status: 'ok' } };
    },
    metrics: async () => ({
      text: await services.metrics.registry.metrics(),
      mediaType: services.metrics.registry.contentType,
    }),
    openapi: () => ({ json: document }),
  };
}
