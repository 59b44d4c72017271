import { createHash } from 'node:crypto';
import { request } from 'node:http';
import {
  digestBytes,
  trialSigner,
  verifyConsistency,
  verifyInclusion,
  fromHex,
  verifyReceipt,
  parseCheckpoint,
  parseNote,
} from '@carbon-ledger/core';
import { LedgerClient, type RecordEvent } from '@carbon-ledger/client-sdk';
import { FakeGateway, LEDGER_ID } from './testing/fake-gateway';
import {
  enterprise,
  lab,
  national,
  otherProvince,
  province,
  registry,
  sampleReceipt,
  submissionIdOf,
  testReport,
} from './testing/trial-world';

// Generous, because a busy build machine can make a second of work take ten.
jest.setTimeout(60_000);

const file = Buffer.from('report of the laboratory, page 1');
const changed = Buffer.from('report of the laboratory, page 2');
const document = {
  role: 'report',
  name: 'report-2024-01.txt',
  mediaType: 'text/plain',
  size: '32',
  ...digestBytes(file),
};

describe('the service', () => {
  let fake: FakeGateway;
  const receipt = sampleReceipt('U1');
  const report = testReport(receipt, [document]);

  beforeAll(async () => {
    fake = await FakeGateway.start();
    const draft = { records: [receipt.record, report.record], figures: { [report.id]: report.figures } };
    await fake.client(lab).anchor(draft);
  });
  afterAll(() => fake.stop());

  const problem = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => 'no problem',
      (error: unknown) => error,
    );

  describe('private figures', () => {
    it.each([
      ['the party that filed them', lab],
      ['the party that they are about', enterprise],
      ['the authority of the province', province],
      ['the national authority', national],
    ])('are shown to %s', async (_who, party) => {
      const record = await fake.client(party).record(report.id, { figures: true });
      expect(record.figures?.map(({ name }) => name).sort()).toEqual(report.figures.map(({ name }) => name).sort());
    });

    it.each([
      ['the public', undefined],
      ['a registry', registry],
      ['the authority of another province', otherProvince],
    ])('are hidden from %s, who see the record all the same', async (_who, party) => {
      const record = await fake.client(party).record(report.id, { figures: true });
      expect(record).toMatchObject({ id: report.id, figuresAccess: 'hidden', record: report.record });
      expect(JSON.stringify(record)).not.toContain(report.figures[0]!.salt);
      const { items } = await fake.client(party).records({ party: enterprise, include: 'figures' });
      expect(items.every(({ figures }) => figures === undefined || figures.length === 0)).toBe(true);
    });

    it('are not found by a trace for whom they are hidden, and traced for whom they are open', async () => {
      const figure = `${report.key}#Cad_pct`;
      expect(await fake.client(enterprise).trace(figure)).toMatchObject({ figure, status: 'intact', value: '57.12' });
      expect(await problem(fake.client(registry).trace(figure))).toMatchObject({ code: 'FIGURE_NOT_FOUND' });
      expect(await fake.client(lab).traceAs(figure, 'svg')).toContain('Cad_pct = 57.12');
      expect(JSON.parse(await fake.client(lab).traceAs(figure, 'prov'))).toHaveProperty('wasAttributedTo');
    });
  });

  describe('verification of files', () => {
    const verdictOf = async (item: object): Promise<object> =>
      (await fake.client().verify({ items: [item] })).items[0]!;

    it('answers 一致 with record, party and time for a file that is anchored', async () => {
      const answer = await verdictOf({ name: 'elsewhere.txt', ...digestBytes(file) });
      expect(answer).toMatchObject({ verdict: 'consistent', verdictZh: '一致', record: report.id, party: lab });
    });

    it('answers 不一致 for a file of that name with another content, and names the record', async () => {
      const answer = await verdictOf({ name: `folder/${document.name}`, ...digestBytes(changed) });
      const anchored = { sha256: document.sha256 };
      expect(answer).toMatchObject({ verdict: 'inconsistent', verdictZh: '不一致', record: report.id, anchored });
    });

    it('answers 未找到 for a file that nobody named', async () => {
      const answer = await verdictOf({ name: 'unknown.txt', ...digestBytes(changed) });
      expect(answer).toMatchObject({ verdict: 'not-found', verdictZh: '未找到' });
    });

    it('answers 无法判定 when the two digests belong to different files', async () => {
      const item = { sha256: document.sha256, sm3: digestBytes(changed).sm3 };
      expect(await verdictOf(item)).toMatchObject({ verdict: 'undecidable', verdictZh: '无法判定' });
    });

    it('takes thousands of files at once and keeps their order', async () => {
      const items = Array.from({ length: 3_000 }, (_, index) => ({
        name: `f${String(index)}`,
        sha256:
          index === 1_234 ? document.sha256 : `sha256:${createHash('sha256').update(String(index)).digest('hex')}`,
      }));
      const { items: answers } = await fake.client().verify({ items });
      expect(answers.findIndex(({ verdict }) => verdict === 'consistent')).toBe(1_234);
      expect(answers).toHaveLength(3_000);
    });

    it('checks receipts', async () => {
      const good = await fake.client().receipt(report.id);
      const { receipts } = await fake
        .client()
        .verify({ receipts: [good, { ...good, logIndex: '0' }, { schema: 'x' }] });
      expect(receipts.map(({ result }) => result)).toEqual(['PASS', 'FAIL', 'FAIL']);
    });
  });

  describe('receipts', () => {
    it('verify offline, under the signed checkpoint, for the file they are about', async () => {
      const one = await fake.client().receipt(report.id);
      const policy = await fake.client().policy();
      const verdict = verifyReceipt({ receipt: one, policy: JSON.stringify(policy), document: file });
      expect(verdict).toMatchObject({ result: 'PASS', record: { id: report.id, issuer: lab } });
      expect(verifyReceipt({ receipt: one, policy: JSON.stringify(policy), document: changed })).toMatchObject({
        result: 'FAIL',
        code: 'DOCUMENT_MISMATCH',
      });
    });

    it('verify for the founding record, which registers its own signer', async () => {
      const { record } = await fake.client().party(national);
      const verdict = verifyReceipt({ receipt: await fake.client().receipt(record), policy: fake.gateway.policy });
      expect(verdict).toMatchObject({ result: 'PASS' });
    });
  });

  describe('the log', () => {
    it('proves that a leaf is in it and that it only grew', async () => {
      const { size } = parseCheckpoint(parseNote(await fake.client().checkpoint()).text);
      const proof = await fake.client().call('getInclusion', { query: { index: 1 } });
      const path = proof.path.map(fromHex);
      const leaf = { leafHash: fromHex(proof.leafHash), index: 1n, size: BigInt(proof.size), path };
      expect(() => {
        verifyInclusion(leaf, fromHex(proof.rootHash));
      }).not.toThrow();
      const grown = await fake.client().call('getConsistency', { query: { from: 2, to: Number(size) } });
      const roots = { size1: 2n, root1: fromHex(grown.rootFrom), size2: size, root2: fromHex(grown.rootTo) };
      expect(() => {
        verifyConsistency({ ...roots, path: grown.path.map(fromHex) });
      }).not.toThrow();
    });

    it('is served in C2SP tiles under the standard paths, entries included', async () => {
      const size = (await fake.client().ledger()).logSize;
      const hashes = await fetch(`${fake.url}/log/tile/0/000.p/${String(size)}`);
      expect(hashes.status === 200 ? '' : await hashes.text()).toBe('');
      expect(Buffer.from(await hashes.arrayBuffer())).toHaveLength(size * 32);
      expect(hashes.headers.get('cache-control')).toContain('immutable');
      const entries = await fetch(`${fake.url}/log/tile/entries/000.p/${String(size)}`);
      expect(await entries.text()).toContain('"sample-receipt"');
      expect(await (await fetch(`${fake.url}/log/checkpoint`)).text()).toBe(await fake.client().checkpoint());
      for (const path of ['0/001', '0/000.p/255', '0/000.p/0', '0/../0/000', '9/x/000', '0/0']) {
        expect((await fetch(`${fake.url}/log/tile/${path}`)).status).toBe(404);
      }
    });

    it('tells of records as they are committed, and goes on where a client left', async () => {
      const { logSize } = await fake.client().ledger();
      const abort = new AbortController();
      const seen: RecordEvent[] = [];
      const more = sampleReceipt('U5', '2024-03');
      for await (const event of fake.client().events({ from: logSize - 1, signal: abort.signal })) {
        seen.push(event);
        if (seen.length === 1) void fake.client(lab).anchor({ records: [more.record], figures: {} });
        else break;
      }
      expect(seen.map(({ record, logIndex }) => [record, logIndex])).toEqual([
        [report.id, logSize - 1],
        [more.id, logSize],
      ]);
      const resumed = await fetch(`${fake.url}/v1/events`, { headers: { 'last-event-id': String(logSize - 1) } });
      const { value } = await resumed.body!.getReader().read();
      expect(Buffer.from(value as Uint8Array).toString()).toContain('carbon audit ledger');
      abort.abort();
      await resumed.body!.cancel().catch(() => undefined);
    });
  });

  describe('lists', () => {
    beforeAll(async () => {
      const records = Array.from({ length: 25 }, (_, index) => sampleReceipt(`L${String(index)}`, '2024-02'));
      await fake.client(lab).anchor({ records: records.map(({ record }) => record), figures: {} });
    });

    it('come in pages that miss nothing and repeat nothing', async () => {
      const pages: string[][] = [];
      let cursor: string | undefined;
      do {
        const page = await fake.client().records({ period: '2024-02', type: 'sample-receipt', limit: 10, cursor });
        pages.push(page.items.map(({ id }) => id));
        cursor = page.next;
      } while (cursor !== undefined);
      expect(pages.map(({ length }) => length)).toEqual([10, 10, 5]);
      expect(new Set(pages.flat()).size).toBe(25);
    });

    it.each([
      ['document', { document: document.sha256 }],
      ['SM3 of a document', { document: document.sm3 }],
      ['citation', { cites: receipt.id }],
      ['business key', { key: report.key }],
      ['party, unit and type', { party: enterprise, unit: 'U1', type: 'test-report' as const }],
      ['issuer and type', { issuer: lab, type: 'test-report' as const }],
    ])('find a record by %s', async (_by, query) => {
      const { items } = await fake.client().records(query);
      expect(items.map(({ id }) => id)).toEqual([report.id]);
    });

    it('refuse the cursor of another query', async () => {
      const { next } = await fake.client().records({ period: '2024-02', limit: 1 });
      expect(await problem(fake.client().records({ issuer: lab, cursor: next }))).toMatchObject({
        code: 'BAD_REQUEST',
      });
    });

    it('give heads for many keys, in order, null for what is not there', async () => {
      const { heads } = await fake.client().heads([`${enterprise}/U9/2024-01/sample-receipt`, receipt.key]);
      expect(heads).toEqual([null, { key: receipt.key, record: receipt.id, version: 1, status: 'current' }]);
    });

    it('list parties by kind', async () => {
      const { items } = await fake.client().parties({ kind: 'province-authority' });
      expect(items.map(({ uscc }) => uscc).sort()).toEqual([province, otherProvince].sort());
      expect(await problem(fake.client().party('91350100M000100Y43'))).toMatchObject({ code: 'PARTY_UNKNOWN' });
    });
  });

  describe('submissions', () => {
    it('are anchored once however often they are sent, and answered every time', async () => {
      const draft = await fake.signed(lab, [sampleReceipt('R1')]);
      const answers = [];
      for (let sent = 0; sent < 2; sent++)
        answers.push(await fake.client().submit([draft], { idempotencyKey: 'again' }));
      expect(answers[0]).toEqual(answers[1]);
      expect(await fake.client().submission(submissionIdOf(draft.submission))).toEqual(answers[0]!.submissions[0]);
    });

    it('refuse an idempotency key for another content', async () => {
      const [one, two] = [await fake.signed(lab, [sampleReceipt('R2')]), await fake.signed(lab, [sampleReceipt('R3')])];
      await fake.client().submit([one], { idempotencyKey: 'same' });
      expect(await problem(fake.client().submit([two], { idempotencyKey: 'same' }))).toMatchObject({
        code: 'IDEMPOTENCY_CONFLICT',
      });
    });

    it('are told one by one: what is refused does not hold up the rest', async () => {
      const good = await fake.signed(lab, [sampleReceipt('R4')]);
      const bad = await fake.signed(lab, [testReport(sampleReceipt('R5'))]);
      const { submissions } = await fake.client().submit([bad, good]);
      expect(submissions.map(({ state }) => state)).toEqual(['refused', 'committed']);
      expect(submissions[0]!.refusal).toMatchObject({
        code: 'CITATION_UNKNOWN',
        faults: [{ path: '/records/0/cites/0' }],
      });
    });

    it('may cite what stands before them in the same request', async () => {
      const first = sampleReceipt('R6');
      const drafts = [await fake.signed(lab, [first]), await fake.signed(lab, [testReport(first)])];
      const { submissions } = await fake.client().submit(drafts);
      expect(submissions.map(({ state }) => state)).toEqual(['committed', 'committed']);
    });

    it('are told every fault even where the ledger itself has room for codes only', async () => {
      const reports = Array.from({ length: 30 }, (_, index) => testReport(sampleReceipt(`X${String(index)}`)));
      const draft = await fake.signed(lab, reports);
      const found = (await problem(fake.client().submit([draft]))) as { code: string; faults: { path: string }[] };
      expect(found).toMatchObject({ code: 'CITATION_UNKNOWN', faults: { length: 30 } });
      expect(found.faults[29]!.path).toBe('/submissions/0/submission/records/29/cites/0');
    });

    it('cannot be made in the name of a party by anybody else', async () => {
      const { submission } = await fake.signed(enterprise, [sampleReceipt('R7')]);
      const forged = { ...submission, party: lab, keyId: trialSigner(lab).keyId };
      expect(await problem(fake.client().submit([{ submission: forged, figures: {} }]))).toMatchObject({
        code: 'SIGNATURE_INVALID',
      });
    });

    it('answer at once with a status to follow when nobody waits', async () => {
      const draft = await fake.signed(lab, [sampleReceipt('R8')]);
      const { submissions } = await fake.client().submit([draft], { wait: 'accepted' });
      expect(submissions[0]).toMatchObject({ state: 'accepted' });
      await fake.client().submit([draft]);
      expect(await fake.client().submission(submissions[0]!.submission)).toMatchObject({ state: 'committed' });
    });

    it('list every fault of every submission before anything is taken', async () => {
      const { submission } = await fake.signed(lab, [sampleReceipt('R9')]);
      const faulty = { ...submission, records: [{ ...submission.records[0]!, version: 0, kind: 'X!' }] };
      const found = await problem(fake.client().submit([{ submission: faulty, figures: {} }]));
      expect(found).toMatchObject({ code: 'BAD_RECORD' });
      expect((found as { faults: { path: string }[] }).faults.map(({ path }) => path).sort()).toEqual([
        '/submissions/0/submission/records/0/kind',
        '/submissions/0/submission/records/0/version',
      ]);
    });
  });

  describe('sessions', () => {
    it('tell who is signed in, and end with the token', async () => {
      expect(await fake.client(lab).call('getSession')).toMatchObject({ party: lab, kind: 'lab', region: '140100' });
      expect(await problem(fake.client().call('getSession'))).toMatchObject({ code: 'UNAUTHENTICATED' });
      const forged = await fetch(`${fake.url}/v1/sessions/current`, { headers: { authorization: 'Bearer a.b.c' } });
      expect(forged.status).toBe(401);
    });

    it('refuse a challenge that was used, and a signature that was made for another host', async () => {
      const { nonce } = await fake.client().call('createChallenge', { body: { party: lab } });
      const signer = trialSigner(lab);
      const { sessionDigest } = await import('@carbon-ledger/client-sdk');
      const answer = async (audience: string): Promise<unknown> => {
        const signature = await signer.sign(sessionDigest({ ledger: LEDGER_ID, party: lab, audience, nonce }));
        const { keyId, suite } = signer;
        return problem(
          fake.client().call('createSession', { body: { party: lab, nonce, keyId, suite, audience, signature } }),
        );
      };
      expect(await answer('elsewhere.example:443')).toMatchObject({ code: 'UNAUTHENTICATED' });
      expect(await answer(new URL(fake.url).host)).toMatchObject({ code: 'UNAUTHENTICATED' });
    });

    it('refuse a key of another party', async () => {
      const impostor = new LedgerClient({ baseUrl: fake.url, party: enterprise, signer: trialSigner(lab) });
      expect(await problem(impostor.call('getSession'))).toMatchObject({ code: 'KEY_UNKNOWN' });
    });
  });

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
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
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
    const limited = await FakeGateway.start({ requestsPerMinute: 5 });
    const statuses = [];
    for (let count = 0; count < 8; count++) statuses.push((await fetch(`${limited.url}/livez`)).status);
    await limited.stop();
    expect(statuses.at(-1)).toBe(429);
  });
});
