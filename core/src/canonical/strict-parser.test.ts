import fc from 'fast-check';
import { isLedgerError, type Fault, type LedgerError } from '../errors';
import { canonicalize, MAX_DEPTH } from './canonicalize';
import { parseStrict } from './parse';
import { StrictParser } from './strict-parser';

const LIMITS = { maxDepth: MAX_DEPTH, otherNumbers: 'refused' } as const;

function refusalOf(text: string, limits: { maxDepth?: number } = {}): LedgerError {
  try {
    parseStrict(text, limits);
  } catch (error) {
    if (isLedgerError(error)) return error;
    throw error;
  }
  throw new Error(`${text} was read`);
}

const placeOf = ({ details }: LedgerError | Fault): unknown[] => [
  details?.['line'],
  details?.['column'],
  details?.['offset'],
];

describe('a refusal of JSON', () => {
  // Line and column from 1, offset from 0, in UTF-16 units; the pointer names what was being read (RFC 6901).
  it.each<[string, string, number, number, number, string]>([
    ['a value that is missing', '{"a":}', 1, 6, 5, '/a'],
    ['a number with a fraction', '{"a":\n  [1,\n   2.5]}', 3, 4, 15, '/a/1'],
    ['a number that no double holds', '[9007199254740993]', 1, 18, 17, '/0'],
    ['a key without a value', '{"a"}', 1, 5, 4, ''],
    ['a key that is no string', '{"a":{b:1}}', 1, 7, 6, '/a'],
    ['an array that is not closed', '[1,\r\n2', 2, 2, 6, ''],
    ['an object that is not closed', '[{"x":1]', 1, 8, 7, '/0'],
    ['a string that is not closed', '{"a/b":{"c~d":"x}}', 1, 15, 14, '/a~1b/c~0d'],
    ['an escape that is none', '["\\q"]', 1, 2, 1, '/0'],
    ['a control character', '["a\u0000"]', 1, 2, 1, '/0'],
    ['a literal in capitals', '[true,False]', 1, 7, 6, '/1'],
    ['a literal that is cut off', '[tru]', 1, 2, 1, '/0'],
    ['text behind the value', '[1]\n]', 2, 1, 4, ''],
    ['the key __proto__', '{"a":{"__proto__":1}}', 1, 18, 17, '/a'],
    ['a comma too many', '{"a":[1,]}', 1, 9, 8, '/a/1'],
    ['a value behind a letter outside of the basic plane', '["\u{20000}",x]', 1, 7, 6, '/1'],
  ])('tells of %s where it stands', (_, text, line, column, offset, path) => {
    const error = refusalOf(text);
    expect([error.code, ...placeOf(error)]).toEqual(['BAD_JSON', line, column, offset]);
    expect(error.faults).toHaveLength(1);
    expect([error.faults[0]?.path, ...placeOf(error.faults[0] as Fault)]).toEqual([path, line, column, offset]);
    expect(error.message).toContain(`at character ${String(offset)} (line ${String(line)}, column ${String(column)})`);
  });

  it('names every key that stands twice at once, each with its pointer', () => {
    const error = refusalOf('{"a":1,\n"b":{"x/y":1,"x/y":2,"x/y":3},\n"a":[{"k":0,"k":0}]}');
    expect(error.faults.map(({ path, code }) => [path, code])).toEqual([
      ['/b/x~1y', 'BAD_JSON'],
      ['/b/x~1y', 'BAD_JSON'],
      ['/a', 'BAD_JSON'],
      ['/a/0/k', 'BAD_JSON'],
    ]);
    expect(error.message).toMatch(/"x\/y" stands twice.*, and 3 more\.$/);
    expect(placeOf(error)).toEqual(placeOf(error.faults[0] as Fault));
  });

  it('names a hundred keys that stand twice, and is not made to name more', () => {
    const twice = (count: number): string => `[${Array.from({ length: count }, () => '{"a":1,"a":2}').join(',')}]`;
    expect(refusalOf(twice(99)).faults).toHaveLength(99);
    expect(refusalOf(twice(5000)).faults).toHaveLength(100);
  });

  it('tells what cannot be read rather than a key that stands twice before it', () => {
    const error = refusalOf('{"a":1,"a":2,"b":x}');
    expect(error.faults.map(({ path }) => path)).toEqual(['/b']);
  });

  it('stands at the level that is one too many, and at no level that is allowed', () => {
    for (const most of [1, 2, 5, MAX_DEPTH]) {
      expect(parseStrict('['.repeat(most) + ']'.repeat(most), { maxDepth: most })).toBeDefined();
      const error = refusalOf('['.repeat(most + 1) + ']'.repeat(most + 1), { maxDepth: most });
      expect([error.details['offset'], error.message]).toEqual([
        most,
        expect.stringContaining(`${String(most)} levels`),
      ]);
    }
    // Nobody can ask for more than the most.
    expect(refusalOf('['.repeat(MAX_DEPTH + 1), { maxDepth: 10_000 }).details['offset']).toBe(MAX_DEPTH);
  });

  it('of any text stands within it, at the line and column of its offset', () => {
    const soup = fc.string({ unit: fc.constantFrom(...Array.from('{}[]",:\\01-etrufalsn \n\r')), maxLength: 14 });
    fc.assert(
      fc.property(soup, (text) => {
        try {
          new StrictParser(text, LIMITS).parse();
        } catch (error) {
          if (!isLedgerError(error)) throw error;
          const [line, column, offset] = placeOf(error) as [number, number, number];
          expect(offset >= 0 && offset <= text.length).toBe(true);
          const lines = text.slice(0, offset).split('\n');
          expect([line, column]).toEqual([lines.length, (lines.at(-1) ?? '').length + 1]);
        }
      }),
      { numRuns: 1500 },
    );
  });
});

