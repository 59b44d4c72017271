import { createHash } from 'node:crypto';
import { buildRecord, correctionKind, digestBytes, verifyReceipt } from '@carbon-ledger/core';
import { trialSalts } from '@carbon-ledger/plant-year/trial';
import { changed, document, file, report, startWithReport } from '../testing/anchored-report';
import type { FakeGateway } from '../testing/fake-gateway';
import { lab, national } from '../testing/trial-world';

let fake: FakeGateway;
beforeAll(async () => {
  fake = await startWithReport();
});
afterAll(() => fake.stop());

describe('verification of files', () => {
  const verdictOf = async (item: object): Promise<object> => (await fake.client().verify({ items: [item] })).items[0]!;

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

  it('answers 一致但记录已失效 for the file of a record that its laboratory withdrew: by whom, when and why', async () => {
    const own = await startWithReport();
    const { subject, kind } = report.record;
    const withdrawn = buildRecord(
      {
        ...{ type: 'revocation', kind: correctionKind('revocation', kind), issuer: lab, subject },
        content: { reason: 'WITHDRAWN_BY_ISSUER', statement: '样品混淆' },
        cites: { revoked: [report] },
      },
      trialSalts(lab),
    );
    await own.client(lab).anchor({ records: [withdrawn.record], figures: {} });
    const { items } = await own.client().verify({ items: [{ ...digestBytes(file) }] });
    expect(items[0]).toMatchObject({
      ...{ verdict: 'no-longer-stands', verdictZh: '一致但记录已失效', status: 'withdrawn', record: report.id },
      ended: { record: withdrawn.id, type: 'revocation', party: lab, why: 'WITHDRAWN_BY_ISSUER; 样品混淆' },
    });
    await own.stop();
  });

  it('takes thousands of files at once and keeps their order', async () => {
    const items = Array.from({ length: 3_000 }, (_, index) => ({
      name: `f${String(index)}`,
      sha256: index === 1_234 ? document.sha256 : `sha256:${createHash('sha256').update(String(index)).digest('hex')}`,
    }));
    const { items: answers } = await fake.client().verify({ items });
    expect(answers.findIndex(({ verdict }) => verdict === 'consistent')).toBe(1_234);
    expect(answers).toHaveLength(3_000);
  });

  it('checks receipts', async () => {
    const good = await fake.client().receipt(report.id);
    const { receipts } = await fake.client().verify({ receipts: [good, { ...good, logIndex: '0' }, { schema: 'x' }] });
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

  it('are given out as they are verified: the answer, kept as it came, is one', async () => {
    const answer = await fetch(`${fake.url}/v1/records/${report.id}/receipt`);
    expect(answer.headers.get('content-type')).toContain('application/json');
    const receipt = new Uint8Array(await answer.arrayBuffer());
    expect(verifyReceipt({ receipt, policy: fake.gateway.policy })).toMatchObject({ result: 'PASS' });
  });

  it('verify for the founding record, which registers its own signer', async () => {
    const { record } = await fake.client().party(national);
    const verdict = verifyReceipt({ receipt: await fake.client().receipt(record), policy: fake.gateway.policy });
    expect(verdict).toMatchObject({ result: 'PASS' });
  });
});

describe('a proof of what is closed to who asks, or is not there', () => {
  it('is told as closed, and never as a figure that somebody could add', async () => {
    const figure = `${report.key}#Cad_pct`;
    for (const extent of ['full', 'lab'] as const)
      await expect(fake.client().prove(figure, extent)).rejects.toMatchObject({
        code: 'FIGURE_NOT_FOUND',
        message: expect.stringMatching(`^${report.key}#.* is not open to you`) as string,
      });
    expect((await fake.client(lab).prove(figure)).length).toBeGreaterThan(1000);
  });

  it.each(['nothing_t', 'cad_pct', 'constructor'])('of no figure of the record is not found: %s', async (name) => {
    const asked = `${report.key}#${name}`;
    const refused: unknown = await fake
      .client(lab)
      .prove(asked)
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'FIGURE_NOT_FOUND', message: `${asked} is not there` });
  });
});
