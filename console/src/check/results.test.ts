import { whyUnchecked } from './results';

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
