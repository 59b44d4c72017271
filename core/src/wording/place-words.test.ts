import fc from 'fast-check';
import { recordTypeNames } from '../records';
import { placeWords, titleOfFigure, titleOfRecord } from '.';

const key = '91140000MA0FAKE01X/U2/2024-09/monthly-evidence';

describe('a place in a record', () => {
  it.each([
    ['/content/samples/0/seed', '抽样 1 › 随机种子'],
    ['/content', '内容'],
    ['', '核查结论'],
    ['/figures/Mad_pct', '数据项 › '],
    ['/cites/report', '引用 › '],
    ['/documents/0/name', '文件 › 1 › name'],
    ['/subject/period', '主体与时期 › 时期'],
    ['/content/strange/0', 'strange › 0'],
    ['/constructor', 'constructor'],
  ])('%s is %s', (pointer, words) => {
    if (pointer === '') expect(placeWords('verification-conclusion', '/', 'zh')).toBe(words);
    else expect(placeWords('verification-conclusion', pointer, 'zh')).toContain(words);
  });

  it('is told whatever stands in it, and what is no pointer stays', () => {
    fc.assert(
      fc.property(fc.constantFrom(...recordTypeNames), fc.string(), (type, text) => {
        expect(placeWords(type, `/content/x${text}`, 'en')).toMatch(/^x/);
        if (!text.startsWith('/')) expect(placeWords(type, text, 'zh')).toBe(text);
      }),
    );
  });
});

it('a figure is told by its record and its name', () => {
  expect(titleOfRecord(key, 'zh')).toBe('2 号机组 2024 年 9 月 月度存证');
  expect(titleOfFigure(`${key}#emission_tCO2`, 'zh')).toMatch(/^2 号机组 2024 年 9 月 月度存证 · .*排放/u);
  expect(titleOfFigure('#', 'en')).toBe(' · ');
});
