import { isValueOf } from './transaction-value';

const bytes = (text: string): Buffer => Buffer.from(text);
const sent = { submissions: [], value: bytes('"submissions":[{"a":"煤"}]}') };

test('what was sent is known again by its bytes', () => {
  expect(isValueOf(bytes('{"submissions":[{"a":"煤"}]}'), sent)).toBe(true);
});

test.each([
  ['one character is another', '{"submissions":[{"a":"炭"}]}'],
  ['something stands behind it', '{"submissions":[{"a":"煤"}]} '],
  ['something is missing', '{"submissions":[{"a":"煤"}]'],
  ['it does not begin as an object', '["submissions":[{"a":"煤"}]}'],
  ['it came by an import', '{"earlier":[],"submissions":[{"a":"煤"}]}'],
  ['it is empty', ''],
])('it is not when %s', (_, value) => {
  expect(isValueOf(bytes(value), sent)).toBe(false);
});
