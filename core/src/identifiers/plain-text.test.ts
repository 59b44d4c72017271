import fc from 'fast-check';
import { isPlainText, plainTextFault, unseenCharacters, visibleJson, visibleText } from './plain-text';

const unseen: readonly (readonly [string, string])[] = [
  ['U+0000', '\0'],
  ['U+0009', '\t'],
  ['U+000A', '\n'],
  ['U+001B', '\u001b'],
  ['U+007F', '\u007f'],
  ['U+0085', '\u0085'],
  ['U+00AD', '\u00ad'],
  ['U+034F', '\u034f'],
  ['U+061C', '\u061c'],
  ['U+115F', '\u115f'],
  ['U+180E', '\u180e'],
  ['U+200B', '\u200b'],
  ['U+200D', '\u200d'],
  ['U+200E', '\u200e'],
  ['U+202E', '\u202e'],
  ['U+2028', '\u2028'],
  ['U+2060', '\u2060'],
  ['U+2066', '\u2066'],
  ['U+2800', '\u2800'],
  ['U+3164', '\u3164'],
  ['U+D800', '\ud800'],
  ['U+FE0F', '\ufe0f'],
  ['U+FEFF', '\ufeff'],
  ['U+FFA0', '\uffa0'],
  ['U+E0041', '\u{e0041}'],
  ['U+E0100', '\u{e0100}'],
];

it.each(unseen)('%s is not seen', (name, character) => {
  const text = `晋${character}能`;
  expect(isPlainText(text)).toBe(false);
  expect(unseenCharacters(text)).toEqual([{ character: name, at: 1 }]);
  expect(plainTextFault(text)).toBe(`holds characters that are not seen: ${name} as character 2`);
  expect(visibleText(text)).toBe(`晋‹${name}›能`);
  expect(isPlainText(visibleText(text))).toBe(true);
});

it.each([
  '（虚构）晋能示范电厂 1#机组',
  'Müller & Söhne, “Kraftwerk” – Nr. 7',
  'е́ Ω ﬁ ½ m³ ‰ ℃ ①',
  '𠮷野 𫟹 㐂 〇 龘',
  '全角　空格 and\u00a0others',
  '',
])('%p is plain', (text) => {
  expect([isPlainText(text), plainTextFault(text), visibleText(text)]).toEqual([true, undefined, text]);
});

it('tells of the first few, and of how many a long text may hold no more than it must', () => {
  expect(plainTextFault('\u200b'.repeat(9))?.split(' as character').length).toBe(6);
  expect(plainTextFault(`${'x'.repeat(1e6)}\u200b`)).toContain('not seen');
});

it('makes JSON visible without changing its value', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(fc.dictionary(text, fc.array(text)), fc.constantFrom(0, 2), (value, space) => {
      const json = visibleJson(JSON.stringify(value, null, space));
      expect(JSON.parse(json)).toEqual(value);
      expect(isPlainText(json.replaceAll('\n', ''))).toBe(true);
    }),
    { numRuns: 50 },
  );
});

it('takes each character alone as it takes it beside another', () => {
  // Beside a letter of another script nothing is taken for everyday text.
  const codes = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
  expect(codes.filter((character) => isPlainText(character) !== isPlainText(`${character}Ж`))).toEqual([]);
});
