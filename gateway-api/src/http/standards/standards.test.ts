import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { isSpanContextValid, trace } from '@opentelemetry/api';
import { routes, type RouteSpec } from '@carbon-ledger/client-sdk';
import { z } from 'zod';
import { openApiDocument } from '../openapi';
import { startWithReport, report } from '../../testing/anchored-report';
import type { FakeGateway } from '../../testing/fake-gateway';
import { rawRequest } from '../../testing/raw-request';
import { lab, sampleReceipt } from '../../testing/trial-world';
import { formatCsv } from './csv';
import { callerContext } from './trace-context';

let fake: FakeGateway;
beforeAll(async () => {
  fake = await startWithReport();
});
afterAll(() => fake.stop());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${fake.url}${path}`, { headers: { 'cache-control': 'max-age=0', ...headers } });
const headersOf = async (response: Promise<Response>, ...names: string[]): Promise<unknown[]> => {
  const { status, headers, body } = await response;
  await body?.cancel();
  return [status, ...names.map((name) => headers.get(name))];
};

describe('RFC 9110 and what builds on it', () => {
  it('tells how to authenticate, and that a token was not taken', async () => {
    const realm = 'Bearer realm="carbon-audit-ledger"';
    expect(await headersOf(get('/v1/sessions/current'), 'www-authenticate')).toEqual([401, realm]);
    const refused = `${realm}, error="invalid_token"`;
    const bad = { authorization: 'Bearer x' };
    expect(await headersOf(get('/v1/sessions/current', bad), 'www-authenticate')).toEqual([401, refused]);
    expect(await headersOf(get('/v1/records', bad), 'www-authenticate')).toEqual([401, refused]);
  });

  it('answers in a media type that is accepted, or 406 with those it has', async () => {
    expect((await get('/v1/records', { accept: 'image/png' })).status).toBe(406);
    expect((await get('/v1/records', { accept: 'image/png, */*;q=0.1' })).status).toBe(200);
    for (const accept of ['text/plain', 'text/plain; charset=utf-8', 'text/*'])
      expect((await get('/log/checkpoint', { accept })).status).toBe(200);
    const csv = await get('/v1/records?limit=2', { accept: 'text/csv' });
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    const [names, ...rows] = (await csv.text()).trimEnd().split('\r\n');
    expect(names).toMatch(/^id,key,type,/);
    expect(rows).toHaveLength(2);
    const parties = await (await get('/v1/parties', { accept: 'text/csv' })).text();
    expect(parties).toContain(lab);
    const preferred = await get('/v1/records?limit=1', { accept: 'text/csv;q=0.5, application/json' });
    expect(preferred.headers.get('content-type')).toContain('application/json');
  });

  it('names the next page, with the same question', async () => {
    const [, link] = await headersOf(get('/v1/records?limit=1&type=party'), 'link');
    const next = /^<(\/v1\/records\?[^>]*)>; rel="next"$/.exec(String(link))?.[1];
    const [first, second] = await Promise.all(
      ['/v1/records?limit=1&type=party', next ?? ''].map(
        async (path) => (await (await get(path)).json()) as { items: { id: string }[] },
      ),
    );
    expect(second!.items).toHaveLength(1);
    expect(second!.items[0]!.id).not.toBe(first!.items[0]!.id);
    expect(String((await headersOf(get('/v1/submissions?limit=1'), 'link'))[1])).toContain('from=');
  });

  it.each([
    '/v1/records?limit=3',
    '/v1/parties',
    '/v1/submissions?limit=1',
    '/v1/ledger',
    '/log/checkpoint',
    '/log/tile/0/000.p/1',
    '/openapi.json',
    '/v1/graph',
    `/v1/records/${report.id}/receipt`,
    `/v1/records/${report.id}/impact?assume=withdrawn`,
    '/v1/log/proof/consistency?from=1',
    '/.well-known/api-catalog',
    '/docs',
    '/docs/errors',
    '/docs/plain.css',
    '/',
  ])('%s has an ETag, and is not sent again while it is the same', async (path) => {
    const [, etag, caching] = await headersOf(get(path), 'etag', 'cache-control');
    expect(etag).toMatch(/^(?:W\/)?"[0-9a-f]{32}"$/);
    expect(caching).not.toContain('no-store');
    expect((await get(path, { 'if-none-match': String(etag) })).status).toBe(304);
  });

  it('does not stream a graph again while its ledger stands still, and tells apart who asks for what', async () => {
    const tagOf = async (path: string, headers?: Record<string, string>): Promise<unknown> =>
      (await headersOf(get(path, headers), 'etag'))[1];
    const graph = `/v1/graph?party=${lab}`;
    const known = String(await tagOf(graph));
    const { status, body } = await get(graph, { 'if-none-match': known });
    expect([status, body]).toEqual([304, null]);
    const accept = { accept: 'application/graphml+xml' };
    const tags = [known, await tagOf(`${graph}&from=2024`), await tagOf(`${graph}&format=graphml`)];
    expect(new Set(tags).size).toBe(3);
    expect(await tagOf(graph, accept)).toBe(tags[2]);
    await fake.client().submit([await fake.signed(lab, [sampleReceipt('U3')])]);
    expect(await tagOf(graph)).not.toBe(known);
  });

  it('compresses what is long, as the client accepts it, and no tile', async () => {
    const accept = (encoding: string): ReturnType<typeof rawRequest> =>
      rawRequest(fake.url, { path: '/openapi.json', headers: { 'accept-encoding': encoding } });
    const [plain, gzip, brotli] = [await accept('identity'), await accept('gzip'), await accept('br')];
    expect([plain, gzip, brotli].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'gzip', 'br']);
    expect(gunzipSync(gzip.bytes)).toEqual(plain.bytes);
    expect(brotliDecompressSync(brotli.bytes)).toEqual(plain.bytes);
    expect(await headersOf(get('/log/tile/0/000.p/1'), 'content-encoding')).toEqual([200, null]);
  });

  it('lets pages of any origin read what is public, and nothing that a session opens', async () => {
    for (const path of ['/log/checkpoint', '/v1/ledger/policy', `/v1/records/${report.id}/receipt`, '/log/tile/none'])
      expect((await headersOf(get(path), 'access-control-allow-origin'))[1]).toBe('*');
    for (const path of ['/v1/records', '/v1/sessions/current'])
      expect((await headersOf(get(path), 'access-control-allow-origin'))[1]).toBeNull();
    const preflight = fetch(`${fake.url}/log/checkpoint`, { method: 'OPTIONS' });
    const asked = ['access-control-allow-origin', 'access-control-allow-methods', 'allow'];
    expect(await headersOf(preflight, ...asked)).toEqual([204, '*', 'GET, HEAD', 'GET, HEAD, OPTIONS']);
    const closed = fetch(`${fake.url}/v1/submissions`, { method: 'OPTIONS' });
    expect(await headersOf(closed, ...asked)).toEqual([204, null, null, 'POST, GET, HEAD, OPTIONS']);
  });

  it('says where its interface is described (RFC 9727)', async () => {
    const response = await get('/.well-known/api-catalog');
    expect(response.headers.get('content-type')).toContain('application/linkset+json');
    const { linkset } = (await response.json()) as { linkset: Record<string, { href: string }[]>[] };
    const hrefs = Object.values(linkset[0]!).flatMap((links) => (Array.isArray(links) ? links : []));
    for (const { href } of hrefs) expect((await get(href)).status).toBe(200);
  });

  it('takes no body of another kind', async () => {
    const post = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${fake.url}/v1/heads`, { method: 'POST', body: '{"keys":["a"]}', headers });
    expect(await headersOf(post({ 'content-type': 'text/plain' }), 'accept-post')).toEqual([415, 'application/json']);
    expect((await post({ 'content-type': 'application/json', 'content-encoding': 'gzip' })).status).toBe(415);
  });

  it.each(['', ' ', '1e1', '0x1', '-1', '1.0', '01', 'NaN'])('takes %j for no number', async (limit) => {
    const response = await get(`/v1/records?limit=${encodeURIComponent(limit)}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ faults: [{ path: '/query/limit' }] });
  });
});

describe('a table as text', () => {
  it('quotes what would end a cell, and defuses what a spreadsheet would compute', () => {
    const columns = { a: ([a]: string[]) => a!, b: ([, b]: string[]) => b! };
    const text = formatCsv(columns, [
      ['x,"y"', '=1+1'],
      ['-5.20', '@sum\n'],
    ]);
    expect(text).toBe(`a,b\r\n"x,""y""",'=1+1\r\n-5.20,"'@sum\n"\r\n`);
  });
});

