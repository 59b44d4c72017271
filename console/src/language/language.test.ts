import { languageOf, languageTag } from './language';

describe('the language of a page', () => {
  const source = { search: '', chosen: null, browser: 'zh-CN' };

  it.each([
    ['Chinese of any place', { ...source, browser: 'zh-TW' }, 'zh'],
    ['any other browser', { ...source, browser: 'fr-FR' }, 'en'],
    ['a browser that says nothing', { ...source, browser: '' }, 'zh'],
    ['what was chosen before', { ...source, chosen: 'en' }, 'en'],
    ['the address before all', { search: '?x=1&lang=zh', chosen: 'en', browser: 'en' }, 'zh'],
    ['no language that there is not', { search: '?lang=de', chosen: 'xx', browser: 'zh' }, 'zh'],
  ] as const)('%s', (_name, given, expected) => {
    expect(languageOf(given)).toBe(expected);
  });

  it('has the tag that screen readers know', () => {
    expect([languageTag('zh'), languageTag('en')]).toEqual(['zh-CN', 'en']);
  });
});
