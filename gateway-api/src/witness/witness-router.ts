import express, { type Response, type Router } from 'express';
import { LedgerError, utf8Decode } from '@carbon-ledger/core';
import type { Witness, WitnessAnswer } from './witness';

/** A note of 32 KiB and 63 hashes fit. */
const MAX_BODY_BYTES = 64 * 1024;

/**
 * The HTTP interface of a witness; submission prefix and monitoring prefix are where it is mounted. Works inside the
 * gateway and alone: it needs no body parser, no session and no other middleware.
 */
export function witnessRouter(witness: Witness): Router {
  const router = express.Router();
  // The protocol names no media type for the request: whatever comes is read as bytes.
  const body = express.raw({ type: () => true, limit: MAX_BODY_BYTES });
  router.post('/add-checkpoint', body, async (request, response) => {
    const text = textOf(request.body);
    send(response, text === undefined ? NOT_TEXT : await witness.addCheckpoint(text));
  });
  router.get('/:originHash/checkpoint', async (request, response) => {
    send(response, await witness.checkpointOf(request.params.originHash));
  });
  return router;
}

const NOT_TEXT: WitnessAnswer = {
  status: 400,
  contentType: 'text/plain; charset=utf-8',
  body: 'The body is not UTF-8 text.\n',
};

function textOf(body: unknown): string | undefined {
  if (!(body instanceof Uint8Array)) return undefined;
  try {
    return utf8Decode(body);
  } catch (error) {
    if (error instanceof LedgerError) return undefined;
    throw error;
  }
}

/** Header by hand: Express would add a charset, and the media type of the size is given without one. */
function send(response: Response, { status, contentType, body }: WitnessAnswer): void {
  response.statusCode = status;
  response.setHeader('Content-Type', contentType);
  response.setHeader('Cache-Control', 'no-store');
  response.end(body);
}
