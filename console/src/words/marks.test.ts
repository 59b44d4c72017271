import { markWords } from '@carbon-ledger/core';
import { titledMark } from './marks';

it('calls the record that a mark comes from by its title, in both languages', () => {
  const mark = { mark: 'input-withdrawn', by: '91140000MA0FAKE01X/U1/2024-03/test-report' } as const;
  expect(markWords(titledMark(mark, 'zh')).zh).toBe('依据失效（1 号机组 2024 年 3 月 检测报告）');
  expect(markWords(titledMark(mark, 'en')).en).not.toContain('/');
  expect(titledMark({ mark: 'late', days: 3 }, 'zh')).toEqual({ mark: 'late', days: 3 });
});
