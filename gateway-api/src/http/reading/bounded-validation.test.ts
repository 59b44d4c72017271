import { z } from 'zod';
import { MOST_FAULTS } from '@carbon-ledger/core';
import { routes, type RouteName, type RouteSpec } from '@carbon-ledger/client-sdk';
import { BoundedValidation, longest } from './bounded-validation';
import { Pacer } from './pacer';

const item = z.strictObject({ name: z.string().max(5), count: z.int().default(3) });
const schema = z.strictObject({
  items: z.array(item).max(2_000).default([]),
  byName: z.record(z.string().max(4), z.array(item).max(1_000)),
});

async function read(value: unknown, of: z.ZodType = schema): Promise<BoundedValidation & { data: unknown }> {
  const validation = new BoundedValidation('BAD_REQUEST', new Pacer());
  const data = await validation.read(of, value);
  return Object.assign(validation, { data });
}

const many = (count: number, make: (index: number) => unknown): unknown[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('holding what was sent to a schema', () => {
  it.each<[string, unknown]>([
    ['a small value', { items: [{ name: 'a' }], byName: { x: [{ name: 'b', count: 1 }] } }],
    ['a large one', { items: many(1_500, () => ({ name: 'a' })), byName: { x: many(700, () => ({ name: 'b' })) } }],
    ['a large one without what may be absent', { byName: { x: many(900, () => ({ name: 'b' })) } }],
  ])('gives what safeParse gives for %s', async (_name, value) => {
    const { data, faults } = await read(value);
    expect(faults).toEqual([]);
    expect(data).toEqual(schema.parse(value));
  });

  it.each<[string, unknown, string[]]>([
    [
      'an item',
      { items: many(900, (at) => ({ name: at === 777 ? 'too long' : 'a' })), byName: {} },
      ['/items/777/name'],
    ],
    ['a key', { byName: { 'long/key': many(900, () => ({ name: 'a' })) } }, ['/byName/long~1key']],
    ['a member that is not known', { byName: {}, other: 1, items: many(900, () => ({ name: 'a' })) }, ['']],
    ['a member that is missing', { items: many(900, () => ({ name: 'a' })) }, ['/byName']],
    ['a member of another kind', { byName: {}, items: { length: 3, rest: many(900, () => 1) } }, ['/items']],
  ])('names the place of %s in a large value', async (_name, value, paths) => {
    expect((await read(value)).faults.map(({ path }) => path)).toEqual(paths);
  });

  it.each<[string, unknown, string]>([
    ['a list', { items: many(2_001, () => ({})), byName: {} }, '/items'],
    ['a list in a map', { byName: { x: many(1_001, () => ({})) } }, '/byName/x'],
    ['a map', { byName: Object.fromEntries(many(1_001, (at) => [String(at), []]) as [string, unknown][]) }, '/byName'],
    [
      'an object',
      { byName: {}, ...Object.fromEntries(many(500, (at) => [`x${String(at)}`, 1]) as [string, unknown][]) },
      '',
    ],
  ])('refuses %s of too many without a look at them', async (_name, value, path) => {
    const { faults } = await read(value);
    expect(faults).toMatchObject([{ path, message: expect.stringContaining('at most') as string }]);
  });

  it('ends at so many faults', async () => {
    let looked = 0;
    const counting = z.array(
      z.unknown().refine(() => {
        looked += 1;
        return false;
      }),
    );
    const { faults } = await read(
      many(50_000, (at) => at),
      counting,
    );
    expect([faults.length, looked]).toEqual([MOST_FAULTS, MOST_FAULTS]);
  });

  it('lets the event loop turn while it reads', async () => {
    let turns = 0;
    const pacer = new Pacer((task) => {
      turns += 1;
      setImmediate(task);
    });
    await new BoundedValidation('BAD_REQUEST', pacer).read(
      z.array(z.int()),
      many(50_000, (at) => at),
    );
    expect(turns).toBeGreaterThanOrEqual(50_000 / 500);
  });
});

/** Every schema inside of one. */
function* inside(of: z.ZodType): Generator<z.ZodType> {
  yield of;
  if (of instanceof z.ZodDefault || of instanceof z.ZodOptional) yield* inside(of.unwrap() as z.ZodType);
  if (of instanceof z.ZodArray) yield* inside(of.element as z.ZodType);
  if (of instanceof z.ZodRecord) yield* inside(of.valueType as z.ZodType);
  if (of instanceof z.ZodObject) for (const member of Object.values<z.ZodType>(of.shape)) yield* inside(member);
}

it.each(Object.keys(routes) as RouteName[])('%s: every list that it takes has a bound', (name) => {
  const { params, query, body }: RouteSpec = routes[name];
  for (const part of [params, query, body])
    for (const one of inside(part)) if (one instanceof z.ZodArray) expect(longest(one)).toBeLessThanOrEqual(10_000);
});
