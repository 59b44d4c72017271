import { recordTypes, servingTypes, type LedgerRecord, type RecordType } from '@carbon-ledger/core';
import type { Content } from '../filing/content';
import { addressOfDuty, addressOfLacking, addressOfStep } from './address';

const subject = { uscc: '91140000MA0FAKE01X', unit: 'U2', period: '2024-09' };
const record = `rec:${'a'.repeat(64)}`;

describe('the form of a step', () => {
  it('of a review cites what is reviewed, with the outcome filled in', () => {
    const file = {
      type: 'review',
      kind: 'review.province_monthly-evidence',
      role: 'reviewed',
      content: { decision: 'accept' },
    } as const;
    const query = new URLSearchParams(addressOfStep({ file }, { record, subject }).split('?')[1]);
    expect(Object.fromEntries(query)).toEqual({
      kind: 'review.province_monthly-evidence',
      ...subject,
      'content.decision': 'accept',
      'cite.reviewed': record,
    });
  });

  it('of a step that is filed by the year is of the year in which the month lies', () => {
    const file = { type: 'rectification', kind: 'rectification', role: 'finding' } as const;
    expect(addressOfStep({ file }, { record, subject })).toContain('&period=2024&');
  });

  it('of a next version goes on from the one before, and of a first one begins anew', () => {
    const file = { type: 'monthly-evidence', kind: 'monthly-evidence' } as const;
    const duty = { step: 'filed', title: { en: '', zh: '' }, file, subject, key: 'k' };
    expect(addressOfDuty({ ...duty, record })).toContain(`after=${record}`);
    expect(addressOfDuty(duty)).toBe(
      '/file/monthly-evidence?kind=monthly-evidence&uscc=91140000MA0FAKE01X&unit=U2&period=2024-09',
    );
  });
});

describe('the form for what is lacking', () => {
  const own = { ...subject, kind: 'test-report.05' };
  const at = (type: RecordType, kind: string, content: Content = {}): string[] =>
    recordTypes[type]
      .cites({ type, kind, subject, content, cites: [] } as unknown as LedgerRecord)
      .map((rule) => addressOfLacking(rule, servingTypes(rule)[0] ?? type, { ...own, kind }));

  it('says what would serve: the label of the day, and what is shared', () => {
    expect(at('test-report', 'test-report.05')).toEqual([
      '/file/sample-receipt?kind=sample-receipt.05&uscc=91140000MA0FAKE01X&unit=U2&period=2024-09',
    ]);
  });

  it('is of the year where years are shared, and says what the role asks for', () => {
    const rule = {
      role: 'r',
      type: 'rectification',
      min: 1,
      max: 1,
      same: ['uscc', 'year'],
      says: { stage: 'plan' },
    } as const;
    expect(addressOfLacking(rule, 'rectification', own)).toBe(
      '/file/rectification?uscc=91140000MA0FAKE01X&period=2024&content.stage=plan',
    );
  });
});
