import type { VerificationAnswer } from '@carbon-ledger/client-sdk';
import { recordId, type LedgerRecord } from '@carbon-ledger/core';
import { recordOf } from '../../../core/src/rulebook/testing/bench';
import { alsoIn, formatShared, sharedReports } from './also-in';

const lab = '91140100MA0FAKE2XU';
const other = '91440300MA0TRYB03X';
const also = [lab, other].map((party, at) => ({
  ...{ record: `rec:${String(at).repeat(64)}`, key: `${party}/U1/2024-01/test-report`, party },
  ...{ anchoredAt: '2026-11-29T08:00:00Z', status: 'current' as const },
}));
const answer: VerificationAnswer = { verdict: 'consistent', verdictZh: '一致', reason: '', party: lab, also };

function filed(type: 'test-report' | 'sample-receipt'): { readonly record: LedgerRecord } {
  const digests = { sha256: `sha256:${'5'.repeat(64)}`, sm3: `sm3:${'6'.repeat(64)}` };
  const documents = [{ role: 'report', name: 'a.pdf', mediaType: 'application/pdf', size: '1', ...digests }];
  return { record: recordOf(type, { issuer: lab, documents }) };
}

describe('a file that another party put on record too', () => {
  it('is told line by line, and not with what its own party filed', () => {
    expect(alsoIn(also, lab)).toEqual([
      `  同一文件另存证于 the same file also stands in ${other}/U1/2024-01/test-report  by ${other}  2026-11-29T08:00:00Z  有效 current`,
    ]);
    expect(alsoIn(undefined, lab)).toEqual([]);
  });

  it('is found among test reports, by digest and record', async () => {
    const asked: unknown[] = [];
    const shared = await sharedReports([filed('sample-receipt'), filed('test-report')], (items) => {
      asked.push(...items);
      return Promise.resolve(items.map(() => answer));
    });
    expect(asked).toEqual([{ record: recordId(filed('test-report').record), sha256: `sha256:${'5'.repeat(64)}` }]);
    expect(shared).toEqual([{ record: '91140000MA0FAKE01X/U1/2024-01/test-report', file: 'a.pdf', also: [also[1]] }]);
    expect(shared.flatMap(formatShared)).toHaveLength(2);
  });

  it('is asked about where there is a report alone', async () => {
    const ask = (): Promise<VerificationAnswer[]> => Promise.reject(new Error('asked'));
    expect(await sharedReports([filed('sample-receipt')], ask)).toEqual([]);
  });
});
