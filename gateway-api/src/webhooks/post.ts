import { createHmac } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { WebhookAddresses } from './addresses';

/** What a receiver is given to answer in, all in all. */
const ANSWER_MS = 10_000;
/** Nobody reads what a receiver says; more of it is not even waited for. */
const MOST_ANSWER = 64 * 1024;
const GONE = 410;

export interface Message {
  readonly id: string;
  readonly url: string;
  /** `whsec_…` */
  readonly secret: string;
  readonly body: string;
  /** Unix seconds of this attempt. */
  readonly timestamp: number;
}

export type Outcome =
  | { readonly kind: 'taken' }
  | { readonly kind: 'failed'; readonly reason: string }
  /** The receiver wants no more. */
  | { readonly kind: 'gone' };

/** Sends one message once. */
export type Post = (message: Message, signal: AbortSignal) => Promise<Outcome>;

/** Headers of Standard Webhooks: receivers verify them with its libraries. */
export function headersOf({ id, secret, body, timestamp }: Message): Record<string, string> {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signed = createHmac('sha256', key).update(`${id}.${String(timestamp)}.${body}`);
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'carbon-audit-ledger',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signed.digest('base64')}`,
  };
}

export interface PostParts {
  readonly addresses: WebhookAddresses;
  readonly schedule: (task: () => void, ms: number) => () => void;
}

/** Over a connection of its own, to an address that is allowed; redirects are not followed. */
export function postOver({ addresses, schedule }: PostParts): Post {
  return async (message, signal) => {
    const late = new AbortController();
    const cancel = schedule(() => {
      late.abort(new Error(`no answer in ${String(ANSWER_MS / 1000)} s`));
    }, ANSWER_MS);
    try {
      addresses.assertLiteral(message.url);
      return outcomeOf(await statusOf(message, addresses, AbortSignal.any([signal, late.signal])));
    } catch (error) {
      return { kind: 'failed', reason: reasonOf(late.signal.aborted ? late.signal.reason : error) };
    } finally {
      cancel();
    }
  };
}

function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return { kind: 'taken' };
  return status === GONE ? { kind: 'gone' } : { kind: 'failed', reason: `HTTP ${String(status)}` };
}

function statusOf(message: Message, { lookup }: WebhookAddresses, signal: AbortSignal): Promise<number> {
  const send = message.url.toLowerCase().startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', headers: headersOf(message), lookup, signal, agent: false };
    const request = send(message.url, options, (response) => {
      drain(response);
      response.once('close', () => {
        resolve(response.statusCode ?? 0);
      });
    });
    request.once('error', reject);
    request.end(message.body);
  });
}

/** What the answer says is of no account: its status is. One that does not end counts as it began. */
function drain(response: IncomingMessage): void {
  let bytes = 0;
  response.on('error', () => undefined);
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_ANSWER) response.destroy();
  });
}

/** Without an address or a stack: it is shown to the party. */
function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'failed';
  const texts: readonly unknown[] = [Reflect.get(error, 'code'), Reflect.get(error, 'message')];
  const known = texts.find((text): text is string => typeof text === 'string');
  return (known ?? 'failed').slice(0, 200);
}
