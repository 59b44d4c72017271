import { LedgerError } from '@carbon-ledger/core';
import { graphMl } from '../graph/graphml';
import { jsonLd } from '../graph/json-ld';
import { graphParts } from '../graph/walk';
import { prices } from '../http/limits/prices';
import type { Handlers, RouteRequest } from '../http/reply';
import type { Services } from '../services';

/** Ends with an error, not as if all were said, where the service stops or the client is gone. */
async function* untilStopped<Item>(parts: AsyncIterable<Item>, signal: AbortSignal): AsyncGenerator<Item> {
  for await (const part of parts) {
    if (signal.aborted) throw new LedgerError('NOT_READY', 'The service is stopping, or nobody reads any more.');
    yield part;
  }
}

export function graphHandlers(services: Services): Pick<Handlers, 'getGraph'> {
  return {
    getGraph: async ({ query: { format, ...query }, closed, ...reading }: RouteRequest<'getGraph'>) => {
      const { projection, views, facts, stopping } = services;
      reading.spend(prices.question);
      if (query.party !== undefined && (await projection.parties.find(query.party)) === undefined)
        throw new LedgerError('PARTY_UNKNOWN', `${query.party} is not registered.`, { details: { uscc: query.party } });
      const parts = graphParts({ projection, views, ledgerId: facts.ledgerId }, query, reading);
      const whole = untilStopped(parts, AbortSignal.any([closed(), stopping]));
      return format === 'graphml'
        ? { stream: graphMl(whole), mediaType: 'application/graphml+xml; charset=utf-8' }
        : { stream: jsonLd(whole) };
    },
  };
}
