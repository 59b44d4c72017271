import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { LedgerError } from '@carbon-ledger/core';
import type { ReadLog } from '../reads/read-log';
import type { SessionDesk } from '../sessions/session-desk';
import { accessLog } from './access-log';
import { limitedRequests, type Limits } from './limits/limits';
import type { Metrics } from './metrics';
import { API_PAGE, API_SCRIPT, errorsPage, PLAIN_CSS } from './pages';
import { asLedgerError, ERRORS_PAGE, problemOf } from './problems';
import { oneAfterAnother } from './one-after-another';
import type { Handlers } from './reply';
import { createRouter } from './router';
import { sendTagged } from './send-reply';
import { serveSite } from './site';
import { compressed } from './standards/compressed';
import { traced } from './standards/trace-context';
import { addWellKnown } from './standards/well-known';

export interface AppOptions {
  readonly handlers: Handlers;
  readonly sessions: SessionDesk;
  readonly reads: ReadLog;
  readonly clock: () => Date;
  readonly home: () => Promise<string>;
  /** Whether anybody can make the ledger's keys: its pages say so from the first moment. */
  readonly isTrial: () => Promise<boolean>;
  /** This gateway as a witness of other logs (C2SP tlog-witness), under `/witness`. */
  readonly witness: express.Router | undefined;
  /** Folder of the built console; without it, `/` is a plain page. */
  readonly siteDir?: string | undefined;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly limits: Limits;
  /** Addresses and networks of proxies whose word on the client's address is taken (`X-Forwarded-For`). */
  readonly trustedProxies: readonly string[];
  /** The service itself speaks TLS. */
  readonly hasTls: boolean;
}

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** The Express service: what every answer carries, then the routes of the table, then problems for all the rest. */
export function createApp(options: Readonly<AppOptions>): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', [...options.trustedProxies]);
  app.use(
    oneAfterAnother(
      giveRequestId,
      traced(),
      accessLog(options.logger, options.metrics),
      constantHeaders(helmet(securityHeaders(options.hasTls))),
      compressed(),
      limitedRequests(options.limits.requestsPerMinute),
      assertNamedOnce,
      standardLogPaths,
    ),
    createRouter(options.handlers, options),
  );
  addDocs(app);
  addWellKnown(app);
  app.use(serveSite(options.siteDir, options.isTrial) ?? plainHome(options.home));
  if (options.witness !== undefined) app.use('/witness', options.witness);
  app.use((_request: Request, _response: Response, next: NextFunction) => {
    next(new LedgerError('NOT_FOUND', 'There is no such route; see /openapi.json.'));
  });
  app.use(problemHandler(options.logger));
  return app;
}

function giveRequestId(request: Request, response: Response, next: NextFunction): void {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
  response.locals['requestId'] = id;
  response.setHeader('x-request-id', id);
  next();
}

/**
 * A middleware whose headers do not depend on the request is asked once, not for each answer.
 * @param middleware may do nothing but set headers
 */
function constantHeaders(middleware: ReturnType<typeof helmet>): express.RequestHandler {
  const headers = new Map<string, string>();
  const recorder = {
    setHeader: (name: string, value: string) => headers.set(name, value),
    removeHeader: (name: string) => headers.delete(name),
  };
  middleware({} as never, recorder as never, (error?: unknown) => {
    if (error instanceof Error) throw error;
  });
  return (_request, response, next) => {
    response.setHeaders(headers);
    next();
  };
}

/** Nothing is loaded from elsewhere and nothing here may be framed. */
function securityHeaders(hasTls: boolean): Parameters<typeof helmet>[0] {
  const self = ["'self'"];
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: self,
        styleSrc: self,
        imgSrc: [...self, 'data:'],
        connectSrc: self,
        fontSrc: self,
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // Where it speaks plain HTTP on loopback, the proxy that adds TLS sets HSTS.
    strictTransportSecurity: hasTls,
  };
}

