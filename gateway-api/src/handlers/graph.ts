import { LedgerError } from '@carbon-ledger/core';
import { graphMl } from '../graph/graphml';
import { jsonLd } from '../graph/json-ld';
import { graphParts } from '../graph/walk';
import { prices } from '../http/limits/prices';
import type { Handlers, RouteRequest } from '../http/reply';
import { weakTag } from '../http/send-reply';
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
    getGraph: async ({
      query: { format: asked, ...query },
      mediaType,
      closed,
      ...reading
    }: RouteRequest<'getGraph'>) => {
      const { projection, views, facts, stopping } = services;
      reading.spend(prices.question);
      if (query.party !== undefined && (await projection.parties.find(query.party)) === undefined)
        throw new LedgerError('PARTY_UNKNOWN', `${query.party} is not registered.`, { details: { uscc: query.party } });
      const format = asked ?? (mediaType === 'application/graphml+xml' ? 'graphml' : 'jsonld');
      const tag = await stateTag(services, { format, ...query }, reading.caller?.party);
      const parts = graphParts({ projection, views, ledgerId: facts.ledgerId }, query, reading);
      const whole = untilStopped(parts, AbortSignal.any([closed(), stopping]));
      return format === 'graphml'
        ? { ...tag, stream: graphMl(whole), mediaType: 'application/graphml+xml; charset=utf-8' }
        : { ...tag, stream: jsonLd(whole) };
    },
  };
}

/**
 * A graph is told as it is read, so that its tag cannot be its hash: it follows from the blocks that are in, the question, who asks, and the
 * program. Read before the graph: what came meanwhile is told anew to who comes back with it. None while private figures of those
 * blocks are still to come.
 */
async function stateTag(
  { projection, facts }: Pick<Services, 'projection' | 'facts'>,
  query: RouteRequest<'getGraph'>['query'],
  party: string | undefined,
): Promise<{ readonly etag?: string }> {
  const { ledgerId, version } = facts;
  const state = JSON.stringify([version, ledgerId, String(projection.height), query, party]);
  return (await projection.awaited.isEmpty()) ? { etag: weakTag(state) } : {};
}
