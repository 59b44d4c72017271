import { isLedgerError, LedgerError, utf8Decode } from '@carbon-ledger/core';

/** One HTTP exchange with a service that is not ours: bounded in time and size, without redirects. */
export interface OutsideRequest {
  readonly url: string;
  /** Absent for GET. */
  readonly post?: { readonly contentType: string; readonly body: string | Uint8Array };
  readonly timeoutMs: number;
  /** Longest answer that is read, in bytes. */
  readonly maxBytes: number;
}

export interface OutsideAnswer {
  readonly status: number;
  /** Lower case, without parameters. */
  readonly contentType: string;
  readonly body: Uint8Array;
}

/**
 * Asks and reads the whole answer, whatever its status.
 * @throws LedgerError OUTSIDE_UNREACHABLE without an answer in time, OUTSIDE_REFUSED for one that is too long
 */
export async function askOutside(request: Readonly<OutsideRequest>): Promise<OutsideAnswer> {
  try {
    const response = await fetch(request.url, optionsOf(request));
    const contentType = response.headers.get('content-type') ?? '';
    const [type = ''] = contentType.toLowerCase().split(';');
    return { status: response.status, contentType: type.trim(), body: await readLimited(response, request.maxBytes) };
  } catch (cause) {
    if (isLedgerError(cause)) throw cause;
    throw new LedgerError('OUTSIDE_UNREACHABLE', `${request.url} does not answer.`, { cause });
  }
}

/** What went wrong, as one of our own errors: work in the background throws to nobody, it tells. */
export function knownProblem(cause: unknown, message: string): LedgerError {
  return isLedgerError(cause) ? cause : new LedgerError('INTERNAL', message, { cause });
}

/** Text of an answer. @throws LedgerError OUTSIDE_REFUSED when it is not UTF-8 */
export function textOf(answer: OutsideAnswer): string {
  try {
    return utf8Decode(answer.body);
  } catch (cause) {
    throw new LedgerError('OUTSIDE_REFUSED', 'The answer is not text.', { cause });
  }
}

function optionsOf({ post, timeoutMs }: OutsideRequest): RequestInit {
  // A redirect could lead into the inner network: nobody who is configured by address needs one.
  const common: RequestInit = { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) };
  if (post === undefined) return common;
  const body = typeof post.body === 'string' ? post.body : Buffer.from(post.body);
  return { ...common, method: 'POST', headers: { 'Content-Type': post.contentType }, body };
}

async function readLimited(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > maxBytes)
      throw new LedgerError('OUTSIDE_REFUSED', `The answer has more than ${String(maxBytes)} bytes.`);
    chunks.push(chunk);
  }
  return Uint8Array.from(Buffer.concat(chunks));
}
