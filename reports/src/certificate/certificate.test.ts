import {
  attachmentsOf,
  canonicalize,
  isCertificate,
  packReceipt,
  receiptsInCertificate,
  verifyReceipt,
} from '@carbon-ledger/core';
import { ReceiptWorld } from '../../../core/src/receipt/testing/world';
import { isAsIssued, makeCertificate, type CertificateStatement } from '.';

const world = ReceiptWorld.create();
const packed = packReceipt(world.receipt());
const statement: Omit<CertificateStatement, 'schema'> = {
  language: 'zh',
  site: 'http://127.0.0.1:8080',
  anchoredAt: {},
};
const limits = { file: 1e7, count: 10, content: 1e6 };

describe('a certificate', () => {
  let pdf: Uint8Array;

  beforeAll(async () => {
    pdf = await makeCertificate({ receipts: [packed], statement });
  });

  it('carries the receipt, which passes with the file that it names', () => {
    expect(isCertificate(pdf)).toBe(true);
    const [receipt, ...more] = receiptsInCertificate(pdf);
    expect(more).toEqual([]);
    expect(Buffer.from(receipt!.bytes).equals(packed)).toBe(true);
    const question = { receipt: receipt!.bytes, policy: world.policy, document: world.document };
    expect(verifyReceipt(question)).toMatchObject({ result: 'PASS', record: { id: world.recordId } });
  });

  it('is the same for the same receipt, and is made again out of itself', async () => {
    expect(Buffer.from(pdf).equals(await makeCertificate({ receipts: [packed], statement }))).toBe(true);
    expect(await isAsIssued(pdf)).toBe(true);
  });

  it('is told from one whose pages were altered, while its receipt still passes', async () => {
    const forged = Uint8Array.from(pdf);
    const place = Buffer.from(pdf).indexOf('/Title');
    forged[place + 10] = (forged[place + 10] ?? 0) ^ 1;
    expect(receiptsInCertificate(forged)).toHaveLength(1);
    expect(await isAsIssued(forged)).toBe(false);
  });

  it('holds what it is made of beside the receipt, in the open', () => {
    const said = attachmentsOf(pdf, limits).find(({ name }) => name === 'certificate.json');
    expect(Buffer.from(said!.bytes).toString()).toBe(
      canonicalize({ schema: 'carbon-ledger/certificate/v1', ...statement }),
    );
  });

  it('of a folder lists its files, with the list attached, and is in English where asked', async () => {
    const file = { path: '=一月/报告.csv', size: 7, sha256: `sha256:${'a'.repeat(64)}`, sm3: `sm3:${'b'.repeat(64)}` };
    const folder = { name: 'evidence', files: [{ ...file, record: world.recordId }] };
    const many = await makeCertificate({
      receipts: [canonicalize(world.receipt())],
      statement: { ...statement, language: 'en', folder },
    });
    expect(receiptsInCertificate(many).map(({ name }) => name)).toEqual([
      `${world.recordId.replace(':', '-')}.receipt.json`,
    ]);
    const list = attachmentsOf(many, limits).find(({ name }) => name === 'files.csv');
    expect(Buffer.from(list!.bytes).toString()).toContain(`"'=一月/报告.csv","7","sha256:aaa`);
    expect(await isAsIssued(many)).toBe(true);
  });

  it('refuses what is no receipt, and none at all', async () => {
    await expect(makeCertificate({ receipts: [], statement })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(makeCertificate({ receipts: ['{}'], statement })).rejects.toMatchObject({ code: 'PROOF_MALFORMED' });
  });
});
