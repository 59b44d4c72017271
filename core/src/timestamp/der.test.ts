import fc from 'fast-check';
import { codeOf } from '../../../test/support/code-of';
import { concat, toHex } from '../bytes';
import { contextStructure, contextTag, DerCursor, readDer, TAG, type DerElement } from './der';
import { bitStringBytes, booleanOf, integerOf, oidOf, smallInteger, timeOf } from './der-values';
import { element, integer, oid, sequence } from './der-write';

const content = fc.uint8Array({ maxLength: 300 });
const tag = fc.constantFrom(
  ...Object.values(TAG),
  contextTag(0),
  contextTag(7),
  contextStructure(0),
  contextStructure(3),
);
const one = (bytes: Uint8Array): DerElement => new DerCursor(bytes).any();
const of = (type: number, ...bytes: number[]): DerElement => one(element(type, Uint8Array.from(bytes)));
const isRefused = (work: () => unknown): boolean => codeOf(work) === 'TIMESTAMP_INVALID';

describe('an element of DER', () => {
  it('is read back as it was written, of any length', () => {
    const length = fc.constantFrom(0, 1, 127, 128, 129, 255, 256, 257, 1000, 65_535, 65_536, 70_000, 1_000_000);
    fc.assert(
      fc.property(tag, length, (type, size) => {
        const bytes = new Uint8Array(size).fill(7);
        const found = one(element(type, bytes));
        expect([found.tag, found.content.length]).toEqual([type, size]);
        expect(toHex(found.whole)).toBe(toHex(element(type, bytes)));
      }),
    );
  });

  it('stands in a sequence in its order, and nothing behind its end', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(tag, content), { maxLength: 6 }), (parts) => {
        const bytes = sequence(...parts.map(([type, inner]) => element(type, inner)));
        const cursor = readDer(bytes, TAG.sequence);
        expect(cursor.rest().map(({ tag: type, content: inner }) => [type, toHex(inner)])).toEqual(
          parts.map(([type, inner]) => [type, toHex(inner)]),
        );
        expect(cursor.atEnd).toBe(true);
        expect(isRefused(() => readDer(concat(bytes, Uint8Array.of(0)), TAG.sequence))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('is refused when it is cut off anywhere', () => {
    fc.assert(
      fc.property(tag, content, fc.nat(), (type, inner, at) => {
        const bytes = element(type, inner);
        expect(isRefused(() => one(bytes.subarray(0, at % bytes.length)))).toBe(true);
      }),
    );
  });

  it.each([
    ['an indefinite length', [0x30, 0x80, 0, 0]],
    ['a length in two bytes that fits in one', [0x30, 0x81, 0x01, 0]],
    ['a length in three bytes that fits in two', [0x30, 0x82, 0x00, 0x80, ...new Array<number>(128).fill(0)]],
    ['a length of four bytes', [0x30, 0x84, 0, 0, 0, 1, 0]],
    ['a long tag', [0x1f, 0x81, 0x01, 0]],
    ['nothing', []],
  ])('with %s is none: one thing has one spelling', (_, bytes) => {
    expect(isRefused(() => one(Uint8Array.from(bytes)))).toBe(true);
  });

  it('is taken by its tag, passed over where it may be absent, and missed where it may not', () => {
    const cursor = new DerCursor(concat(integer(1n), element(TAG.null)));
    expect(cursor.maybe(TAG.oid)).toBeUndefined();
    expect(integerOf(cursor.take(TAG.integer))).toBe(1n);
    expect(isRefused(() => cursor.take(TAG.integer))).toBe(true);
    expect(
      isRefused(() => {
        cursor.end();
      }),
    ).toBe(true);
    cursor.take(TAG.null);
    expect(() => {
      cursor.end();
    }).not.toThrow();
  });
});

describe('an INTEGER', () => {
  it('is read back, however large', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n }), (value) => {
        expect(integerOf(one(integer(value)))).toBe(value);
      }),
    );
  });

  it.each([
    [[0x00], 0n],
    [[0x7f], 127n],
    [[0x00, 0x80], 128n],
    [[0xff], -1n],
    [[0x80], -128n],
    [[0xff, 0x7f], -129n],
  ])('of %j is %s', (bytes, value) => {
    expect(integerOf(of(TAG.integer, ...bytes))).toBe(value);
  });

  it.each([[[]], [[0x00, 0x01]], [[0x00, 0x7f]], [[0xff, 0x80]], [[0xff, 0xff]]])(
    'is not %j: it has a shorter form, or none',
    (bytes) => {
      expect(isRefused(() => integerOf(of(TAG.integer, ...bytes)))).toBe(true);
    },
  );

  it('that is small is neither negative nor above 65535', () => {
    expect([smallInteger(one(integer(0n))), smallInteger(one(integer(65_535n)))]).toEqual([0, 65_535]);
    expect(isRefused(() => smallInteger(one(integer(65_536n))))).toBe(true);
    expect(isRefused(() => smallInteger(of(TAG.integer, 0xff)))).toBe(true);
  });
});

