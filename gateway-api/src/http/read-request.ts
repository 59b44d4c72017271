import type { Request } from 'express';
import { faultsOf, LedgerError, type Fault } from '@carbon-ledger/core';
import { routes, type RouteName, type RouteSpec } from '@carbon-ledger/client-sdk';
import type { OpenSession, SessionDesk } from '../sessions/session-desk';
import { readBody } from './body';
import type { RouteRequest } from './reply';

const BEARER = /^Bearer ([A-Za-z0-9._-]{1,4096})$/;

/**
 * Reads a request by its route's schemas. Every fault of path, query and body is told at once.
 * @throws LedgerError BAD_REQUEST, UNAUTHENTICATED, and those of the body
 */
export async function readRequest<Name extends RouteName>(
  name: Name,
  request: Request,
  sessions: SessionDesk,
): Promise<RouteRequest<Name>> {
  const route: RouteSpec = routes[name];
  const caller = await readCaller(route, request, sessions);
  const body = route.method === 'POST' ? await readBody(request, route.bodyLimit) : {};
  const faults: Fault[] = [];
  const parsed = {
    params: parsePart(route.params, joinWildcards(request.params), '/params', faults),
    query: parsePart(route.query, { ...request.query }, '/query', faults),
    body: parsePart(route.body, body, '', faults),
  };
  if (faults.length > 0) throw new LedgerError('BAD_REQUEST', badRequest(faults), { faults });
  return {
    ...parsed,
    caller,
    host: request.headers.host ?? '',
    headers: singleHeaders(request),
    closed: () => closedSignal(request),
  } as RouteRequest<Name>;
}

/** Made only for those who ask: most answers are short, and nobody listens for their end. */
function closedSignal(request: Request): AbortSignal {
  const abort = new AbortController();
  request.res?.once('close', () => {
    abort.abort();
  });
  return abort.signal;
}

function parsePart(schema: RouteSpec['params'], value: unknown, base: string, faults: Fault[]): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  faults.push(...faultsOf('BAD_REQUEST', result.error, base));
  return undefined;
}

function badRequest(faults: readonly Fault[]): string {
  return faults.length === 1
    ? `One field is wrong: ${faults[0]?.message ?? ''}.`
    : `${String(faults.length)} fields are wrong.`;
}

/** Express gives the rest of a path as a list of its parts. */
function joinWildcards(params: Request['params']): Record<string, string> {
  const entries = Object.entries<string | string[]>(params);
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value.join('/') : value]));
}

function singleHeaders(request: Request): Record<string, string | undefined> {
  const one = (name: string): string | undefined => {
    const value = request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  return { 'idempotency-key': one('idempotency-key'), 'last-event-id': one('last-event-id') };
}

/** A bad token is an error even where none is needed: it was meant to show more. */
async function readCaller(route: RouteSpec, request: Request, sessions: SessionDesk): Promise<OpenSession | undefined> {
  const { authorization } = request.headers;
  if (route.access === 'anyone') return undefined;
  if (authorization === undefined) {
    if (route.access === 'party') throw new LedgerError('UNAUTHENTICATED');
    return undefined;
  }
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) throw new LedgerError('UNAUTHENTICATED', 'Send the session token as Bearer token.');
  return sessions.caller(token);
}
