import type { Request } from 'express';
import { LedgerError, MOST_FAULTS, type Fault } from '@carbon-ledger/core';
import { routes, type RouteName, type RouteSpec } from '@carbon-ledger/client-sdk';
import type { ReadLog } from '../reads/read-log';
import { RequestReads, type ReadingRequest } from '../reads/request-reads';
import type { OpenSession, SessionDesk } from '../sessions/session-desk';
import { takeBody } from './body';
import { clientOf, type Limits } from './limits/limits';
import { prices } from './limits/prices';
import type { Account } from './limits/work-budget';
import { BoundedValidation } from './reading/bounded-validation';
import { negotiatedType } from './standards/negotiation';
import type { RouteRequest } from './reply';

const LONGEST_PURPOSE = 200;
const BEARER = /^Bearer ([A-Za-z0-9._-]{1,4096})$/;

export interface RequestReading {
  readonly sessions: SessionDesk;
  readonly limits: Limits;
  readonly reads: Pick<ReadLog, 'append'>;
  readonly clock: () => Date;
}

/**
 * Reads a request by its route's schemas. Every fault of path, query, headers and body is told at once.
 * @throws LedgerError NOT_ACCEPTABLE, BAD_REQUEST, UNAUTHENTICATED, RATE_LIMITED, and those of the body
 */
export async function readRequest<Name extends RouteName>(
  name: Name,
  request: Request,
  { sessions, limits, reads: log, clock }: RequestReading,
): Promise<RouteRequest<Name>> {
  const route: RouteSpec = routes[name];
  const mediaType = negotiatedType(route, request);
  const client = clientOf(request);
  const { caller, payer } = await readCaller(route, request, sessions);
  const account = limits.account(client, payer?.party);
  if (!FREE.has(name)) account.assertOpen();
  const parsed = await parseParts(route, request, { limits, client, account }).catch((error: unknown) => {
    if (SIGN_IN.has(name)) limits.countSignIn(client, undefined);
    throw error;
  });
  const reads = caller && new RequestReads(log, readingOf(name, request, caller), clock);
  return {
    ...parsed,
    caller: caller && reads && { ...caller, saw: reads.saw },
    reads,
    client,
    spend: (units: number) => {
      account.spend(units);
    },
    mediaType,
    closed: () => closedSignal(request),
  } as RouteRequest<Name>;
}

/** Limited by count. */
const SIGN_IN: ReadonlySet<RouteName> = new Set(['createChallenge', 'createSession']);
/** What tells how the service is, and who one is, is answered whatever was spent. */
const FREE: ReadonlySet<RouteName> = new Set(['livez', 'readyz', 'metrics', 'getSession', ...SIGN_IN]);

interface PartsReading {
  readonly limits: Limits;
  readonly client: string;
  readonly account: Account;
}

interface Parts {
  readonly params: unknown;
  readonly query: unknown;
  readonly headers: unknown;
  readonly body: unknown;
}

async function parseParts(route: RouteSpec, request: Request, reading: PartsReading): Promise<Parts> {
  const validation = new BoundedValidation('BAD_REQUEST', reading.limits.pacer);
  const params = await validation.read(route.params, joinWildcards(request.params), '/params');
  const query = await validation.read(route.query, { ...request.query }, '/query');
  const headers = await validation.read(route.headers, singleHeaders(route, request), '/headers');
  const body = route.method === 'POST' ? await parseBody(route, request, reading, validation) : {};
  const { faults } = validation;
  if (faults.length > 0) throw new LedgerError('BAD_REQUEST', badRequest(faults), { faults });
  return { params, query, headers, body };
}

async function parseBody(
  route: RouteSpec,
  request: Request,
  { limits, client, account }: PartsReading,
  validation: BoundedValidation,
): Promise<unknown> {
  const body = await takeBody(request, { limit: route.bodyLimit, limits, client });
  if (request.res?.closed === false) request.res.once('close', body.done);
  else body.done();
  account.spend((body.bytes / 1024) * prices.bodyKilobyte);
  return validation.read(route.body, await body.parse());
}

/** Made only for those who ask: most answers are short, and nobody listens for their end. */
function closedSignal(request: Request): AbortSignal {
  const abort = new AbortController();
  request.res?.once('close', () => {
    abort.abort();
  });
  return abort.signal;
}

function badRequest(faults: readonly Fault[]): string {
  if (faults.length === 1) return `One field is wrong: ${faults[0]?.message ?? ''}.`;
  if (faults.length >= MOST_FAULTS) return `At least ${String(faults.length)} fields are wrong; reading ended there.`;
  return `${String(faults.length)} fields are wrong.`;
}

/** Express gives the rest of a path as a list of its parts. */
function joinWildcards(params: Request['params']): Record<string, string> {
  const entries = Object.entries<string | string[]>(params);
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value.join('/') : value]));
}

/** Those that the route knows; one that came twice counts once. */
function singleHeaders(route: RouteSpec, request: Request): Record<string, string | undefined> {
  const one = (name: string): string | undefined => {
    const value = request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  return Object.fromEntries(Object.keys(route.headers.shape).map((name) => [name, one(name)]));
}

/** Any text in UTF-8, percent-encoded as in a URL, because a header holds no other. */
function purposeOf({ headers }: Request): string | undefined {
  const given = headers['x-purpose'];
  if (typeof given !== 'string' || given === '') return undefined;
  try {
    const purpose = decodeURIComponent(given);
    if (purpose.length <= LONGEST_PURPOSE && !/\p{Cc}/u.test(purpose)) return purpose;
  } catch {
    // Told below.
  }
  throw new LedgerError('BAD_REQUEST', 'X-Purpose is percent-encoded text of at most 200 characters.');
}

function readingOf(route: RouteName, request: Request, session: OpenSession): ReadingRequest {
  return { session, route, requestId: String(request.res?.locals['requestId']), purpose: purposeOf(request) };
}

interface Callers {
  /** Who is told more than the public, where the route has more to tell. */
  readonly caller: OpenSession | undefined;
  /** Who pays: also where the answer is the same for everybody. */
  readonly payer: OpenSession | undefined;
}

/** A bad token is an error even where none is needed: it was meant to show more. */
async function readCaller(route: RouteSpec, request: Request, sessions: SessionDesk): Promise<Callers> {
  const { authorization } = request.headers;
  if (authorization === undefined) {
    if (route.access === 'party') throw new LedgerError('UNAUTHENTICATED');
    return { caller: undefined, payer: undefined };
  }
  const token = BEARER.exec(authorization)?.[1];
  if (route.access === 'anyone') {
    const payer = token === undefined ? undefined : await sessions.caller(token).catch(() => undefined);
    return { caller: undefined, payer };
  }
  if (token === undefined) throw new LedgerError('UNAUTHENTICATED', 'Send the session token as Bearer token.');
  const caller = await sessions.caller(token);
  return { caller, payer: caller };
}
