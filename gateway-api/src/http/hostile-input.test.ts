import { request } from 'node:http';
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
    expect((await post('/v1/heads', '{}', { 'content-encoding': 'gzip' })).status).toBe(400);
    expect((await post('/v1/heads', '{}', { 'content-type': 'text/plain' })).status).toBe(400);
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
