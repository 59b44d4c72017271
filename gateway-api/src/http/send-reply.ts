import { once } from 'node:events';
import type { Request, Response } from 'express';
import type { Caching, RouteSpec } from '@carbon-ledger/client-sdk';
import type { Reply } from './reply';

const CACHE_CONTROL: Readonly<Record<Caching, string>> = {
  immutable: 'public, max-age=31536000, immutable',
  revalidate: 'private, no-cache',
  none: 'no-store',
};

/** Writes a handler's answer with the caching that its route promises. */
export async function sendReply(route: RouteSpec, reply: Reply, request: Request, response: Response): Promise<void> {
  response.status(reply.status ?? route.statuses[0] ?? 200);
  setHeaders(route, reply, response);
  if (reply.etag !== undefined && request.fresh) {
    response.status(304).end();
    return;
  }
  response.setHeader('content-type', reply.mediaType ?? route.mediaType);
  if ('stream' in reply) await sendStream(reply.stream, response);
  else response.end(payloadOf(reply));
}

function setHeaders(route: RouteSpec, { headers, etag }: Reply, response: Response): void {
  response.setHeader('cache-control', CACHE_CONTROL[route.caching]);
  if (route.access === 'optional') response.setHeader('vary', 'authorization');
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  if (etag !== undefined) response.setHeader('etag', etag);
}

function payloadOf(reply: Exclude<Reply, { readonly stream: AsyncIterable<string> }>): string | Uint8Array {
  if ('json' in reply) return JSON.stringify(reply.json);
  return 'text' in reply ? reply.text : reply.bytes;
}

/** Never writes faster than the client reads; a client that stops reading holds one chunk, not a queue. */
async function sendStream(chunks: AsyncIterable<string>, response: Response): Promise<void> {
  response.flushHeaders();
  for await (const chunk of chunks) {
    if (response.destroyed) break;
    if (!response.write(chunk)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
  response.end();
}
