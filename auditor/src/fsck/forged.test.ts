import { trialNationalAuthority, trialSigner } from '@carbon-ledger/plant-year/trial';
import { openLedgerReader } from '@carbon-ledger/embedded-peer';
import { forgingCall, ForgingContract, type Forgery } from '../../../test/support/forging-contract';
import { LedgerFolder } from '../../../test/support/ledger-folder';
import { enterprise, sign } from '../../../test/support/trial-world';
import { fsck, type FsckReport } from './fsck';

async function forge(makeForgery: (folder: LedgerFolder) => Promise<Forgery>): Promise<FsckReport> {
  const folder = await LedgerFolder.open({ contracts: [ForgingContract] });
  await folder.found();
  await folder.ledger.submit(forgingCall(await makeForgery(folder)));
  await folder.close();
  const reader = await openLedgerReader(folder.dataDir);
  const report = await fsck({ source: reader, figures: reader, threads: 0 });
  await reader.close();
  return report;
}

const place = { block: 3, transaction: expect.stringMatching(/^[0-9a-f]{64}$/) as string };
const bucket = `${enterprise.uscc}/U1/2024`;
const readAll = [
  'ledger',
  'edition',
  `units/${enterprise.uscc}`,
  `engaged/${enterprise.uscc}/2024`,
  `party/${enterprise.uscc}`,
  `head/${bucket}`,
];

describe('a ledger whose operator runs another contract', () => {
  it('is found to hold a submission that its party did not sign', async () => {
    const report = await forge(async ({ id, world }) => {
      const signedAt = `${new Date().toISOString().slice(0, 19)}Z`;
      const signer = trialSigner(trialNationalAuthority.uscc);
      const submission = await sign([world.plan()], { ledger: id, signedAt, signer });
      const keyId = trialSigner(enterprise.uscc).keyId;
      return { read: readAll, submissions: [{ ...submission, keyId }], writes: {} };
    });
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        ...place,
        code: 'JUDGEMENT_MISMATCH',
        field: '/submissions/0',
        message: expect.stringContaining('SIGNATURE_INVALID') as string,
      }),
    );
  });

  it('is found to hold a record that its party signed but may not file', async () => {
    const report = await forge(async ({ id, world }) => {
      const signedAt = `${new Date().toISOString().slice(0, 19)}Z`;
      const own = { ...world.plan().record, type: 'verification-conclusion' as const, kind: 'verification-conclusion' };
      const plan = { ...world.plan(), record: own };
      return { read: readAll, submissions: [await sign([plan], { ledger: id, signedAt })], writes: {} };
    });
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        ...place,
        code: 'JUDGEMENT_MISMATCH',
        message: expect.stringContaining('NOT_ALLOWED_TO_FILE') as string,
      }),
    );
  });

  it('is found to have written what nothing led to', async () => {
    const report = await forge(() =>
      Promise.resolve({ read: [], writes: { [`party/${enterprise.uscc}`]: '{"version":9}' } }),
    );
    expect(report.findings).toMatchObject([{ ...place, code: 'JUDGEMENT_MISMATCH' }]);
  });

  it('is found to hold allowances that nobody issued, by the invariant that they break', async () => {
    const row = `holding/${enterprise.uscc}/2024/held/${'f'.repeat(64)}-0`;
    const value = JSON.stringify({ q: '1000000', r: 'f'.repeat(64), how: 'listed', on: '2025-01-01' });
    const report = await forge(() => Promise.resolve({ read: ['ledger'], writes: { [row]: value } }));
    expect(report.findings).toContainEqual({
      code: 'INVARIANT_BROKEN',
      field: 'of every vintage as much stays as was issued',
      message: `${row.slice('holding/'.length)} holds 1000000 t, and no record moves them there`,
    });
    expect(report.result).toBe('wrong');
  });

  it('is found to have judged without looking', async () => {
    const report = await forge(async ({ id, world }) => {
      const signedAt = `${new Date().toISOString().slice(0, 19)}Z`;
      return { read: ['ledger'], submissions: [await sign([world.plan()], { ledger: id, signedAt })], writes: {} };
    });
    expect(report.findings).toMatchObject([
      { ...place, code: 'STATE_MISMATCH', field: `party/${enterprise.uscc}` },
      { code: 'INVARIANT_BROKEN', field: 'one head per business key' },
    ]);
  });
});
