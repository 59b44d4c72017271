import compression from 'compression';
import type { Request, RequestHandler, Response } from 'express';

/** Bytes; what is smaller fits into few packets anyway. */
const WORTH_IT = 4 * 1024;
/** A trace of a plant-year is 11 times smaller at level 3, and 13 times at level 6 in twice the time. */
const LEVEL = 3;

/**
 * Compresses what is read, as the client accepts it. Not event streams, where each event must leave at once, nor answers to
 * POST: those are mostly receipts and proofs, which are hashes, and are not even looked at.
 */
export function compressed(): RequestHandler {
  const compress = compression({ threshold: WORTH_IT, level: LEVEL, filter: isWorthCompressing });
  return (request, response, next) => {
    if (request.method === 'GET') compress(request, response, next);
    else next();
  };
}

function isWorthCompressing(request: Request, response: Response): boolean {
  if (String(response.getHeader('content-type')).startsWith('text/event-stream')) return false;
  return compression.filter(request, response);
}
