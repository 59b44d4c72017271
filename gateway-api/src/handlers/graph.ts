import { LedgerError } from '@carbon-ledger/core';
import { graphMl } from '../graph/graphml';
import { jsonLd } from '../graph/json-ld';
import { graphParts } from '../graph/walk';
import { prices } from '../http/limits/prices';
import type { Handlers, RouteRequest } from '../http/reply';
import { untilStopped } from '../http/until-stopped';
import type { Services } from '../services';
import { stateTag } from './state-tag';

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
