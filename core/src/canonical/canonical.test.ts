import fc from 'fast-check';
import { canonicalBytes, canonicalize, MAX_DEPTH, parseCanonical, parseStrict } from '.';
import { utf8Encode } from '../bytes';
import type { ErrorCode } from '../errors';

const withCode = (code: ErrorCode): Error => expect.objectContaining({ code }) as Error;

const badJson = withCode('BAD_JSON');
const notCanonical = withCode('NOT_CANONICAL');

/** JSON values in this project's sense: well-formed strings, safe integers, no key `__proto__`. */
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'binary' }).filter((text) => !/[\ud800-\udfff]/u.test(text)),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      fc.string({ unit: 'grapheme', maxLength: 6 }).filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 5 },
    ),
  ),
})).value;

/** The same value with the members of every object in the opposite order. */
function turnedRound(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turnedRound);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, turnedRound(member)] as const);
  return Object.fromEntries(members.reverse());
}

describe('canonicalize', () => {
  test('sorts keys by UTF-16 code units, as RFC 8785 section 3.2.3 has it', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalize(value)) as object)).toEqual([
      'One', // an integer key: JSON.parse lists it first in any order
      'Carriage Return',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
    expect(canonicalize(value).startsWith('{"\\r":"Carriage Return","1":"One","\u0080"')).toBe(true);
  });

  test('escapes as RFC 8785 section 3.2.2.2 has it', () => {
    expect(canonicalize('\u20ac$\u000f\nA\'B"\\"/\b\u2028')).toBe('"\u20ac$\\u000f\\nA\'B\\"\\\\\\"/\\b\u2028"');
  });

  test('writes nested values without white space', () => {
    expect(canonicalize({ b: [1, { d: null, c: true }], a: 'x' })).toBe('{"a":"x","b":[1,{"c":true,"d":null}]}');
    expect(canonicalBytes('é')).toEqual(Uint8Array.of(0x22, 0xc3, 0xa9, 0x22));
  });

  test('writes the same whether the members stand in order or not', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalize(turnedRound(value))).toBe(canonicalize(parseCanonical(canonicalize(value))));
      }),
    );
    expect(canonicalize({ a: '\\ud800' })).toBe('{"a":"\\\\ud800"}');
  });

  const circular: Record<string, unknown> = {};
  circular.self = circular;
  test.each([
    ['undefined', undefined],
    ['an undefined member', { a: undefined }],
    ['a hole', [1, , 2]],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a symbol key', { [Symbol('x')]: 1 }],
    ['a bigint', 1n],
    ['a fraction', 1.5],
    ['a large number', 2 ** 53],
    ['NaN', NaN],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['bytes', new Uint8Array(1)],
    ['a lone surrogate', '\ud800'],
    ['a lone surrogate as key', { '\ud800': 1 }],
    ['the key __proto__', JSON.parse('{"__proto__":1}')],
    ['a circle', circular],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalize(value)).toThrow(notCanonical);
  });

  test('writes text that JSON.parse and both parsers read back, and that is stable', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalize(value);
        expect(canonicalize(JSON.parse(text))).toBe(text);
        expect(canonicalize(parseCanonical(text))).toBe(text);
        expect(canonicalize(parseStrict(utf8Encode(JSON.stringify(value, null, 1))))).toBe(text);
        expect(parseStrict(JSON.stringify(value))).toEqual(value);
      }),
    );
  });
});

describe('parseStrict', () => {
  test.each([
    ['a duplicate key', '{"a":1,"a":1}'],
    ['a duplicate key by escape', '{"a":1,"\\u0061":2}'],
    ['__proto__', '{"__proto__":{}}'],
    ['trailing text', '{} x'],
    ['two values', '1 2'],
    ['a trailing comma', '[1,]'],
    ['a missing comma', '[1 2]'],
    ['a missing colon', '{"a" 1}'],
    ['a bare key', '{a:1}'],
    ['an open object', '{"a":1'],
    ['an open string', '"a'],
    ['an escaped end', '"a\\"'],
    ['an unknown escape', '"\\x41"'],
    ['a control character', '"\t"'],
    ['a lone surrogate by escape', '"\\ud800"'],
    ['a lone surrogate in a key', '{"a":[{"\\udfff":1}]}'],
    ['a fraction deep inside', '{"a":[{"b":1.5}]}'],
    ['an unsafe integer deep inside', '{"a":[{"b":1e+21}]}'],
    ['a fraction', '1.0'],
    ['an exponent', '1e2'],
    ['a leading zero', '01'],
    ['a plus sign', '+1'],
    ['minus zero', '-0'],
    ['an unsafe integer', '9007199254740992'],
    ['NaN', 'NaN'],
    ['a comment', '/**/1'],
    ['nothing', ' '],
    ['a byte order mark', '\ufeff{}'],
    ['another space', '\u00a01'],
    ['too many levels', '['.repeat(MAX_DEPTH + 1) + ']'.repeat(MAX_DEPTH + 1)],
    ['very many levels', '['.repeat(1_000_000)],
  ])('refuses %s', (_, text) => {
    expect(() => parseStrict(text)).toThrow(badJson);
    expect(() => parseCanonical(text)).toThrow(badJson);
  });

  test('reads what is strict but not canonical, which parseCanonical refuses', () => {
    const text = ' { "b" : [ 1 , -2 , "\\u0041\\\\" ] , "a" : { } , "c" : [ true , false , null ] } \n';
    expect(parseStrict(text)).toEqual({ b: [1, -2, 'A\\'], a: {}, c: [true, false, null] });
    expect(() => parseCanonical(text)).toThrow(notCanonical);
  });

  test('keeps to the limits it is given', () => {
    expect(parseStrict('"éé"', { maxBytes: 6 })).toBe('éé');
    expect(() => parseStrict('"éé"', { maxBytes: 5 })).toThrow(withCode('TOO_LARGE'));
    expect(parseStrict('[[1]]', { maxDepth: 2 })).toEqual([[1]]);
    expect(() => parseStrict('[[1]]', { maxDepth: 1 })).toThrow(badJson);
    expect(() => parseCanonical('[[1]]', { maxDepth: 1 })).toThrow(badJson);
  });

  test('refuses bytes that are not UTF-8', () => {
    expect(() => parseStrict(Uint8Array.of(0x22, 0xff, 0x22))).toThrow(withCode('BAD_ENCODING'));
  });

  test('agrees with JSON.parse wherever it accepts', () => {
    const soup = fc.string({ unit: fc.constantFrom(...Array.from('{}[]",:\\01-etrufalsn ')), maxLength: 12 });
    fc.assert(
      fc.property(soup, (text) => {
        let value: unknown;
        try {
          value = parseStrict(text);
        } catch {
          return;
        }
        expect(value).toEqual(JSON.parse(text));
      }),
      { numRuns: 5000 },
    );
  });

  test('takes time in proportion to hostile input', () => {
    const long = `"${'\\\\'.repeat(500_000)}"`;
    expect(parseStrict(` ${long}`)).toHaveLength(500_000);
    expect(() => parseStrict(`[${'"\\"'.repeat(200_000)}`)).toThrow(badJson);
  });
});
