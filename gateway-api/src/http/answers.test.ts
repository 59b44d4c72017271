import { report, startWithReport } from '../testing/anchored-report';
import { FakeGateway } from '../testing/fake-gateway';

let fake: FakeGateway;
beforeAll(async () => {
  fake = await startWithReport();
});
afterAll(() => fake.stop());

describe('every answer', () => {
  it('carries a request id, and headers that let nothing foreign in', async () => {
    const response = await fetch(`${fake.url}/`, { headers: { 'x-request-id': 'my-id' } });
    expect(response.headers.get('x-request-id')).toBe('my-id');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await response.text()).toContain('碳审计账本');
    const odd = await fetch(`${fake.url}/livez`, { headers: { 'x-request-id': 'not\u00e9 an id' } });
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('to another method of a route is 405 with what is allowed', async () => {
    const response = await fetch(`${fake.url}/v1/records`, { method: 'DELETE' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });

  it('that did not change is not sent again', async () => {
    const first = await fetch(`${fake.url}/v1/records/${report.id}`);
    const etag = first.headers.get('etag')!;
    const again = await fetch(`${fake.url}/v1/records/${report.id}`, {
      // fetch would ask for a fresh copy whenever it is given a condition.
      headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' },
    });
    expect(again.status).toBe(304);
    const bytes = await fetch(`${fake.url}/v1/records/${report.id}/bytes`);
    expect(bytes.headers.get('cache-control')).toContain('immutable');
  });
});

describe('the service', () => {
  it('serves its pages without anything from elsewhere', async () => {
    for (const path of [
      '/docs',
      '/docs/start.js',
      '/docs/plain.css',
      '/docs/assets/swagger-ui-bundle.js',
      '/docs/errors',
    ]) {
      const response = await fetch(`${fake.url}${path}`);
      expect(response.status).toBe(200);
      if (!path.includes('bundle')) expect(await response.text()).not.toMatch(/https?:\/\//);
    }
  });

  it('measures itself', async () => {
    const text = await (await fetch(`${fake.url}/metrics`)).text();
    expect(text).toMatch(/carbon_ledger_log_size \d+/);
    expect(text).toContain('carbon_ledger_request_seconds_bucket');
  });

  it('limits how often one address may ask', async () => {
    const limited = await FakeGateway.start({ limits: { requestsPerMinute: 5 } });
    const statuses = [];
    for (let count = 0; count < 8; count++) statuses.push((await fetch(`${limited.url}/livez`)).status);
    await limited.stop();
    expect(statuses.at(-1)).toBe(429);
  });
});
