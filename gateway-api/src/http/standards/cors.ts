import type { Response } from 'express';
import type { RouteSpec } from '@carbon-ledger/client-sdk';

const EXPOSED = 'etag, link, location, retry-after, x-request-id';
const ASKED_WITH = 'accept, if-none-match, last-event-id, traceparent';
const DAY_SECONDS = '86400';

/** What everybody may read, a page of another origin may read too: verifiers in browsers, tile clients. No cookie is ever looked at. */
export function isReadByAnyOrigin({ method, access }: Pick<RouteSpec, 'method' | 'access'>): boolean {
  return method === 'GET' && access === 'anyone';
}

export function openToAnyOrigin(response: Response): void {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', EXPOSED);
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
}

/** Answers OPTIONS, which browsers ask before a request with headers of its own (Fetch, section 4.8). */
export function answerOptions(response: Response, allow: string, isOpen: boolean): void {
  response.setHeader('allow', allow);
  if (isOpen) {
    openToAnyOrigin(response);
    response.setHeader('access-control-allow-methods', 'GET, HEAD');
    response.setHeader('access-control-allow-headers', ASKED_WITH);
    response.setHeader('access-control-max-age', DAY_SECONDS);
  }
  response.status(204).end();
}
