import { LedgerClient } from '@carbon-ledger/client-sdk';
import { buildRecord, correctionKind, reviewKind, type BuiltRecord, type RecordDraft } from '@carbon-ledger/core';
import {
  trialNationalAuthority,
  trialProvinceAuthority,
  trialSalts,
  trialSigner,
} from '@carbon-ledger/plant-year/trial';

export const plant = '91140000MA0FAKE01X';
export const lab = '91140100MA0FAKE2XU';

/** Authorities that end records of the sample. */
export const endedBy = {
  province: trialProvinceAuthority('140000').uscc,
  nation: trialNationalAuthority.uscc,
} as const;

/** Key of a month of the sample's first unit. */
export const month = (name: string): string => `${plant}/U1/${name}/monthly-evidence`;

async function anchored(url: string, key: string): Promise<BuiltRecord> {
  const client = new LedgerClient({ baseUrl: url });
  const { heads } = await client.heads([key]);
  const { id, record } = await client.record(heads[0]?.record ?? '');
  return { id, key, record, figures: [] };
}

async function file(url: string, issuer: string, draft: Omit<RecordDraft, 'issuer'>): Promise<void> {
  const client = new LedgerClient({ baseUrl: url, party: issuer, signer: trialSigner(issuer) });
  const built = buildRecord({ ...draft, issuer }, trialSalts(issuer));
  await client.anchor({ records: [built.record], figures: {} });
}

async function review(
  url: string,
  level: 'province' | 'national',
  key: string,
  decision: 'accept' | 'return' | 'question',
): Promise<void> {
  const reviewed = await anchored(url, key);
  const parameters = await anchored(url, `${endedBy.nation}/POWER/2024/parameter`);
  const reasons = decision === 'accept' ? [] : [{ code: 'SAMPLING', text: '缺少采样记录' }];
  const { subject, kind } = reviewed.record;
  await file(url, level === 'province' ? endedBy.province : endedBy.nation, {
    ...{ type: 'review', kind: reviewKind(level, kind), subject, content: { decision, reasons } },
    cites: { reviewed: [reviewed], parameters: [parameters] },
  });
}

/** January is returned, February questioned after it was accepted, and the report on which March rests withdrawn. */
export async function endRecords(url: string): Promise<void> {
  await review(url, 'province', month('2024-01'), 'return');
  await review(url, 'province', month('2024-02'), 'accept');
  await review(url, 'national', month('2024-02'), 'question');
  const report = await anchored(url, `${plant}/U1/2024-03/test-report`);
  await file(url, lab, {
    ...{ type: 'revocation', kind: correctionKind('revocation', 'test-report'), subject: report.record.subject },
    content: { reason: 'WITHDRAWN_BY_ISSUER', statement: '样品混淆' },
    cites: { revoked: [report] },
  });
}
