import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  attachmentsOf,
  buildRecord,
  businessKey,
  isCertificate,
  receiptsInCertificate,
  verifyReceipt,
} from '@carbon-ledger/core';
import { trialSalts } from '@carbon-ledger/plant-year/trial';
import { document, file, report, startWithReport } from '../testing/anchored-report';
import type { FakeGateway } from '../testing/fake-gateway';
import { enterprise, lab } from '../testing/trial-world';

let fake: FakeGateway;
beforeAll(async () => {
  fake = await startWithReport();
});
afterAll(() => fake.stop());

const certificate = (language: 'zh' | 'en' = 'zh'): Promise<Uint8Array> =>
  fake.client().certificate(report.id, language);

/** Another record, so that the log is longer than it was. */
async function grow(period: string): Promise<void> {
  const draft = { type: 'engagement', kind: 'engagement.testing', issuer: enterprise } as const;
  const subject = { uscc: enterprise, unit: '-', period };
  const contractNo = `HT-${period}-1`;
  const built = buildRecord({ ...draft, subject, content: { party: lab, contractNo } }, trialSalts(enterprise));
  await fake.client(enterprise).anchor({ records: [built.record], figures: {} }, 'proven');
}

describe('the certificate of a record', () => {
  it('carries a receipt that passes with the file, and is a PDF to be looked at', async () => {
    const pdf = await certificate();
    expect(isCertificate(pdf)).toBe(true);
    const [receipt] = receiptsInCertificate(pdf);
    const policy = await fake.client().policy();
    const question = { receipt: receipt!.bytes, policy: JSON.stringify(policy), document: file };
    expect(verifyReceipt(question)).toMatchObject({ result: 'PASS', record: { id: report.id } });
    const { headers } = await fetch(`${fake.url}/v1/records/${report.id}/certificate`);
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(headers.get('content-disposition')).toMatch(/^inline; filename="certificate-[0-9a-f]{16}\.pdf"$/);
  });

  it('is the same bytes when the log has grown, and other bytes in the other language', async () => {
    const before = await certificate();
    await grow('2031');
    expect(Buffer.from(before).equals(await certificate())).toBe(true);
    expect(Buffer.from(before).equals(await certificate('en'))).toBe(false);
  });

  it('believes no receipt that was kept and does not pass', async () => {
    await certificate();
    const folder = join(fake.folder, 'certificates');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.receipt'),
    );
    expect(files).toHaveLength(1);
    for (const name of files) writeFileSync(join(folder, name), 'damaged');
    expect(receiptsInCertificate(await certificate())).toHaveLength(1);
  });

  it('is not found for a record that nobody anchored', async () => {
    const unknown = `rec:${'0'.repeat(64)}`;
    await expect(fake.client().certificate(unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the report of a trace', () => {
  const figure = `${businessKey(report.record)}#Cad_pct`;

  it('is a PDF that carries the trace that the service answers, in the language asked for', async () => {
    const client = fake.client(lab);
    const [zh, en] = [await client.traceReport(figure), await client.traceReport(figure, 'en')];
    const [whole] = attachmentsOf(zh, { file: 1e7, count: 10, content: 1e6 });
    expect(JSON.parse(Buffer.from(whole!.bytes).toString())).toEqual(await client.trace(figure));
    expect(Buffer.from(zh).equals(en)).toBe(false);
  });

  it('is for those only who may see the figure', async () => {
    await expect(fake.client().traceReport(figure)).rejects.toMatchObject({ code: 'FIGURE_NOT_FOUND' });
  });
});

describe('the certificate of a folder', () => {
  const certify = (path: string, sha256 = document.sha256): Promise<Uint8Array> =>
    fake.client().call('certifyFolder', {
      query: {},
      body: { name: '2024-01', files: [{ path, size: 7, sha256, sm3: document.sm3 }] },
    });

  it('needs no session, carries the receipts, and is the same bytes when the log has grown', async () => {
    const pdf = await certify('lab/report.pdf');
    const [receipt, ...more] = receiptsInCertificate(pdf);
    expect(more).toEqual([]);
    const question = { receipt: receipt!.bytes, policy: JSON.stringify(await fake.client().policy()), document: file };
    expect(verifyReceipt(question)).toMatchObject({ result: 'PASS', record: { id: report.id } });
    await grow('2032');
    expect(Buffer.from(pdf).equals(await certify('lab/report.pdf'))).toBe(true);
  });

  it('is refused with the file that is not anchored as it is', async () => {
    const refused = certify('lab/other.pdf', `sha256:${'7'.repeat(64)}`);
    await expect(refused).rejects.toMatchObject({ code: 'BAD_FILE', faults: [{ path: 'lab/other.pdf' }] });
  });
});
