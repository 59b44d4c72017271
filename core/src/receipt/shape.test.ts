import fc from 'fast-check';
import type { JsonValue } from '../canonical';
import { isLedgerError } from '../errors';
import { toBase64, toHex } from '../bytes';
import {
  anything,
  base64,
  free,
  hex,
  instant,
  integer,
  list,
  map,
  nullable,
  object,
  once,
  text,
  uint64,
  type Reader,
} from './shape';

/** The place of the fault, or the value that was read. */
function read(reader: Reader<unknown>, value: JsonValue | undefined): unknown {
  try {
    return reader(value, '/x');
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    expect(error.code).toBe('PROOF_MALFORMED');
    return error.details['path'];
  }
}

const kinds: readonly JsonValue[] = [null, true, 1, 'x', [], {}];

describe('a reader of proofs', () => {
  it.each<[string, Reader<unknown>, string]>([
    ['text', text(/^y$/, 'y'), 'string'],
    ['free text', free(0), 'string'],
    ['hex', hex(1), 'string'],
    ['base64', base64(3), 'string'],
    ['an instant', instant, 'string'],
    ['a number of 64 bits', uint64, 'string'],
    ['an integer', integer(5, 9), 'number'],
    ['a list', list(anything, 0), 'list'],
    ['an object', object({ a: anything }), 'object'],
  ])('of %s takes no other kind of value, and names the place', (_, reader) => {
    for (const value of [...kinds, undefined]) {
      const found = read(reader, value);
      const isRead = found !== '/x' && found !== '/x/a';
      if (isRead) expect([[], [1]]).toContainEqual(Array.isArray(found) ? found : [1]);
    }
    expect(read(reader, undefined)).toBe('/x');
    expect(read(reader, null)).toBe('/x');
  });

  it('takes text that matches, of any kind of letter up to its length', () => {
    expect([read(text(/^[ab]+$/, 'a or b'), 'abba'), read(text(/^[ab]+$/, 'a or b'), 'abc')]).toEqual(['abba', '/x']);
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.nat(12), (value, most) => {
        expect(read(free(most), value)).toBe(value.length <= most ? value : '/x');
      }),
    );
  });

  it('takes bytes of their length in one spelling', () => {
    const bytes = fc.uint8Array({ maxLength: 12 });
    fc.assert(
      fc.property(bytes, fc.nat(12), (value, length) => {
        expect(read(hex(length), toHex(value))).toBe(value.length === length ? toHex(value) : '/x');
        const found = read(base64(length), toBase64(value));
        const fits = toBase64(value).length <= Math.ceil(length / 3) * 4;
        expect(fits ? toHex(found as Uint8Array) : found).toBe(fits ? toHex(value) : '/x');
      }),
    );
    for (const value of ['AA', 'AA==\n', 'AB==', 'A-==', '====']) expect(read(base64(9), value)).toBe('/x');
    for (const value of ['AB', 'a', 'zz', '0x']) expect(read(hex(1), value)).toBe('/x');
  });

  it('takes integers in their range, ends included', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20, max: 20 }), (value) => {
        expect(read(integer(-5, 7), value)).toBe(value >= -5 && value <= 7 ? value : '/x');
      }),
    );
  });

  it('takes numbers of 64 bits as decimal text, in one spelling', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 66n }), (value) => {
        expect(read(uint64, value.toString())).toBe(value < 2n ** 64n ? value : '/x');
      }),
    );
    for (const value of ['', '00', '01', '-1', '+1', '1.0', '0x1', ' 1', '1e3']) expect(read(uint64, value)).toBe('/x');
    expect(read(uint64, '18446744073709551615')).toBe(2n ** 64n - 1n);
  });

  it('takes instants of this ledger', () => {
    expect(read(instant, '2026-11-21T08:00:00Z')).toBe('2026-11-21T08:00:00Z');
    for (const value of ['2026-11-21', '2026-11-21T08:00:00+08:00', '2026-02-30T08:00:00Z', '2026-11-21T24:00:00Z'])
      expect(read(instant, value)).toBe('/x');
  });

  it('reads lists up to their length, and tells which entry is wrong', () => {
    const numbers = list(integer(0, 9), 3);
    expect(read(numbers, [1, 2, 3])).toEqual([1, 2, 3]);
    expect(read(numbers, [1, 2, 3, 4])).toBe('/x');
    expect(read(numbers, [1, 10])).toBe('/x/1');
    expect(read(numbers, { 0: 1 })).toBe('/x');
  });

  it('reads objects with exactly their members, optional ones where they are', () => {
    const reader = object({ a: integer(0, 9) }, { b: free(3) });
    expect(read(reader, { a: 1 })).toEqual({ a: 1 });
    expect(read(reader, { a: 1, b: 'x' })).toEqual({ a: 1, b: 'x' });
    expect(read(reader, {})).toBe('/x/a');
    expect(read(reader, { a: 1, b: 'long' })).toBe('/x/b');
    expect(read(reader, { a: 1, c: 1 })).toBe('/x/c');
    expect(read(reader, { a: 1, toString: 1 })).toBe('/x/toString');
    expect(read(object({ a: nullable(integer(0, 9)) }), { a: null })).toEqual({ a: null });
  });

  it('reads objects of any names up to their count, each value alike', () => {
    const reader = map(integer(0, 9), 2);
    expect(read(reader, { x: 1, y: 2 })).toEqual({ x: 1, y: 2 });
    expect(read(reader, { x: 1, y: 2, z: 3 })).toBe('/x');
    expect(read(reader, { x: 1, y: 'a' })).toBe('/x/y');
    expect(read(reader, [])).toBe('/x');
  });

  it('takes anything but nothing', () => {
    for (const value of kinds) expect(read(anything, value)).toEqual(value);
    expect(read(anything, undefined)).toBe('/x');
  });
});

describe('what was read', () => {
  const pair = object({ b: integer(0, 9), a: free(9) }, { ab: free(9) });

  it('has its members in canonical order, whatever the order in which they were told or written', () => {
    expect(Object.keys(pair({ ab: 'x', b: 1, a: 'y' }, ''))).toEqual(['a', 'ab', 'b']);
  });

  it('is read once of a value that cannot change any more, and each time of another', () => {
    let times = 0;
    const reader = once<object>((value, at) => {
      times += 1;
      return pair(value, at);
    });
    const fixed = Object.freeze({ b: 1, a: 'x' });
    expect(reader(fixed, '')).toBe(reader(fixed, ''));
    expect(times).toBe(1);
    const open = { b: 1, a: 'x' };
    expect(reader(open, '')).toEqual(reader(fixed, ''));
    open.a = 'y';
    expect(reader(open, '')).toEqual({ a: 'y', b: 1 });
    expect(read(reader, Object.freeze({ b: 1 }))).toBe('/x/a');
    expect(read(reader, 'x')).toBe('/x');
  });
});
