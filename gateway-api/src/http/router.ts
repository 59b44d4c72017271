import { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { LedgerError } from '@carbon-ledger/core';
import { routes, type RouteName, type RouteSpec } from '@carbon-ledger/client-sdk';
import { readRequest, type RequestReading } from './read-request';
import type { RequestReads } from '../reads/request-reads';
import type { Handler, Handlers, Reply } from './reply';
import { sendReply } from './send-reply';
import { answerOptions, isReadByAnyOrigin, openToAnyOrigin } from './standards/cors';

/** Express's spelling of a path of the table: `{id}` is `:id`, `{+path}` the rest. */
function expressPath(path: string): string {
  return path.replace(/\{\+([a-zA-Z]+)\}/g, '*$1').replace(/\{([a-zA-Z]+)\}/g, ':$1');
}

/** To where a path that has no parameters says in full, without asking each route of the table whether it is meant. */
function straightTo(literal: ReadonlyMap<string, RequestHandler>): RequestHandler {
  return (request, response, next) => {
    const handle = literal.get(`${request.method} ${request.path}`);
    // What it gives back is awaited by Express: an error is told from there.
    if (handle !== undefined) return handle(request, response, next);
    next();
    return undefined;
  };
}

/** Every route of the table under its handler, and 405 for its other methods but OPTIONS. */
export function createRouter(handlers: Handlers, reading: RequestReading): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const literal = new Map<string, RequestHandler>();
  router.use(straightTo(literal));
  const allowed = new Map<string, Set<string>>();
  const open = new Set<string>();
  for (const name of Object.keys(routes) as RouteName[]) {
    const { method, path } = routes[name];
    const at = expressPath(path);
    const handle = bind(name, handlers[name], reading);
    if (at === path) literal.set(`${method} ${at}`, handle);
    if (method === 'GET') router.get(at, handle);
    else router.post(at, handle);
    if (isReadByAnyOrigin(routes[name])) open.add(at);
    allowed.set(at, (allowed.get(at) ?? new Set<string>()).add(method));
  }
  for (const [path, methods] of allowed) router.all(path, otherMethods(methods, open.has(path)));
  return router;
}

function bind(name: RouteName, handler: Handler<RouteName>, reading: RequestReading): RequestHandler {
  const route: RouteSpec = routes[name];
  const isOpen = isReadByAnyOrigin(route);
  return async (request: Request, response: Response): Promise<void> => {
    response.locals['route'] = name;
    if (isOpen) openToAnyOrigin(response);
    const asked = await readRequest(name, request, reading);
    const reply = await handler(asked);
    await asked.reads?.keep();
    await sendReply(route, keptReply(reply, asked.reads), request, response);
  };
}

/** What a stream shows is written down part by part. */
function keptReply(reply: Reply, reads: RequestReads | undefined): Reply {
  return 'stream' in reply && reads !== undefined ? { ...reply, stream: reads.kept(reply.stream) } : reply;
}

/** 405, and OPTIONS. */
function otherMethods(methods: ReadonlySet<string>, isOpen: boolean): RequestHandler {
  const known = [...methods].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  const allow = [...known, 'OPTIONS'].join(', ');
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.method === 'OPTIONS') {
      answerOptions(response, allow, isOpen);
      return;
    }
    response.setHeader('allow', allow);
    next(new LedgerError('METHOD_NOT_ALLOWED', `${request.method} is not answered here; ${allow} is.`));
  };
}