describe('an OBJECT IDENTIFIER', () => {
  it('is read back in its dotted form', () => {
    const arc = fc.integer({ min: 0, max: 2 ** 31 });
    const top = fc.oneof(
      fc.tuple(fc.constantFrom(0, 1), fc.integer({ min: 0, max: 39 })),
      fc.tuple(fc.constant(2), fc.integer({ min: 0, max: 9999 })),
    );
    fc.assert(
      fc.property(top, fc.array(arc, { maxLength: 8 }), (first, rest) => {
        const dotted = [...first, ...rest].join('.');
        expect(oidOf(one(oid(dotted)))).toBe(dotted);
      }),
    );
  });

  it.each([
    [[]],
    [[0x80, 0x01]],
    [[0x2a, 0x80, 0x01]],
    [[0x2a, 0x86]],
    [[0x2a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]],
  ])('is not %j', (bytes) => {
    expect(isRefused(() => oidOf(of(TAG.oid, ...bytes)))).toBe(true);
  });
});

describe('a time', () => {
  const text = (type: number, value: string): DerElement =>
    of(type, ...Array.from(value, (letter) => letter.charCodeAt(0)));
  const when = fc.date({
    min: new Date('1950-01-01T00:00:00Z'),
    max: new Date('2049-12-31T23:59:59Z'),
    noInvalidDate: true,
  });

  it('is read from either form to the second', () => {
    fc.assert(
      fc.property(when, (day) => {
        const seconds = Math.floor(day.getTime() / 1000) * 1000;
        const full = new Date(seconds).toISOString().replace(/[-:T]|\.000/g, '');
        expect(timeOf(text(TAG.generalizedTime, full))).toBe(seconds);
        expect(timeOf(text(TAG.utcTime, full.slice(2)))).toBe(seconds);
      }),
    );
  });

  it.each([
    ['20240229120000.5Z', Date.UTC(2024, 1, 29, 12, 0, 0, 500)],
    ['20240229120000.123456789Z', Date.UTC(2024, 1, 29, 12, 0, 0, 123)],
    ['99991231235959Z', Date.UTC(9999, 11, 31, 23, 59, 59)],
  ])('of parts of a second is %s', (value, expected) => {
    expect(timeOf(text(TAG.generalizedTime, value))).toBe(expected);
  });

  it.each([
    '20230229120000Z',
    '20240230120000Z',
    '20241301000000Z',
    '20240101240000Z',
    '20240101006000Z',
    '20240101000060Z',
    '20240101000000',
    '20240101000000+0800',
    '20240101000000.50Z',
    '20240101000000.Z',
    '202401010000Z',
    ' 20240101000000Z',
    '',
  ])('is not %j', (value) => {
    expect(isRefused(() => timeOf(text(TAG.generalizedTime, value)))).toBe(true);
  });

  it('of two digits of a year lies between 1950 and 2049', () => {
    expect(new Date(timeOf(text(TAG.utcTime, '500101000000Z'))).getUTCFullYear()).toBe(1950);
    expect(new Date(timeOf(text(TAG.utcTime, '491231235959Z'))).getUTCFullYear()).toBe(2049);
    expect(isRefused(() => timeOf(text(TAG.utcTime, '20500101000000Z')))).toBe(true);
  });
});

describe('other values', () => {
  it('are a boolean of one byte, all bits or none', () => {
    expect([booleanOf(of(TAG.boolean, 0xff)), booleanOf(of(TAG.boolean, 0))]).toEqual([true, false]);
    for (const bytes of [[], [1], [0xff, 0xff]])
      expect(isRefused(() => booleanOf(of(TAG.boolean, ...bytes)))).toBe(true);
  });

  it('are a bit string of whole bytes', () => {
    expect(Array.from(bitStringBytes(of(TAG.bitString, 0, 1, 2)))).toEqual([1, 2]);
    for (const bytes of [[], [1, 2], [8, 0]])
      expect(isRefused(() => bitStringBytes(of(TAG.bitString, ...bytes)))).toBe(true);
  });
});
