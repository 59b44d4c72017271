import { fieldWords, periodWords, recordTitle, recordTypeWords, unitWords } from './record-words';

const subject = { uscc: '91140000MA0FAKE01X', unit: 'U2', period: '2024-09' };

describe('records in words', () => {
  it('names unit, month, kind and version', () => {
    const record = { type: 'monthly-evidence', kind: 'monthly-evidence', subject, version: 2 } as const;
    expect(recordTitle(record, 'zh')).toBe('2 号机组 2024 年 9 月 月度存证，第 2 版');
    expect(recordTitle(record, 'en')).toBe('Monthly evidence, Unit 2, September 2024, version 2');
  });

  it('leaves out what a record does not have, and tells its label', () => {
    const record = {
      type: 'ccer-lot',
      kind: 'ccer-lot.A1',
      subject: { ...subject, unit: '-', period: '-' },
      version: 1,
    } as const;
    expect(recordTitle(record, 'zh')).toBe('CCER 签发批次（A1），第 1 版');
    expect(recordTitle(record, 'en')).toBe('CCER lot (A1), version 1');
  });

  it('takes titles of fields from the type', () => {
    expect(fieldWords('test-report', 'reportNo')).toEqual({ zh: '报告编号', en: 'Report number' });
    expect(fieldWords('test-report', 'unheard')).toEqual({ zh: 'unheard', en: 'unheard' });
  });

  it('has words for plants, years and anything else', () => {
    expect([unitWords('PLANT', 'zh'), unitWords('POWER', 'en'), unitWords('-', 'zh')]).toEqual(['全厂', 'POWER', '']);
    expect([periodWords('2024', 'zh'), periodWords('2024', 'en'), periodWords('-', 'en')]).toEqual([
      '2024 年',
      '2024',
      '',
    ]);
    expect(recordTypeWords('unheard').en).toBe('unheard');
  });
});
