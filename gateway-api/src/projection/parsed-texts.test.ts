import { ParsedTexts } from './parsed-texts';

test('gives the same frozen value for the same text, and another for another', () => {
  const texts = new ParsedTexts();
  const value = texts.parse('r/1', '{"a":[{"b":1}]}') as { a: { b: number }[] };
  expect(value).toEqual({ a: [{ b: 1 }] });
  expect(texts.parse('r/1', '{"a":[{"b":1}]}')).toBe(value);
  expect(() => {
    (value.a[0] ?? { b: 0 }).b = 2;
  }).toThrow(TypeError);
  expect(texts.parse('r/1', '{"a":[{"b":2}]}')).toEqual({ a: [{ b: 2 }] });
  expect(texts.parse('r/2', '{"a":[{"b":1}]}')).not.toBe(value);
});

test('keeps no more than it may', () => {
  const texts = new ParsedTexts();
  const long = JSON.stringify('x'.repeat(1_500_000));
  const first = [texts.parse('a', `[${long}]`), texts.parse('b', `[${long}]`), texts.parse('c', `[${long}]`)];
  expect(texts.parse('c', `[${long}]`)).toBe(first[2]);
  expect(texts.parse('a', `[${long}]`)).not.toBe(first[0]);
});

test('gives nothing again that it was told to forget', () => {
  const texts = new ParsedTexts();
  const value = texts.parse('f/1', '[1]');
  texts.forget('f/1');
  expect(texts.parse('f/1', '[1]')).not.toBe(value);
});
