import { fillPath, type RouteName, routes, sessionDigest } from '@carbon-ledger/client-sdk';
import {
  buildRecord,
  isErrorCode,
  reconciliationReport,
  shippedReconciliationRules,
  signOrder,
  signPurge,
  type BuiltRecord,
  type OrderSignature,
} from '@carbon-ledger/core';
import { trialSalts, trialSigner } from '@carbon-ledger/plant-year/trial';
import { document } from './testing/anchored-report';
import { FakeGateway, LEDGER_ID } from './testing/fake-gateway';
import {
  national,
  enterprise,
  lab,
  province,
  sampleReceipt,
  submissionIdOf,
  testReport,
  type SignedDraft,
} from './testing/trial-world';

interface Call {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string | number>;
  readonly body?: unknown;
}

interface OpenApi {
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Record<
    string,
    Record<string, { operationId: string; description: string; responses: Record<string, { content: object }> }>
  >;
}

/** One good call of every route: a route without one does not compile. */
/** Asks until the organisation has cosigned a first checkpoint. */
async function firstCosigned(fake: FakeGateway): Promise<void> {
  while (!(await fetch(`${fake.url}/v1/log/checkpoint/cosigned`)).ok) await fake.client().call('livez');
}

/** Status of what is asked a second time. */
const goodOnce: Partial<Record<RouteName, number>> = { createSession: 401, registerWebhook: 409, orderWebhook: 409 };

/** The enterprise on the list of key emitters, as its province files it. */
function listing(): BuiltRecord {
  return buildRecord(
    {
      ...{ type: 'emitter-list', issuer: province, subject: { uscc: province, unit: '-', period: '2024' } },
      content: { entries: [{ uscc: enterprise, sector: 'power', listed: true, reason: '年度排放' }] },
    },
    trialSalts(province),
  );
}

