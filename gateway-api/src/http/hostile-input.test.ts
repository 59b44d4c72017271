import { request } from 'node:http';
import { rawBytes } from '../testing/raw-request';
import { FakeGateway, problem } from '../testing/fake-gateway';

let fake: FakeGateway;
beforeAll(async () => {
  fake = await FakeGateway.start();
});
afterAll(() => fake.stop());

describe('hostile input', () => {
  const post = (path: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${fake.url}${path}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : Uint8Array.from(body),
      headers: { 'content-type': 'application/json', ...headers },
    });

  it.each([
    ['no JSON', '{'],
    ['text behind the value', '{"keys":["a"]} x'],
    ['duplicate keys', '{"keys":["a"],"keys":["b"]}'],
    ['a prototype', '{"__proto__":{"keys":["a"]}}'],
    ['a lone surrogate', '{"keys":["\\ud800"]}'],
    ['numbers beyond safe integers', '{"keys":[1e99]}'],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['a field too many', '{"keys":["a"],"more":1}'],
    ['deep nesting', '['.repeat(100_000)],
  ])('with %s is answered with a problem of status 400', async (_what, body) => {
    const response = await post('/v1/heads', body);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({
      status: 400,
      type: expect.stringMatching(/^\/docs\/errors#/) as string,
    });
  });

  it('larger than the route allows is refused, announced or not', async () => {
    expect((await post('/v1/sessions/challenges', 'x'.repeat(100_000))).status).toBe(413);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = request(`${fake.url}/v1/sessions/challenges`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
      });
      call.on('response', ({ statusCode }) => {
        resolve(statusCode);
      });
      call.on('error', reject);
      call.write('x'.repeat(50_000));
      call.end('x'.repeat(50_000));
    });
    expect(status).toBe(413);
  });

  it('compressed or of another type is refused', async () => {
    expect((await post('/v1/heads', '{}', { 'content-encoding': 'gzip' })).status).toBe(415);
    expect((await post('/v1/heads', '{}', { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it.each([
    '/v1/records/rec:..%2f..%2fetc%2fpasswd',
    '/v1/records/%',
    '/docs/assets/..%2f..%2fpackage.json',
    '/v1/records/%00',
    '/v1//records',
    '/V1/records',
    '/v1/records/?limit=1&limit=2',
    '/.env',
    '/docs/assets/%2e%2e/package.json',
  ])('in the path %s gets no further than 400 or 404', async (path) => {
    const response = await fetch(`${fake.url}${path}`);
    expect([400, 404]).toContain(response.status);
    expect(await response.text()).not.toContain('"dependencies"');
  });

  it('in the query is told field by field', async () => {
    const found = await problem(
      fake.client().call('listRecords', { query: { party: 'x', limit: 9999, unit: 'y'.repeat(50) } }),
    );
    expect(found).toMatchObject({ code: 'BAD_REQUEST', faults: { length: 3 } });
  });

  /** Bodies that took the service seconds, or were too much for it, where each is within the bytes that its route takes. */
  const REC = `rec:${'0'.repeat(64)}`;
  const envelope = (records: unknown): unknown => ({
    submission: {
      schema: 'carbon-ledger/submission/v1',
      ledger: '0'.repeat(64),
      party: '91140000MA0FAKE01X',
      keyId: `0x${'0'.repeat(40)}`,
      suite: 'eip712-secp256k1',
      signedAt: '2026-01-01T00:00:00Z',
      records,
      signature: '0x11',
    },
    figures: {},
  });
  const empties = (count: number): string => `[${'{},'.repeat(count - 1)}{}]`;
  const inEnvelope = (records: string): string =>
    JSON.stringify({ submissions: [envelope('?')] }).replace('"?"', records);
  const amounts: [string, string, string, string][] = [
    [
      '40,000 figures',
      '/v1/submissions',
      `{"submissions":[{"submission":{},"figures":{"${REC}":${empties(40_000)}}}]}`,
      'BAD_REQUEST',
    ],
    [
      'a million figures',
      '/v1/submissions',
      `{"submissions":[{"submission":{},"figures":{"${REC}":${empties(1e6)}}}]}`,
      'TOO_LARGE',
    ],
    [
      'a thousand figures of a hundred records',
      '/v1/submissions',
      JSON.stringify({
        submissions: [
          {
            submission: {},
            figures: Object.fromEntries(
              Array.from({ length: 100 }, (_, at) => [`rec:${String(at).padStart(64, '0')}`, Array(1_000).fill({})]),
            ),
          },
        ],
      }),
      'BAD_REQUEST',
    ],
    [
      '150,000 records’ figures',
      '/v1/submissions',
      `{"submissions":[{"submission":{},"figures":{${Array.from({ length: 150_000 }, (_, at) => `"${String(at)}":1`).join()}}}]}`,
      'TOO_LARGE',
    ],
    ['300,000 submissions', '/v1/submissions', `{"submissions":${empties(300_000)}}`, 'BAD_REQUEST'],
    ['a thousand records that are none', '/v1/submissions', inEnvelope(empties(1_000)), 'BAD_RECORD'],
    ['a hundred thousand records of one submission', '/v1/submissions', inEnvelope(empties(100_000)), 'TOO_LARGE'],
    [
      'fifty submissions of a hundred such records',
      '/v1/submissions',
      JSON.stringify({ submissions: Array(50).fill(envelope(Array(100).fill({}))) }),
      'BAD_RECORD',
    ],
    ['a record of 400,000 citations', '/v1/submissions', inEnvelope(`[{"cites":${empties(400_000)}}]`), 'BAD_RECORD'],
    [
      'a record of 100 kB of text',
      '/v1/submissions',
      inEnvelope(`[{"content":{"text":"${'x'.repeat(100_000)}"}}]`),
      'TOO_LARGE',
    ],
    [
      'a record of very many members',
      '/v1/submissions',
      inEnvelope(`[{${Array.from({ length: 5_000 }, (_, at) => `"k${String(at)}":1`).join()}}]`),
      'BAD_RECORD',
    ],
    [
      'a submission of very many members',
      '/v1/submissions',
      `{"submissions":[{"submission":{${Array.from({ length: 9_000 }, (_, at) => `"k${String(at)}":1`).join()}},"figures":{}}]}`,
      'BAD_SUBMISSION',
    ],
    ['a string of a megabyte', '/v1/submissions', `{"submissions":["${'x'.repeat(1e6)}"]}`, 'TOO_LARGE'],
    [
      'members that nobody knows',
      '/v1/submissions',
      `{"submissions":[],${Array.from({ length: 200_000 }, (_, at) => `"k${String(at)}":1`).join()}}`,
      'TOO_LARGE',
    ],
    ['300,000 files', '/v1/verifications', `{"items":${empties(300_000)}}`, 'BAD_REQUEST'],
    ['2.6 million files', '/v1/verifications', `{"items":${empties(2.6e6)}}`, 'TOO_LARGE'],
    ['ten thousand files that are none', '/v1/verifications', `{"items":${empties(10_000)}}`, 'BAD_REQUEST'],
    ['50,000 keys', '/v1/heads', `{"keys":[${'1,'.repeat(49_999)}1]}`, 'BAD_REQUEST'],
    ['white space', '/v1/submissions', `{"submissions":[${' '.repeat(3e6)}]}`, 'BAD_REQUEST'],
    ['escapes', '/v1/submissions', `{"submissions":[${'"\\u0041",'.repeat(100_000)}1]}`, 'BAD_REQUEST'],
  ];

  it.each(amounts)('of %s is refused, with no more faults than can be read', async (_what, path, body, code) => {
    const response = await post(path, body);
    const answer = (await response.json()) as { code: string; faults: unknown[] };
    expect(answer.code).toBe(code);
    expect(answer.faults.length).toBeLessThanOrEqual(1_000);
  });

  it.each([
    ['two hosts', 'Host: a.example\r\nHost: b.example\r\n'],
    ['two hosts that are the same', 'Host: a.example\r\nhost: a.example\r\n'],
    ['two hosts in one', 'Host: a.example, b.example\r\n'],
    ['a host and a word behind it', 'Host: a.example evil\r\n'],
    ['two tokens', 'Host: a.example\r\nAuthorization: Bearer a\r\nauthorization: Bearer b\r\n'],
    ['two types of one body', 'Host: a.example\r\nContent-Type: application/json\r\nContent-type: text/html\r\n'],
    ['two idempotency keys', 'Host: a.example\r\nIdempotency-Key: a\r\nIdempotency-Key: b\r\n'],
    ['no host', ''],
  ])('that names %s is refused', async (_what, hosts) => {
    const answer = await rawBytes(fake.url, `GET /livez HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('of many shapes never makes the service fail or tell what is inside', async () => {
    const paths = ['/v1/heads', '/v1/submissions', '/v1/verifications', '/v1/sessions', '/v1/sessions/challenges'];
    const values = [
      'null',
      '[]',
      '1',
      '"x"',
      '{"submissions":[{}]}',
      '{"submissions":[{"submission":null,"figures":{}}]}',
      '{"submissions":[{"submission":{},"figures":{}}]}',
      '{"items":[{}]}',
      '{"items":[{"sha256":"sha256:"}]}',
      '{"receipts":[null]}',
    ];
    for (const path of paths) {
      for (const value of values) {
        const response = await post(path, value);
        expect(response.status).toBeLessThan(500);
        expect(await response.text()).not.toMatch(/\bat .*\.(?:ts|js):\d+/);
      }
    }
    expect((await fetch(`${fake.url}/livez`)).status).toBe(200);
  });
});
