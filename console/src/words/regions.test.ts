import { isDivision } from '@carbon-ledger/core';
import { prefectures } from './prefectures';
import { regionWords } from './regions';

it('names the province of every division that there is', () => {
  const all = Array.from({ length: 100 }, (_, number) => `${String(number).padStart(2, '0')}0000`).filter(isDivision);
  expect(all.length).toBeGreaterThan(33);
  for (const code of all) expect(regionWords(code, 'zh')).toMatch(/^[0-9]{6} \p{Script=Han}+$/u);
});

it('keeps the code, and what is none as it is', () => {
  expect(regionWords('140000', 'zh')).toBe('140000 山西省');
  expect(regionWords('140000', 'en')).toBe('140000 Shanxi');
  expect(regionWords('000000', 'zh')).toBe('000000 全国');
  expect(regionWords('999999', 'zh')).toBe('999999');
});

it('names the prefecture beside its province, of a county too', () => {
  expect(regionWords('140600', 'zh')).toBe('140600 山西省朔州市');
  expect(regionWords('140603', 'zh')).toBe('140603 山西省朔州市');
  expect(regionWords('140600', 'en')).toBe('140600 Shuozhou, Shanxi');
  expect(regionWords('610100', 'en')).toBe("610100 Xi'an, Shaanxi");
  expect(regionWords('533400', 'zh')).toBe('533400 云南省迪庆藏族自治州');
  // A municipality has districts and no prefectures; a code that is in no list keeps what is known of it.
  expect(regionWords('110105', 'zh')).toBe('110105 北京市');
  expect(regionWords('149900', 'zh')).toBe('149900 山西省');
});

it('has a name in both languages for each prefecture, once a code', () => {
  for (const [province, rows] of Object.entries(prefectures)) {
    expect(regionWords(`${province}0000`, 'zh')).toMatch(/\p{Script=Han}$/u);
    const codes = rows.split(';').map((row) => {
      expect(row).toMatch(/^\d\d\p{Script=Han}{2,15} [\p{Script=Latin}']+$/u);
      return row.slice(0, 2);
    });
    expect(new Set(codes).size).toBe(codes.length);
  }
});
