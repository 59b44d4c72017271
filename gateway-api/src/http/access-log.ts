import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { Metrics } from './metrics';

/**
 * One line for each request on stderr and one observation in the metrics. Path only, never query, headers or body:
 * figures and tokens stay out of logs.
 */
export function accessLog(logger: Logger, metrics: Metrics): RequestHandler {
  const log = pinoHttp({
    logger,
    quietReqLogger: true,
    genReqId: (_request, response) => String((response as Response).locals['requestId']),
    customLogLevel: (_request, response, error) => levelOf(response.statusCode, error),
    serializers: {
      req: ({ method, url }: { method: string; url: string }) => ({ method, path: url.split('?')[0] }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    },
  });
  return (request: Request, response: Response, next: NextFunction): void => {
    const end = metrics.startRequest();
    response.once('finish', () => {
      end(String(response.locals['route'] ?? 'other'), response.statusCode);
    });
    log(request, response);
    next();
  };
}

/** What went well is told at `debug` only: a few thousand lines a second help nobody. */
function levelOf(status: number, error: Error | undefined): 'error' | 'info' | 'debug' {
  if (error !== undefined || status >= 500) return 'error';
  return status >= 400 ? 'info' : 'debug';
}
