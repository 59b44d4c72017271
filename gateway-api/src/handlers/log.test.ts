import { verifyConsistency, verifyInclusion, fromHex, parseCheckpoint, parseNote } from '@carbon-ledger/core';
import type { RecordEvent } from '@carbon-ledger/client-sdk';
import { report, startWithReport } from '../testing/anchored-report';
import { FakeGateway } from '../testing/fake-gateway';
import { rawRequest } from '../testing/raw-request';
import { lab, sampleReceipt } from '../testing/trial-world';

let fake: FakeGateway;
beforeAll(async () => {
  fake = await startWithReport();
});
afterAll(() => fake.stop());

describe('the log', () => {
  it('says that nobody cosigns it, instead of letting one wait for ever', async () => {
    expect((await fetch(`${fake.url}/v1/log/checkpoint/cosigned`)).status).toBe(404);
    const asked = await FakeGateway.start({ quorum: 1 });
    const awaited = await fetch(`${asked.url}/v1/log/checkpoint/cosigned`);
    expect([awaited.status, awaited.headers.get('retry-after')]).toEqual([503, '1']);
    await asked.stop();
  });

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
    expect(hashes.headers.get('content-length')).toBe(String(size * 32));
    const headers = { 'if-none-match': hashes.headers.get('etag') ?? '' };
    const again = await rawRequest(fake.url, { path: `/log/tile/0/000.p/${String(size)}`, headers });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
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
