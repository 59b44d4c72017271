import { visibleText } from './visible-text';

describe('a text on paper', () => {
  it('leaves what the fonts draw as it is', () => {
    expect(visibleText('喆堃镕 2 号机组 – “一致” ✓ ㎡')).toBe('喆堃镕 2 号机组 – “一致” ✓ ㎡');
  });

  it('says with other characters what others say as well', () => {
    expect(visibleText('tCO₂\t10⁴Nm³')).toBe('tCO2 10^4Nm³');
  });

  it.each([
    ['a mark that turns the direction', 'report\u202efdp.exe', 'report[U+202E]fdp.exe'],
    ['a character without width', 'a\u200bb', 'a[U+200B]b'],
    ['a control character', 'a\u0000b', 'a[U+0000]b'],
    ['half of a pair', 'a\ud800b', 'a[U+D800]b'],
    ['what no font here has', '😀', '[U+1F600]'],
  ])('writes out %s', (_what, text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });
});
