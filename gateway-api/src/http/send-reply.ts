import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { visibleJson } from '@carbon-ledger/core';
import type { RouteSpec } from '@carbon-ledger/client-sdk';
import { jsonPieces } from './json-pieces';
import type { Reply } from './reply';

/** Writes a handler's answer with the caching that its route promises. */
export async function sendReply(route: RouteSpec, reply: Reply, request: Request, response: Response): Promise<void> {
  response.status(reply.status ?? route.statuses[0] ?? 200);
  setHeaders(route, reply, request, response);
  if ('stream' in reply) {
    if (route.caching !== 'none' && isKnown(reply.etag, request, response)) endUnchanged(response);
    else await sendStream(reply.stream, response);
    return;
  }
  const payload = await payloadOf(reply);
  if (route.caching === 'none') response.end(payload);
  else sendTagged(payload, request, response, reply.etag);
}

/** Everything that may be kept goes out this way: with its tag, and not again to who has it. */
export function sendTagged(
  payload: string | Uint8Array,
  request: Request,
  response: Response,
  etag = contentTag(payload),
): void {
  if (isKnown(etag, request, response)) endUnchanged(response);
  else response.end(payload);
}

/** Whether who asks has what the tag names. */
function isKnown(etag: string | undefined, request: Request, response: Response): boolean {
  if (etag === undefined) return false;
  response.setHeader('etag', etag);
  return request.fresh;
}

function endUnchanged(response: Response): void {
  response.removeHeader('content-type');
  response.status(304).end();
}

const ETAG_HEX = 32;

/** Weak where it is text, which may be compressed on its way: the same answer, but not the same bytes (RFC 9110 section 8.8.1). */
function contentTag(payload: string | Uint8Array): string {
  return typeof payload === 'string' ? weakTag(payload) : `"${tagOf(payload)}"`;
}

/** Of what is not hashed itself: the facts from which it follows, or bytes that are compressed for some. */
export function weakTag(content: string | Uint8Array): string {
  return `W/"${tagOf(content)}"`;
}

function tagOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, ETAG_HEX);
}

/** What is the same for all may be kept by those between; what was read with a session stays with who read it. */
function cacheControl({ caching, access }: RouteSpec): string {
  if (caching === 'none') return 'no-store';
  if (caching === 'immutable') return 'public, max-age=31536000, immutable';
  return access === 'anyone' ? 'public, no-cache' : 'private, no-cache';
}

function setHeaders(route: RouteSpec, reply: Reply, request: Request, response: Response): void {
  const { headers, next, mediaType } = reply;
  response.setHeader('cache-control', cacheControl(route));
  if (route.access === 'optional') response.vary('authorization');
  if (route.alsoAs.length > 0) response.vary('accept');
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  if (next !== undefined) response.setHeader('link', nextLink(request, next));
  response.setHeader('content-type', mediaType ?? route.mediaType);
}

/** RFC 8288: the same question, going on where this answer ends. */
function nextLink({ originalUrl }: Request, next: Readonly<Record<string, string | number>>): string {
  const [path = '', query = ''] = originalUrl.split('?');
  const members = new URLSearchParams(query);
  for (const [name, value] of Object.entries(next)) members.set(name, String(value));
  return `<${path}?${members.toString()}>; rel="next"`;
}

async function payloadOf(
  reply: Exclude<Reply, { readonly stream: AsyncIterable<string> }>,
): Promise<string | Uint8Array> {
  if ('json' in reply) return jsonText(reply.json);
  return 'text' in reply ? reply.text : reply.bytes;
}

/** Large answers take their turns: a trace of a plant with forty units is megabytes. */
export async function jsonText(value: unknown): Promise<string> {
  let text = '';
  for (const piece of jsonPieces(value)) {
    if (text !== '') await nextTurn();
    // Names of earlier records may hold what is not seen; a reader of JSON sees it written out.
    text += visibleJson(piece);
  }
  return text;
}

/** Never writes faster than the client reads; a client that stops reading holds one chunk, not a queue. */
async function sendStream(chunks: AsyncIterable<string>, response: Response): Promise<void> {
  response.flushHeaders();
  const awaitRoom = roomIn(response);
  for await (const chunk of chunks) {
    if (response.destroyed) break;
    if (!response.write(chunk)) await awaitRoom();
  }
  response.end();
}

/**
 * Settles when the client has read, or is gone. One listener for a whole stream: what packs answers on their way hands listeners on to
 * where they are not taken away again, and a long stream would gather them.
 */
function roomIn(response: Response): () => Promise<void> {
  let wake = (): void => undefined;
  const woken = (): void => {
    wake();
  };
  response.on('drain', woken).on('close', woken);
  return () =>
    new Promise((resolve) => {
      wake = resolve;
      if (response.destroyed) resolve();
    });
}