describe('a caller’s trace (W3C Trace Context)', () => {
  const id = '4bf92f3577b34da6a3ce929d0e0e4736';
  const span = '00f067aa0ba902b7';
  const spanOf = (header: string | undefined) => trace.getSpanContext(callerContext(header));

  it('is gone on with', () => {
    expect(spanOf(`00-${id}-${span}-01`)).toEqual({ traceId: id, spanId: span, traceFlags: 1, isRemote: true });
    expect(isSpanContextValid(spanOf(`01-${id}-${span}-00-more`)!)).toBe(true);
  });

  it.each([
    undefined,
    '',
    `00-${id}-${span}`,
    `ff-${id}-${span}-01`,
    `00-${'0'.repeat(32)}-${span}-01`,
    `00-${id}-${'0'.repeat(16)}-01`,
    `00-${id.toUpperCase()}-${span}-01`,
    `00-${id}-${span}-01-more`,
  ])('is not believed where it is none: %s', (header) => {
    expect(spanOf(header)).toBeUndefined();
  });
});

describe('the OpenAPI document', () => {
  interface Schema {
    readonly $ref?: string;
    readonly type?: string | string[];
    readonly properties?: Record<string, Schema>;
    readonly required?: string[];
  }
  interface Parameter {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }
  interface Operation {
    readonly parameters?: Parameter[];
    readonly security?: object[];
    readonly responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
  }
  const document = openApiDocument('0') as {
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, Schema> };
  };
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, method, operation })),
  );

  it('names its types, and says what is in them', () => {
    const { schemas } = document.components;
    const named = ['AnchoredRecord', 'Figure', 'Impact', 'Problem', 'Receipt', 'Record', 'SignedSubmission', 'Trace'];
    expect(Object.keys(schemas)).toEqual(expect.arrayContaining(named));
    for (const name of named) expect(Object.keys(schemas[name]!.properties ?? {}).length).toBeGreaterThan(2);
    const answers = (path: string): Schema =>
      document.paths[path]!['get']!.responses['200']!.content!['application/json']!.schema;
    expect(answers('/v1/trace').$ref).toBe('#/components/schemas/Trace');
    expect(answers('/v1/records/{id}/impact').$ref).toBe('#/components/schemas/Impact');
    expect(answers('/v1/records/{id}/receipt').$ref).toBe('#/components/schemas/Receipt');
  });

  it('asks for no member that zod itself says may be left out', () => {
    let compared = 0;
    for (const { answer } of Object.values<RouteSpec>(routes)) {
      const { $defs = {} } = z.toJSONSchema(answer, { unrepresentable: 'any' });
      for (const [name, { required = [] }] of Object.entries($defs)) {
        const told = (document.components.schemas[name] as { required?: string[] }).required ?? [];
        expect([name, told.filter((member) => !required.includes(member))]).toEqual([name, []]);
        compared += required.length;
      }
    }
    expect(compared).toBeGreaterThan(50);
  });

  it('refers to nothing that it does not define', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    expect(refs.length).toBeGreaterThan(50);
    for (const [, name] of refs) expect(document.components.schemas).toHaveProperty(String(name));
  });

  it.each(operations)('$name tells the statuses of its kind', ({ method, operation }) => {
    const statuses = Object.keys(operation.responses);
    expect(statuses).toEqual(expect.arrayContaining(['400', '405', '406', '429', '500']));
    if (method === 'post') expect(statuses).toEqual(expect.arrayContaining(['413', '415']));
    if (operation.security !== undefined) expect(statuses).toContain('401');
    for (const [status, { content }] of Object.entries(operation.responses))
      if (Number(status) >= 400) expect(content?.['application/problem+json']?.schema.$ref).toMatch(/Problem$/);
  });

  it('tells of submissions that are refused, and of the headers that mean something', () => {
    const submit = document.paths['/v1/submissions']!['post']!;
    expect(Object.keys(submit.responses)).toEqual(expect.arrayContaining(['201', '202', '409', '422', '503']));
    const headers = (operation: Operation): string[] =>
      (operation.parameters ?? []).filter((one) => one.in === 'header').map(({ name }) => name);
    expect(headers(submit)).toEqual(['idempotency-key']);
    expect(headers(document.paths['/v1/events']!['get']!)).toEqual(['last-event-id']);
  });

  it('has numbers in queries that are integers, null never, and asked for where they must be there', () => {
    const inclusion = document.paths['/v1/log/proof/inclusion']!['get']!.parameters!;
    const found = inclusion.map(({ name, required = false, schema: { type } }) => ({ name, required, type }));
    expect(found).toEqual([
      { name: 'index', required: true, type: 'integer' },
      { name: 'size', required: false, type: 'integer' },
    ]);
    const queries = operations.flatMap(({ operation }) => operation.parameters ?? []);
    expect(queries.filter(({ schema }) => JSON.stringify(schema).includes('"null"'))).toEqual([]);
  });
});