describe('the two parsers', () => {
  const space = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r'), maxLength: 2 });
  const json = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<unknown>(
        null,
        true,
        false,
        0,
        -1,
        2 ** 53 - 1,
        -(2 ** 53 - 1),
        '',
        '"',
        '\\',
        '\u2028',
        '\u0001',
        '碳',
      ),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'constructor', 'é', '', '1'), tie('value'), { maxKeys: 4 }),
    ),
  })).value;

  /** The same value with white space wherever RFC 8259 allows it, and every letter of a string as an escape. */
  function spaced(value: unknown, gap: () => string): string {
    const escaped = (text: string): string =>
      `"${Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`;
    const inner = (one: unknown): string => spaced(one, gap);
    const around = (text: string): string => gap() + text + gap();
    if (typeof value === 'string') return around(escaped(value));
    if (Array.isArray(value)) return around(`[${gap()}${value.map(inner).join(',')}]`);
    if (typeof value !== 'object' || value === null) return around(JSON.stringify(value));
    const members = Object.entries(value).map(([key, member]) => `${around(escaped(key))}:${inner(member)}`);
    return around(`{${gap()}${members.join(',')}}`);
  }

  it('read one value, however it is spaced and escaped', () => {
    fc.assert(
      fc.property(json, fc.infiniteStream(space), (value, gaps) => {
        const text = spaced(value, () => gaps.next().value as string);
        expect(parseStrict(text)).toEqual(value);
        expect(canonicalize(parseStrict(text))).toBe(canonicalize(value));
      }),
    );
  });

  it('read the same from what needs no second look, the quick one and the slow', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = JSON.stringify(value);
        expect(new StrictParser(text, LIMITS).parse()).toEqual(parseStrict(text));
      }),
    );
  });

  it('give objects that have what was written and nothing of what every object has', () => {
    const value = parseStrict('{"constructor":1,"toString":null}') as Record<string, unknown>;
    expect(Object.entries(value)).toEqual([
      ['constructor', 1],
      ['toString', null],
    ]);
  });
});

describe('numbers as text', () => {
  const read = (text: string): unknown => new StrictParser(text, { ...LIMITS, otherNumbers: 'as-text' }).parse();

  it('keep every digit of what is no safe integer, and are numbers where they are', () => {
    const digits = fc.stringMatching(/^-?(?:0|[1-9][0-9]{0,24})(?:\.[0-9]{1,20})?(?:[eE][+-]?[0-9]{1,3})?$/);
    fc.assert(
      fc.property(digits, (text) => {
        const value = read(text);
        expect(String(value)).toBe(text);
        expect(typeof value).toBe(
          Number.isSafeInteger(Number(text)) && String(Number(text)) === text ? 'number' : 'string',
        );
      }),
    );
  });

  it.each(['01', '1.', '.5', '+1', '1e', '1e+', '0x10', '1_000', '--1', '1.2.3', '1e5.5', 'NaN', 'Infinity', '-'])(
    'are not %s',
    (text) => {
      expect(() => read(text)).toThrow(expect.objectContaining({ code: 'BAD_JSON' }) as Error);
      expect(refusalOf(text).code).toBe('BAD_JSON');
    },
  );
});
