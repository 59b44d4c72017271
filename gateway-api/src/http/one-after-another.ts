import type { RequestHandler } from 'express';

/**
 * Handlers that every request goes through, as one: Express would ask of each, for each request, whether its path is meant.
 * An error that one of them tells or throws ends the row, as it does where Express calls them; what it gives back is not waited for.
 */
export function oneAfterAnother(...handlers: readonly RequestHandler[]): RequestHandler {
  return handlers.reduceRight<RequestHandler>(
    (rest, handler) => (request, response, next) =>
      handler(request, response, (fault?: unknown) => {
        if (fault === undefined) void rest(request, response, next);
        else next(fault);
      }),
    (_request, _response, next) => {
      next();
    },
  );
}
