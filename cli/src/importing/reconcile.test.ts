import { buildRecord, derivedSalts, type BuiltRecord, type RecordDraft } from '@carbon-ledger/core';
import { reconcile } from './reconcile';

const lab = '91140100MA0FAKE2XU';
const plant = '91140000MA0FAKE01X';
const salts = (secret: number): ReturnType<typeof derivedSalts> => derivedSalts(Uint8Array.of(secret));
const subject = { uscc: plant, unit: 'U1', period: '2024-01' };
const sample: RecordDraft = { type: 'sample-receipt', issuer: lab, subject, content: { sampleMonth: '2024-01' } };

function report(receipt: BuiltRecord, cad: string, secret = 1): BuiltRecord {
  const cites = { 'sample-receipt': [receipt] };
  const draft: RecordDraft = {
    type: 'test-report',
    issuer: lab,
    subject,
    content: { reportNo: '1' },
    cites,
    figures: { Cad_pct: cad },
  };
  return buildRecord(draft, salts(secret));
}

const receipt = buildRecord(sample, salts(1));
const planOf = (...records: BuiltRecord[]): { party: string; records: BuiltRecord[] }[] => [{ party: lab, records }];
const byKey = (...records: BuiltRecord[]): Map<string, BuiltRecord> =>
  new Map(records.map((record) => [record.key, record]));

describe('reconciling a plan with the ledger', () => {
  it('keeps everything on an empty ledger', () => {
    const plan = planOf(receipt, report(receipt, '62.38'));
    expect(reconcile(plan, new Map())).toEqual({ submissions: plan, already: 0, conflicts: [] });
  });
  it('keeps nothing of what is anchored, also with other salts and documents', () => {
    const document = { role: 'slip', name: 'a', mediaType: 'text/plain', size: '1', sha256: 'sha256:', sm3: 'sm3:' };
    const standing = buildRecord({ ...sample, documents: [document] }, salts(1));
    const anchored = byKey(standing, report(standing, '62.38', 2));
    const plan = planOf(receipt, report(receipt, '62.38'));
    expect(reconcile(plan, anchored)).toEqual({ submissions: [], already: 2, conflicts: [] });
  });
  it('leads citations to what stands on the ledger', () => {
    const standing = buildRecord({ ...sample, documents: [], readers: [plant] }, salts(1));
    const { submissions } = reconcile(planOf(receipt, report(receipt, '62.38')), byKey(standing));
    expect(submissions[0]?.records[0]?.record.cites[0]?.record).toBe(standing.id);
    expect(submissions[0]?.records[0]?.id).toBe(report(standing, '62.38').id);
  });
  it('names a key under which another figure stands', () => {
    const { submissions, conflicts } = reconcile(
      planOf(receipt, report(receipt, '59.38')),
      byKey(receipt, report(receipt, '62.38')),
    );
    expect(submissions).toEqual([]);
    expect(conflicts).toMatchObject([{ path: `${plant}/U1/2024-01/test-report`, code: 'KEY_TAKEN' }]);
    expect(conflicts[0]?.message).toContain('Cad_pct=59.38');
  });
});
