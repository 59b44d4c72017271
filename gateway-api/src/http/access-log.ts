import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type { Metrics } from './metrics';

/**
 * One line for each request on stderr and one observation in the metrics. What went well is told at `debug` only: a few
 * thousand lines a second help nobody. Path only, never query, headers or body: figures and tokens stay out of logs.
 */
export function accessLog(logger: Logger, metrics: Metrics): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const end = metrics.startRequest();
    response.once('finish', () => {
      const { statusCode } = response;
      const seconds = end(String(response.locals['route'] ?? 'other'), statusCode);
      const level = levelOf(statusCode);
      if (!logger.isLevelEnabled(level)) return;
      const { method, path } = request;
      const requestId = String(response.locals['requestId']);
      const traceId = String(response.locals['traceId'] ?? '');
      logger[level](
        {
          requestId,
          ...(NO_TRACE.test(traceId) ? {} : { traceId }),
          method,
          path,
          statusCode,
          ms: Math.round(seconds * 1000),
        },
        'request',
      );
    });
    next();
  };
}

/** What a tracer says where there is no trace. */
const NO_TRACE = /^0*$/;

function levelOf(status: number): 'error' | 'info' | 'debug' {
  if (status >= 500 && status !== 503) return 'error';
  return status >= 400 ? 'info' : 'debug';
}
