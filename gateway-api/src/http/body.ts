import type { IncomingMessage } from 'node:http';
import { LedgerError, parseStrict } from '@carbon-ledger/core';
import { asLedgerError } from './problems';
import type { Limits } from './limits/limits';
import { JsonMeter, type JsonBounds } from './reading/json-meter';
import { parseInSlices } from './reading/sliced-json';
import { Turns } from './turns';

/** Bodies of more bytes are read one after another. */
const LARGE = 64 * 1024;
/** Bodies of more bytes wait for their turn: many that come together are not read in one. */
const SMALL = 4 * 1024;
const turns = new Turns();

/** Where a string ends at the latest: no field takes a longer one. */
const LONGEST_STRING = 256 * 1024;
const MOST_VALUES = 1_000_000;
/** JSON that means something has fewer values than one in so many bytes. */
const BYTES_A_VALUE = 8;

const JSON_TYPE = /^application\/(?:[a-z.+-]+\+)?json(?:\s*;\s*charset=utf-8)?$/i;

export interface BodyReading {
  /** Bytes that the route allows. */
  readonly limit: number;
  readonly limits: Limits;
  /** Whose memory it counts as. */
  readonly client: string;
}

export interface Body {
  readonly bytes: number;
  /** Reads what has come in. @throws LedgerError BAD_JSON, BAD_ENCODING, TOO_LARGE */
  parse(): Promise<unknown>;
  /** Call when the request is answered. */
  readonly done: () => void;
}

/**
 * Takes in a JSON body, to be read strictly: no duplicate keys, nothing behind the value, not one byte more than the route
 * allows, and no more values in it than its length can mean something with.
 * @throws LedgerError UNSUPPORTED_MEDIA_TYPE, BAD_REQUEST, TOO_LARGE, RATE_LIMITED, NOT_READY
 */
export async function takeBody(request: IncomingMessage, { limit, limits, client }: BodyReading): Promise<Body> {
  const { 'content-type': type, 'content-encoding': encoding, 'content-length': length } = request.headers;
  if (!JSON_TYPE.test(type ?? ''))
    throw new LedgerError('UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.');
  if (encoding !== undefined && encoding !== 'identity')
    throw new LedgerError('UNSUPPORTED_MEDIA_TYPE', 'Send the body uncompressed.');
  if (Number(length ?? 0) > limit) throw tooLarge(limit);
  let held = 0;
  const meter = new JsonMeter(boundsOf(limit));
  const done = (): void => {
    limits.buffers.giveBack(client, held);
    held = 0;
  };
  const onChunk = (chunk: Uint8Array): void => {
    limits.buffers.take(client, chunk.length);
    held += chunk.length;
    meter.push(chunk);
  };
  try {
    const bytes = await collect(request, limit, onChunk);
    return { bytes: bytes.length, parse: () => parse(bytes, limits), done };
  } catch (error) {
    done();
    throw error;
  }
}

async function parse(bytes: Uint8Array, { pacer }: Limits): Promise<unknown> {
  if (bytes.length > LARGE) {
    await turns.take();
    return parseInSlices(bytes, pacer);
  }
  if (bytes.length > SMALL) await pacer.turn();
  return parseStrict(bytes);
}

function boundsOf(limit: number): JsonBounds {
  return { values: Math.min(MOST_VALUES, Math.ceil(limit / BYTES_A_VALUE)), stringBytes: LONGEST_STRING };
}

/** By events: an async iterator costs as much as all the rest of a small request's reading. */
function collect(request: IncomingMessage, limit: number, onChunk: (chunk: Uint8Array) => void): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      try {
        if (size > limit) throw tooLarge(limit);
        onChunk(chunk);
        chunks.push(chunk);
      } catch (error) {
        request.off('data', take);
        request.pause();
        reject(asLedgerError(error));
      }
    };
    request.on('data', take);
    request.on('end', () => {
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size));
    });
    const broken = (): void => {
      if (request.complete) return;
      reject(gone());
    };
    request.on('error', broken);
    request.on('close', broken);
    // Gone before anybody listened: nothing more will be told of it.
    if (request.destroyed) reject(gone());
  });
}

function gone(): LedgerError {
  return new LedgerError('BAD_REQUEST', 'The connection ended before the body did.');
}

function tooLarge(limit: number): LedgerError {
  return new LedgerError('TOO_LARGE', `The body may have ${String(limit)} bytes here.`, { details: { limit } });
}