/** What chooses how a request is taken: of two, a proxy may have looked at the other one (RFC 9110 section 5.3). */
const namedOnce = ['host', 'authorization', 'content-type', 'idempotency-key'] as const;

/** One host that is one (RFC 9112 section 3.2), and each of the fields above once at most. */
function assertNamedOnce(request: Request, _response: Response, next: NextFunction): void {
  const twice = namedOnce.find((name) => (request.headersDistinct[name] ?? []).length > 1);
  const isList = /[\s,]/.test(request.headers.host ?? '');
  const fault = twice === undefined && isList ? 'host' : twice;
  next(fault === undefined ? undefined : new LedgerError('BAD_REQUEST', `A request names one ${fault}, and one only.`));
}

/** C2SP tile clients know the log under one prefix: `/log/` is `/v1/log/`. */
function standardLogPaths(request: Request, _response: Response, next: NextFunction): void {
  if (request.url.startsWith('/log/')) request.url = `/v1${request.url}`;
  next();
}

/** A page or part of one that comes with the program: kept, and asked for again. */
function kept(type: string, text: () => string | Promise<string>): express.RequestHandler {
  return async (request, response) => {
    response.setHeader('cache-control', 'no-cache').type(type);
    sendTagged(await text(), request, response);
  };
}

/** Where the console was not built. */
function plainHome(home: () => Promise<string>): express.Router {
  return express.Router().get('/', kept('html', home));
}

function addDocs(app: Express): void {
  const pages: readonly (readonly [path: string, type: string, text: () => string])[] = [
    ['/docs', 'html', () => API_PAGE],
    [ERRORS_PAGE, 'html', errorsPage],
    ['/docs/start.js', 'text/javascript', () => API_SCRIPT],
    ['/docs/plain.css', 'text/css', () => PLAIN_CSS],
  ];
  for (const [path, type, text] of pages) app.get(path, kept(type, text));
  app.use(
    '/docs/assets',
    express.static(dirname(require.resolve('swagger-ui-dist/package.json')), {
      index: false,
      dotfiles: 'deny',
      maxAge: '1d',
    }),
  );
}

const REFUSED_UNREAD: ReadonlySet<string> = new Set(['TOO_LARGE', 'RATE_LIMITED', 'NOT_READY']);

/** Seconds, where it helps to ask again. A limit on requests has said so itself. */
function retryAfterOf({ code, details }: LedgerError): string | undefined {
  if (code === 'NOT_READY' || code === 'NOT_SENT' || code === 'IDEMPOTENCY_IN_PROGRESS') return '1';
  const { retryAfter } = details;
  return code === 'RATE_LIMITED' && typeof retryAfter === 'number' ? String(retryAfter) : undefined;
}

/** RFC 6750 section 3: why a token was not taken, where one came. */
function authenticationScheme({ headers }: Request): string {
  const scheme = 'Bearer realm="carbon-audit-ledger"';
  return headers.authorization === undefined ? scheme : `${scheme}, error="invalid_token"`;
}

function problemHandler(logger: Logger): express.ErrorRequestHandler {
  return (thrown: unknown, request: Request, response: Response, next: NextFunction): void => {
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const error = asLedgerError(thrown);
    const requestId = String(response.locals['requestId']);
    const problem = problemOf(error, requestId);
    // Not to be ready yet is no failure: whoever waits for it asks again and again.
    if (problem.status >= 500 && error.code !== 'NOT_READY')
      logger.error({ err: error.cause ?? error, requestId, code: error.code }, 'request failed');
    // Nobody reads the rest of a body that was refused for its size.
    if (!request.complete && REFUSED_UNREAD.has(error.code)) response.setHeader('connection', 'close');
    if (problem.status === 401) response.setHeader('www-authenticate', authenticationScheme(request));
    if (problem.status === 415) response.setHeader('accept-post', 'application/json');
    const retryAfter = retryAfterOf(error);
    if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
    response.status(problem.status).setHeader('cache-control', 'no-store');
    response.type('application/problem+json').send(JSON.stringify({ ...problem, instance: request.path }));
  };
}
