import fc from 'fast-check';
import { utf8Encode } from '../bytes';
import { LedgerError } from '../errors';
import { parseDocument } from '.';

const bytes = (text: string): Uint8Array => utf8Encode(text);

function errorOf(input: Uint8Array, encoding?: 'gb18030'): LedgerError {
  try {
    parseDocument(input, encoding === undefined ? {} : { encoding });
  } catch (error) {
    if (error instanceof LedgerError) return error;
    throw error;
  }
  throw new Error('it was read');
}

/** `{"name":"虚构电厂"}` in GBK. */
const gbk = Uint8Array.from([
  ...bytes('{"name":"'),
  ...[0xd0, 0xe9, 0xb9, 0xb9, 0xb5, 0xe7, 0xb3, 0xa7],
  ...bytes('"}'),
]);

describe('reading a file of a person', () => {
  it('takes a byte order mark, white space and line ends of any kind', () => {
    expect(parseDocument(bytes('\ufeff{\r\n\t"a": [1, "x"]\r\n}\n'))).toEqual({ a: [1, 'x'] });
  });

  it('tells every key that stands twice, with place and pointer', () => {
    const error = errorOf(bytes('{"a":1,\n "b":[{"c":1,"c":1}],\n "a":1}'));
    expect(error.code).toBe('BAD_JSON');
    expect(error.faults.map(({ path, details }) => [path, details?.['line']])).toEqual([
      ['/b/0/c', 2],
      ['/a', 3],
    ]);
  });

  it.each([
    ['{"a":1} x', 1, ''],
    ['{"a":1}{"a":1}', 1, ''],
    ['{"a":\n NaN}', 2, '/a'],
    ['{"a": Infinity}', 1, '/a'],
    ['{"a": 01}', 1, '/a'],
    ['{"a": 1.}', 1, '/a'],
    ['{"a": .5}', 1, '/a'],
    ['{"a": +1}', 1, '/a'],
    ["{'a': 1}", 1, ''],
    ['{"a": 1,}', 1, ''],
    ['{"a": "\u0009"}', 1, '/a'],
    ['{"a": "\\ud800"}', 1, '/a'],
    ['{"__proto__": 1}', 1, ''],
    ['// note\n{}', 1, ''],
    ['', 1, ''],
  ])('refuses %j at line %i, %s', (text, line, path) => {
    const error = errorOf(bytes(text));
    expect(error).toMatchObject({ code: 'BAD_JSON', details: { line }, faults: [{ path }] });
  });

  it.each(['115272.04', '1.10', '1.1527204E+05', '1e5', '-0', '115272.040000000000000001', '12345678901234567890'])(
    'hands the number %s on as it is written',
    (text) => {
      expect(parseDocument(bytes(`{"a":${text}}`))).toEqual({ a: text });
    },
  );

  it('reads what JSON.stringify writes, as JSON.parse does', () => {
    const plain = fc.jsonValue({ noUnicodeString: false }).filter((value) => {
      const text = JSON.stringify(value);
      return text.isWellFormed() && !/\\ud|\ufffd|__proto__/i.test(text);
    });
    fc.assert(
      fc.property(plain, (value) => {
        const withTexts: unknown = JSON.parse(JSON.stringify(value), (_, part: unknown) => {
          if (typeof part !== 'number') return part;
          return Number.isSafeInteger(part) ? part : JSON.stringify(part);
        });
        expect(parseDocument(bytes(JSON.stringify(value)))).toEqual(withTexts);
      }),
    );
  });
});

describe('encodings', () => {
  it('never guesses: GBK is refused with its line, and read where it is asked for', () => {
    expect(errorOf(gbk)).toMatchObject({ code: 'BAD_ENCODING', details: { line: 1, looksLike: 'gb18030' } });
    expect(parseDocument(gbk, { encoding: 'gb18030' })).toEqual({ name: '虚构电厂' });
  });

  it('reads letters of four bytes', () => {
    // U+20000, outside the basic plane: 95 32 82 36.
    const four = Uint8Array.from([...bytes('["'), 0x95, 0x32, 0x82, 0x36, ...bytes('"]')]);
    expect(parseDocument(four, { encoding: 'gb18030' })).toEqual(['\u{20000}']);
  });

  it('does not make other letters of UTF-8 by reading it as GB18030', () => {
    expect(errorOf(bytes('{"name":"虚构电厂"}'), 'gb18030')).toMatchObject({
      code: 'BAD_ENCODING',
      details: { looksLike: 'utf-8' },
    });
    expect(parseDocument(bytes('{"name":"plant"}'), { encoding: 'gb18030' })).toEqual({ name: 'plant' });
  });

  it.each([
    ['UTF-16 with its mark', Uint8Array.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]), 'utf-16'],
    ['a letter cut in two', Uint8Array.from([...bytes('{"a":\n"'), 0xe8, 0x99, ...bytes('"}')]), undefined],
    ['an overlong letter', Uint8Array.from([...bytes('["'), 0xc1, 0xaa, ...bytes('"]')]), 'gb18030'],
  ])('refuses %s', (_, input, looksLike) => {
    const error = errorOf(input);
    expect(error.code).toBe('BAD_ENCODING');
    if (looksLike !== undefined) expect(error.details['looksLike']).toBe(looksLike);
  });

  it.each(['{"name":"\ufffd\ufffd电厂"}', '{"a":1,\n"name":"\\uFFFD"}', '{"\ufffd":1}'])(
    'refuses letters that were lost before: %j',
    (text) => {
      expect(errorOf(bytes(text))).toMatchObject({ code: 'BAD_ENCODING' });
    },
  );

  it('names the line of bytes that are not GB18030 either', () => {
    const broken = Uint8Array.from([...bytes('{"a":1,\n"b":"'), 0xff, 0xff, ...bytes('"}')]);
    expect(errorOf(broken, 'gb18030')).toMatchObject({ code: 'BAD_ENCODING', details: { line: 2 } });
  });
});
