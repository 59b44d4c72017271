import {
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
} from '@opentelemetry/api';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

/** W3C Trace Context, level 1: later versions may have more behind the flags. */
const TRACEPARENT = /^(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const FIRST_VERSION = '00';

/** The span of the caller, where the header names one. */
export function callerContext(traceparent: string | undefined): Context {
  const match = TRACEPARENT.exec(traceparent ?? '');
  if (match === null) return ROOT_CONTEXT;
  const [, version, traceId = '', spanId = '', flags = '', more] = match;
  const span = { traceId, spanId, traceFlags: parseInt(flags, 16) & 1, isRemote: true };
  if ((version === FIRST_VERSION && more !== undefined) || !isSpanContextValid(span)) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, span);
}

/**
 * One span for each request, under that of the caller (`traceparent`). Whoever runs the service decides where spans go by loading
 * an OpenTelemetry SDK (`node --require`); without one this costs next to nothing, and the trace id still stands in the log.
 */
export function traced(): RequestHandler {
  const tracer = trace.getTracer('carbon-audit-ledger/gateway-api');
  return (request: Request, response: Response, next: NextFunction): void => {
    const parent = callerContext(headerOf(request));
    const span = tracer.startSpan(`HTTP ${request.method}`, { kind: SpanKind.SERVER }, parent);
    response.locals['traceId'] = span.spanContext().traceId;
    response.once('close', () => {
      span.setAttributes({
        'http.request.method': request.method,
        'http.route': String(response.locals['route'] ?? 'other'),
        'http.response.status_code': response.statusCode,
      });
      if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    context.with(trace.setSpan(parent, span), next);
  };
}

function headerOf({ headers }: Request): string | undefined {
  const value = headers['traceparent'];
  return typeof value === 'string' ? value : undefined;
}
