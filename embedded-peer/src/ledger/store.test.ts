import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { stateKey } from './keys';
import { KnownState } from './known-state';
import { Store, type Operation, type View } from './store';

const names = ['a', 'b', 'c'];
const keyOf = (name: string): Buffer => stateKey('audit', name);

/** Reads all names twice, so that the second is answered from what is remembered. */
function readings(reader: Pick<Store, 'get'>): (string | undefined)[][] {
  return [1, 2].map(() => names.map((name) => reader.get(keyOf(name))?.toString()));
}

function expected(model: ReadonlyMap<string, string>): (string | undefined)[][] {
  return [1, 2].map(() => names.map((name) => model.get(name)));
}

const changes = fc.dictionary(fc.constantFrom(...names), fc.option(fc.string({ minLength: 1, maxLength: 9 })), {
  minKeys: 1,
});

function operations(change: Readonly<Record<string, string | null>>): Operation[] {
  return Object.entries(change).map(([name, value]) =>
    value === null ? { type: 'del', key: keyOf(name) } : { type: 'put', key: keyOf(name), value: Buffer.from(value) },
  );
}

function apply(
  model: ReadonlyMap<string, string>,
  change: Readonly<Record<string, string | null>>,
): Map<string, string> {
  const next = new Map(model);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return next;
}

let folder: string;
let store: Store;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carbon-store-'));
  store = await Store.open(folder);
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

it('every view answers as of its block for ever, and the store as of the last, whatever is remembered', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ change: changes, isRead: fc.boolean() }), { maxLength: 12 }),
      async (steps) => {
        const held: [View, ReadonlyMap<string, string>][] = [];
        let model: ReadonlyMap<string, string> = new Map();
        await store.write(operations({ a: null, b: null, c: null }));
        for (const { change, isRead } of steps) {
          const view = store.view();
          held.push([view, model]);
          if (isRead) expect(readings(view)).toEqual(expected(model));
          await store.write(operations(change));
          model = apply(model, change);
          if (isRead) expect(readings(store)).toEqual(expected(model));
        }
        for (const [view, then] of held) {
          expect(readings(view)).toEqual(expected(then));
          view.release();
        }
        expect(readings(store)).toEqual(expected(model));
      },
    ),
    { numRuns: 60 },
  );
});

it('state that stands is answered with the same bytes, other tables are not remembered', () => {
  const known = new KnownState();
  const read = jest.fn(() => Buffer.from('value'));
  const other = Buffer.from('tx');
  expect(known.get(keyOf('a'), read)).toBe(known.get(keyOf('a'), read));
  expect(read).toHaveBeenCalledTimes(1);
  known.get(other, read);
  known.get(other, read);
  expect(read).toHaveBeenCalledTimes(3);
});

it('what is not there is remembered too, until it is written', () => {
  const known = new KnownState();
  const read = jest.fn(() => undefined);
  expect([known.get(keyOf('a'), read), known.get(keyOf('a'), read)]).toEqual([undefined, undefined]);
  expect(read).toHaveBeenCalledTimes(1);
  known.apply(operations({ a: '01' }));
  expect(known.get(keyOf('a'), read)?.toString()).toBe('01');
});
