import type { Request } from 'express';
import { LedgerError } from '@carbon-ledger/core';
import type { MediaType, RouteSpec } from '@carbon-ledger/client-sdk';

/**
 * The media type that is answered with: of those that a route has, the one that the client likes best (RFC 9110 section
 * 12.5.1), the route's first one where it likes them alike.
 * @throws LedgerError NOT_ACCEPTABLE
 */
export function negotiatedType(route: Pick<RouteSpec, 'mediaType' | 'alsoAs'>, request: Request): MediaType {
  const { accept } = request.headers;
  // Most clients take what comes; what they are sent need not be weighed.
  if (accept === undefined || accept === '*/*') return route.mediaType;
  const offered = [route.mediaType, ...route.alsoAs];
  // A client may ask for the type alone, or with its parameters.
  const wanted = request.accepts(offered.flatMap((type) => [bare(type), type]));
  const chosen = offered.find((type) => wanted === type || wanted === bare(type));
  if (chosen !== undefined) return chosen;
  throw new LedgerError('NOT_ACCEPTABLE', `This is answered as ${offered.map(bare).join(' or ')}.`);
}

function bare(type: string): string {
  return type.split(';')[0] ?? type;
}
