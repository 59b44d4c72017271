import type { IncomingMessage } from 'node:http';
import { LedgerError, parseStrict } from '@carbon-ledger/core';
import { Turns } from './turns';

/** Bodies of more bytes are read one after another. */
const LARGE = 64 * 1024;
const turns = new Turns();

const JSON_TYPE = /^application\/(?:[a-z.+-]+\+)?json(?:\s*;\s*charset=utf-8)?$/i;

/**
 * Reads a JSON body strictly: no duplicate keys, nothing behind the value, not one byte more than the route allows.
 * @throws LedgerError BAD_REQUEST, TOO_LARGE, BAD_JSON, BAD_ENCODING
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<unknown> {
  const { 'content-type': type, 'content-encoding': encoding, 'content-length': length } = request.headers;
  if (!JSON_TYPE.test(type ?? '')) throw new LedgerError('BAD_REQUEST', 'Send the body as application/json.');
  if (encoding !== undefined && encoding !== 'identity')
    throw new LedgerError('BAD_REQUEST', 'Send the body uncompressed.');
  if (Number(length ?? 0) > limit) throw tooLarge(limit);
  const bytes = await collect(request, limit);
  if (bytes.length > LARGE) await turns.take();
  return parseStrict(bytes, { maxBytes: limit });
}

/** By events: an async iterator costs as much as all the rest of a small request's reading. */
function collect(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else {
        request.pause();
        reject(tooLarge(limit));
      }
    });
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
