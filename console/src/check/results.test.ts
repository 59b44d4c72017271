import { amountOf, whyUnchecked } from './results';

const unchecked = { kind: 'unchecked', path: 'a.json', verdict: 'undecidable' } as const;

describe('why a file was not checked', () => {
  it('is said in the language of the page: by its code, or not at all, where a reader said it in English', () => {
    const opening = { ...unchecked, reason: 'no-opening', message: 'it is no opening of cells' } as const;
    expect(whyUnchecked(opening, 'en')).toContain('it is no opening of cells');
    expect(whyUnchecked(opening, 'zh')).toBe('这份单元格展开文件无法使用。');
    const policy = { ...unchecked, reason: 'bad-policy', message: 'x', code: 'PROOF_MALFORMED' } as const;
    expect(whyUnchecked(policy, 'zh')).toMatch(/^核验策略无法使用：\p{Script=Han}/u);
  });

  it('is said whole where nothing was to be added', () => {
    const none = { ...unchecked, reason: 'no-policy', message: 'Failed to fetch' } as const;
    expect(whyUnchecked(none, 'zh')).not.toMatch(/[a-z]{3,} [a-z]{2,}/);
  });
});

describe('the value of a figure that is proved', () => {
  it('is written as people read it, with the unit of the language', () => {
    const proof = { value: '100244.41', unit: 'tCO2' };
    expect(amountOf(proof, 'zh')).toBe('100\u202F244.41 吨CO₂');
    expect(amountOf(proof, 'en')).toBe('100\u202F244.41 tCO₂');
    expect(amountOf({}, 'zh')).toBe('?');
  });
});
