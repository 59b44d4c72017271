import fc from 'fast-check';
import { z } from 'zod';
import { faultsOf, jsonPointer } from '.';

/** Follows a JSON pointer (RFC 6901). */
function at(value: unknown, pointer: string): unknown {
  const parts = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return parts.reduce<unknown>((member, name) => (member as Record<string, unknown>)[name], value);
}

describe('a JSON pointer', () => {
  it('leads to its place, whatever the names on the way', () => {
    const name = fc.string({ unit: fc.constantFrom('a', '/', '~', '~0', '~1', ' ', 'é', '0'), maxLength: 4 });
    fc.assert(
      fc.property(fc.array(name, { maxLength: 5 }), (path) => {
        const nested = [...path].reverse().reduce<unknown>((value, part) => ({ [part]: value }), 'here');
        expect(at(nested, jsonPointer(path))).toBe('here');
      }),
    );
  });

  it.each<[PropertyKey[], string]>([
    [[], ''],
    [['a', 0, 'b'], '/a/0/b'],
    [[''], '/'],
    [['a/b', 'm~n'], '/a~1b/m~0n'],
  ])('of %j is %j', (path, expected) => {
    expect(jsonPointer(path)).toBe(expected);
  });
});

describe('a failed validation', () => {
  it('is told as one fault for each place, under a place of its own', () => {
    const schema = z.strictObject({ a: z.string(), b: z.array(z.strictObject({ c: z.number() })) });
    const { error } = schema.safeParse({ a: 1, b: [{ c: 1 }, { c: 'x' }], d: 1 });
    expect(
      faultsOf('BAD_RECORD', error!, '/content')
        .map(({ path, code }) => `${code} ${path}`)
        .sort(),
    ).toEqual(['BAD_RECORD /content', 'BAD_RECORD /content/a', 'BAD_RECORD /content/b/1/c']);
    expect(faultsOf('BAD_SUBMISSION', error!)[0]?.message.length).toBeGreaterThan(3);
  });
});

describe('a value that does not fit', () => {
  const schema = z.strictObject({
    name: z.string().min(1).max(3),
    count: z.int().min(1).max(9),
    is: z.boolean(),
    one: z.enum(['a', 'b']),
    yes: z.literal(true),
    list: z.array(z.string()).min(1),
    day: z.iso.date(),
    code: z.string().regex(/^[0-9]+$/),
    own: z.string().regex(/^[0-9]+$/, 'digits alone'),
  });
  const fit = {
    name: 'a',
    count: 1,
    is: true,
    one: 'a',
    yes: true,
    list: ['x'],
    day: '2025-03-31',
    code: '1',
    own: '1',
  };

  it.each<[object, string]>([
    [{ name: undefined }, '/name this is missing: give text'],
    [{ count: undefined }, '/count this is missing: give a number'],
    [{ is: undefined }, '/is this is missing: give true or false'],
    [{ list: undefined }, '/list this is missing: give a list'],
    [{ one: undefined }, '/one this is missing: give one of a, b'],
    [{ one: 'c' }, '/one this takes one of a, b'],
    [{ yes: false }, '/yes this takes true'],
    [{ name: 1 }, '/name this takes text, not a number'],
    [{ name: null }, '/name this takes text, not null'],
    [{ name: '' }, '/name this takes at least 1 characters'],
    [{ name: 'long' }, '/name this takes at most 3 characters'],
    [{ count: 10 }, '/count this takes at most 9'],
    [{ list: [] }, '/list this takes at least 1 items'],
    [{ day: '31.3.2025' }, '/day this takes a day, 2025-03-31'],
    [{ code: 'x' }, '/code this takes what fits /^[0-9]+$/'],
    [{ own: 'x' }, '/own digits alone'],
    [{ more: 1 }, ' there is no such field: more'],
  ])('%j is told in words of our own', (change, told) => {
    const { error } = schema.safeParse({ ...fit, ...change });
    expect(faultsOf('BAD_RECORD', error!).map(({ path, message }) => `${path} ${message}`)).toEqual([told]);
  });
});