describe('every route of the table', () => {
  let fake: FakeGateway;
  let calls: Record<RouteName, Call>;
  let openapi: OpenApi;
  const receipt = sampleReceipt('U1');
  const report = testReport(receipt, [document]);

  beforeAll(async () => {
    fake = await FakeGateway.start({ cosigning: { intervalMs: 0 }, webhooks: { networks: ['198.51.100.7'] } });
    const anchored: SignedDraft = await fake.signed(lab, [receipt, report]);
    await fake.client().submit([anchored]);
    await fake.client().submit([await fake.signed(province, [listing()])]);
    const old = testReport(sampleReceipt('U9'));
    await fake.client().submit([await fake.signed(lab, [sampleReceipt('U9'), old])]);
    fake.ledger.yearsBeforePurging = 6;
    const { txId } = await fake.client().record(old.id);
    const fresh = await fake.signed(lab, [sampleReceipt('U2')]);
    const signer = trialSigner(lab);
    const { nonce } = await fake.client().call('createChallenge', { body: { party: lab } });
    const audience = new URL(fake.url).host;
    const signature = await signer.sign(sessionDigest({ ledger: LEDGER_ID, party: lab, audience, nonce }));
    const id = report.id;
    const url = 'https://198.51.100.7/hook';
    const ordered = (request: { readonly action: string }): Promise<OrderSignature> =>
      signOrder({ ledger: LEDGER_ID, party: lab, request, signedAt: fresh.submission.signedAt }, signer);
    // All signed in one second, so that none is before another.
    const first = { url, from: 99_999 };
    const body = { ...first, ...(await ordered({ action: 'webhook-register', ...first })) };
    const { webhook } = await fake.client(lab).call('registerWebhook', { body });
    const registering = { action: 'webhook-register', url, from: 99_998 };
    const resuming = { action: 'webhook-resume', webhook: webhook.id };
    const purge = { years: 5, transactions: [txId] };
    const order = { ...purge, ledger: LEDGER_ID, party: national, signedAt: fresh.submission.signedAt };
    calls = {
      createChallenge: { body: { party: lab } },
      createSession: { body: { party: lab, nonce, keyId: signer.keyId, suite: signer.suite, audience, signature } },
      getSession: {},
      submit: { body: { submissions: [fresh] }, query: { wait: 'proven' } },
      listSubmissions: { query: { from: 0, include: 'figures' } },
      getSubmission: { params: { id: submissionIdOf(anchored.submission) } },
      getRecord: { params: { id }, query: { include: 'figures' } },
      getRecordBytes: { params: { id } },
      listRecords: { query: { party: enterprise, include: 'figures' } },
      findHeads: { body: { keys: [report.key] } },
      listParties: { query: { limit: 2 } },
      getParty: { params: { uscc: lab } },
      getInbox: { query: { limit: 2 } },
      getRecordActions: { params: { id } },
      getActions: { query: { key: report.key } },
      createDraft: { body: { type: 'supersession', on: id, content: { reason: 'CORRECTION', statement: 'x' } } },
      getReceipt: { params: { id } },
      getCertificate: { params: { id } },
      certifyFolder: {
        body: { name: 'x', files: [{ path: 'x', size: 1, sha256: document.sha256, sm3: document.sm3 }] },
      },
      makePaper: { body: { of: 'reconciliation', report: { ...emptyReconciliation } } },
      getReceipts: { body: { records: [id, receipt.id] } },
      prove: { body: { figure: `${report.key}#Cad_pct`, extent: 'full' } },
      verify: { body: { items: [{ name: 'x', sha256: `sha256:${'0'.repeat(64)}` }] } },
      traceFigure: { params: { id, name: 'Cad_pct' } },
      trace: { query: { figure: `${report.key}#Mad_pct` } },
      impact: { params: { id }, query: { assume: 'withdrawn' } },
      impactByParty: { params: { id }, query: { price: '90' } },
      screen: { body: { of: 'plant', code: enterprise, year: '2024' } },
      listEmitters: { query: { year: '2024' } },
      getEmitter: { params: { uscc: enterprise }, query: { year: '2024' } },
      listInstitutions: { query: { kind: 'lab' } },
      getInstitution: { params: { uscc: lab } },
      listAssessments: { query: { year: '2024' } },
      getRulesInForce: { query: { year: '2024' } },
      getGraph: { query: { party: enterprise, from: '2024' } },
      getCompleteness: { query: { year: '2024', party: enterprise } },
      getLedger: {},
      getPolicy: {},
      getCheckpoint: {},
      getCosignedCheckpoint: {},
      getCosigners: {},
      getInclusion: { query: { index: 0 } },
      getConsistency: { query: { from: 1 } },
      getTile: { params: { path: '0/000.p/1' } },
      events: { query: { from: 0 } },
      getRetention: { query: { years: 5 } },
      purgeFigures: { body: { ...purge, ...(await signPurge(order, trialSigner(national))) } },
      registerWebhook: { body: { url, from: 99_998, ...(await ordered(registering)) } },
      listWebhooks: {},
      listReads: {},
      orderWebhook: { params: { id: webhook.id }, body: { action: 'resume', ...(await ordered(resuming)) } },
      livez: {},
      readyz: {},
      metrics: {},
      openapi: {},
    };
    await firstCosigned(fake);
    openapi = (await (await fetch(`${fake.url}/openapi.json`)).json()) as OpenApi;
  });
  afterAll(() => fake.stop());

  const emptyReconciliation = reconciliationReport(
    { year: '2024', asOf: '2025-12-20', rules: shippedReconciliationRules },
    [],
    null,
    { rows: [], enterprises: [] },
  );
  const names = Object.keys(routes) as RouteName[];
  const callerOf = (name: RouteName): string => (routes[name].tag === 'retention' ? national : lab);
  const jsonRoutes = names.filter((name) => routes[name].mediaType === 'application/json');

  it.each(jsonRoutes)('%s: client, service and schema agree', async (name) => {
    const answer: unknown = await fake.client(callerOf(name)).call(name, calls[name] as object);
    const parsed = routes[name].answer.safeParse(answer);
    expect(parsed.error?.issues ?? []).toEqual([]);
    // What the schema does not know would be a field that OpenAPI does not tell of.
    expect(answer).toEqual(parsed.data);
  });

  const urlOf = (name: RouteName): string => {
    const { params = {}, query = {} } = calls[name];
    const entries = Object.entries(query).map(([key, value]) => [key, String(value)]);
    return `${fake.url}${fillPath(routes[name].path, params)}?${new URLSearchParams(entries).toString()}`;
  };

  it.each(names)('%s: answers with a status and media type of its entry', async (name) => {
    const { method, statuses, mediaType } = routes[name];
    const { body } = calls[name];
    const url = urlOf(name);
    const headers = { 'content-type': 'application/json', ...(await session(callerOf(name))) };
    // These are good once, so that this second use is refused: its status is that of the problem.
    const refused = goodOnce[name];
    const expected = refused === undefined ? statuses : [refused];
    const response = await fetch(url, {
      method,
      headers,
      ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
    });
    expect(expected).toContain(response.status);
    const kind = refused === undefined ? mediaType.split(';')[0]! : 'application/problem+json';
    expect(response.headers.get('content-type')).toContain(kind);
    await response.body?.cancel();
  });

  const kept = names.filter((name) => routes[name].caching !== 'none');

  it.each(kept)('%s: has a tag, and is not sent again to who names it', async (name) => {
    const ask = async (headers: Record<string, string>): Promise<readonly [number, string | null]> => {
      const own = { ...(await session(callerOf(name))), 'cache-control': 'max-age=0' };
      const response = await fetch(urlOf(name), { headers: { ...headers, ...own } });
      await response.body?.cancel();
      return [response.status, response.headers.get('etag')];
    };
    const [status, tag] = await ask({});
    expect([status, tag]).toEqual([200, expect.stringMatching(/^(?:W\/)?"[0-9a-f]{32,64}"$/)]);
    // The log goes on meanwhile, being cosigned: then the answer is another one, and has another tag.
    const [again, next] = await ask({ 'if-none-match': String(tag) });
    expect(again === 304).toBe(next === tag);
  });

  it('keeps nothing from who reads but what only a session opens, streams without end, and how the service is', () => {
    const reads = names.filter((name) => routes[name].method === 'GET' && !kept.includes(name));
    const others = reads.filter((name) => routes[name].access !== 'party');
    expect(others.sort()).toEqual(['events', 'livez', 'metrics', 'readyz']);
  });

  const inOtherForms = names.flatMap((name) => routes[name].alsoAs.map((type) => [name, type] as const));

  it.each(inOtherForms)('%s: comes as %s to who accepts that alone', async (name, type) => {
    const headers = { accept: type, ...(await session(callerOf(name))) };
    const response = await fetch(urlOf(name), { headers });
    expect([response.status, response.headers.get('content-type')?.split(';')[0]]).toEqual([200, type]);
    await response.body?.cancel();
  });

  const session = async (party: string): Promise<Record<string, string>> => {
    const signer = trialSigner(party);
    const { nonce } = await fake.client().call('createChallenge', { body: { party } });
    const audience = new URL(fake.url).host;
    const signature = await signer.sign(sessionDigest({ ledger: LEDGER_ID, party, audience, nonce }));
    const body = { party, nonce, keyId: signer.keyId, suite: signer.suite, audience, signature };
    const { token } = await fake.client().call('createSession', { body });
    return { authorization: `Bearer ${token}` };
  };

  it.each(names)('%s: stands in the OpenAPI document under its id, with its statuses', (name) => {
    const { method, path, statuses } = routes[name];
    const operation = openapi.paths[path.replace('{+', '{')]?.[method.toLowerCase()];
    expect(operation?.operationId).toBe(name);
    for (const status of statuses) expect(operation?.responses).toHaveProperty(String(status));
  });

  it.each(names)('%s: has an example that its schemas accept, where it has one', (name) => {
    const { example, params, query, body } = routes[name];
    for (const [schema, value] of [
      [params, example.params],
      [query, example.query],
      [body, example.body],
    ] as const) {
      if (value !== undefined) expect(schema.safeParse(value).error?.issues ?? []).toEqual([]);
    }
  });

  it('tells of no answer in JSON that it is a text', () => {
    const successes = Object.values(openapi.paths).flatMap((path) =>
      Object.values(path).flatMap(({ responses }) => Object.values(responses)),
    ) as { readonly content?: Readonly<Record<string, { readonly schema?: { readonly type?: string } }>> }[];
    const inJson = successes.flatMap(({ content = {} }) =>
      Object.entries(content).filter(([type]) => /[/+]json$/.test(type)),
    );
    expect(inJson.length).toBeGreaterThan(100);
    expect(inJson.filter(([, { schema }]) => schema?.type === 'string')).toEqual([]);
  });

  it('says of every tag what it is about, and of every operation who may call it', () => {
    const used = new Set(names.map((name) => routes[name].tag));
    expect(openapi.tags.map(({ name }) => name).sort()).toEqual([...used].sort());
    const told = Object.values(openapi.paths).flatMap((path) => Object.values(path).map((one) => one.description));
    expect([...openapi.tags.map(({ description }) => description), ...told].filter((text) => !text)).toEqual([]);
  });

  it('names only problems of the catalogue', () => {
    expect(names.flatMap((name) => routes[name].problems).every(isErrorCode)).toBe(true);
  });

  it('stands in the OpenAPI document, and nothing else does', () => {
    const operations = Object.values(openapi.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(operations.sort()).toEqual([...names].sort());
  });
});
