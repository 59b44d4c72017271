import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { WebhookAddresses } from './addresses';
import { headersOf, postOver, type Message } from './post';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const never = (): (() => void) => () => undefined;

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe('a message to a receiver', () => {
  let server: Server;
  let answer: RequestListener;
  const received: Received[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        received.push({ headers: request.headers, body });
        answer(request, response);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const message = (path = '/'): Message => ({
    id: 'evt_abababababababab_3',
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}${path}`,
    secret,
    body: JSON.stringify({ type: 'record.committed', data: { key: '晋能/U1' } }),
    timestamp: Math.floor(Date.now() / 1000),
  });
  const local = new WebhookAddresses(['127.0.0.1']);
  const post = postOver({ addresses: local, schedule: never });
  const idle = new AbortController().signal;
  const status =
    (code: number, headers: Record<string, string> = {}): RequestListener =>
    (_request, response) => {
      response.writeHead(code, headers).end('whatever');
    };

  it('is taken by a library of Standard Webhooks, and is not once a letter is changed', async () => {
    answer = status(204);
    expect(await post(message(), idle)).toEqual({ kind: 'taken' });
    const { headers, body } = received.at(-1)!;
    const receiver = new StandardWebhook(secret);
    const own = headers as Record<string, string>;
    expect(receiver.verify(body, own)).toEqual(JSON.parse(body));
    expect(() => receiver.verify(`${body} `, own)).toThrow('No matching signature');
    expect(() => receiver.verify(body, { ...own, 'webhook-id': 'evt_abababababababab_4' })).toThrow();
  });

  it.each([
    [200, { kind: 'taken' }],
    [299, { kind: 'taken' }],
    [400, { kind: 'failed', reason: 'HTTP 400' }],
    [410, { kind: 'gone' }],
    [503, { kind: 'failed', reason: 'HTTP 503' }],
  ])('answered %i', async (code, outcome) => {
    answer = status(code);
    expect(await post(message(), idle)).toEqual(outcome);
  });

  it('follows no redirect', async () => {
    answer = status(307, { location: '/elsewhere' });
    const before = received.length;
    expect(await post(message('/here'), idle)).toEqual({ kind: 'failed', reason: 'HTTP 307' });
    expect(received).toHaveLength(before + 1);
  });

  it('does not wait for an answer that does not come', async () => {
    let late: () => void = () => undefined;
    answer = () => {
      late();
    };
    const impatient = postOver({
      addresses: local,
      schedule: (task) => {
        late = task;
        return () => undefined;
      },
    });
    expect(await impatient(message(), idle)).toEqual({ kind: 'failed', reason: 'no answer in 10 s' });
  });

  it('reads no more than it must of an answer without end', async () => {
    answer = (_request, response) => {
      response.on('error', () => undefined);
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(16 * 1024)));
      };
      response.on('drain', more);
      more();
    };
    expect(await post(message(), idle)).toEqual({ kind: 'taken' });
  });

  it('goes nowhere that is not allowed, and says so', async () => {
    const strict = postOver({ addresses: new WebhookAddresses(), schedule: never });
    const before = received.length;
    expect(await strict(message(), idle)).toEqual({ kind: 'failed', reason: 'WEBHOOK_ADDRESS' });
    const named = postOver({
      addresses: new WebhookAddresses([], (_host, done) => {
        done(null, [{ address: '127.0.0.1', family: 4 }]);
      }),
      schedule: never,
    });
    const url = message().url.replace('127.0.0.1', 'hook.example');
    expect(await named({ ...message(), url }, idle)).toEqual({ kind: 'failed', reason: 'WEBHOOK_ADDRESS' });
    expect(received).toHaveLength(before);
  });

  it('tells why nobody answers', async () => {
    const url = 'http://127.0.0.1:1/';
    expect(await post({ ...message(), url }, idle)).toEqual({ kind: 'failed', reason: 'ECONNREFUSED' });
  });

  it('counts bytes, not letters', () => {
    const { body } = message();
    expect(headersOf(message())['content-length']).toBe(String(Buffer.byteLength(body)));
  });
});
