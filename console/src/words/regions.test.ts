import { isDivision } from '@carbon-ledger/core';
import { regionWords } from './regions';

it('names the province of every division that there is', () => {
  const all = Array.from({ length: 100 }, (_, number) => `${String(number).padStart(2, '0')}0000`).filter(isDivision);
  expect(all.length).toBeGreaterThan(33);
  for (const code of all) expect(regionWords(code, 'zh')).toMatch(/^[0-9]{6} \p{Script=Han}+$/u);
});

it('keeps the code, and what is none as it is', () => {
  expect(regionWords('140600', 'zh')).toBe('140600 山西省');
  expect(regionWords('140600', 'en')).toBe('140600 Shanxi');
  expect(regionWords('000000', 'zh')).toBe('000000 全国');
  expect(regionWords('999999', 'zh')).toBe('999999');
});
