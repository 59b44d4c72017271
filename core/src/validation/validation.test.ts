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
