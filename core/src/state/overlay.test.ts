import fc from 'fast-check';
import { utf8Decode } from '../bytes';
import { canonicalize } from '../canonical';
import { emptyView, OverlayView, stateKey, stateKinds, StoredView, type Found, type StateStore } from '.';

/** A store of parsed JSON as a ledger would keep it. */
class MapStore implements StateStore {
  readonly values = new Map<string, unknown>();

  value(key: string): Promise<unknown> {
    return Promise.resolve(this.values.get(key));
  }

  first(from: string, to: string): Promise<Found<unknown> | undefined> {
    const key = [...this.values.keys()].sort().find((one) => one >= from && one < to);
    return Promise.resolve(key === undefined ? undefined : { key, value: this.values.get(key) });
  }

  /** Takes over what an overlay wrote. */
  apply(view: OverlayView): void {
    for (const [key, bytes] of view.writes()) {
      if (bytes === null) this.values.delete(key);
      else this.values.set(key, JSON.parse(utf8Decode(bytes)));
    }
  }
}

const claimKeys = ['a', 'b', 'c', 'key/1', 'key/10', 'key/2', 'ä', '~'];
type Step =
  | { readonly do: 'put'; readonly key: string; readonly value: number }
  | { readonly do: 'remove'; readonly key: string }
  | { readonly do: 'head'; readonly key: string; readonly value: number }
  | { readonly do: 'flush' }
  | { readonly do: 'nested'; readonly isTaken: boolean; readonly key: string; readonly value: number };

const key = fc.constantFrom(...claimKeys);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('put' as const), key, value: fc.nat(99) }),
  fc.record({ do: fc.constant('remove' as const), key }),
  fc.record({ do: fc.constant('head' as const), key, value: fc.nat(99) }),
  fc.constant({ do: 'flush' } as const),
  fc.record({ do: fc.constant('nested' as const), isTaken: fc.boolean(), key, value: fc.nat(99) }),
);

/** The same steps over a plain map: what an overlay must look like at any time. */
class Model {
  readonly claims = new Map<string, number>();
  readonly heads = new Map<string, number>();

  take(one: Step): void {
    if (one.do === 'put' || (one.do === 'nested' && one.isTaken)) this.claims.set(one.key, one.value);
    if (one.do === 'remove') this.claims.delete(one.key);
    if (one.do === 'head') this.heads.set(one.key, one.value);
  }

  firstClaim(from: string, to: string): string | undefined {
    return [...this.claims.keys()].sort().find((one) => one >= from && one < to);
  }
}

const claim = (value: number): { key: string } => ({ key: String(value) });
const bucket = 'USCC/U1/2024';

async function take(one: Step, store: MapStore, view: OverlayView): Promise<OverlayView> {
  if (one.do === 'put') view.put('claim', one.key, claim(one.value));
  if (one.do === 'remove') view.remove('claim', one.key);
  if (one.do === 'head') await view.setHead(bucket, one.key, { v: one.value, r: '' });
  if (one.do === 'nested') {
    const inner = new OverlayView(view);
    inner.put('claim', one.key, claim(one.value));
    if (one.isTaken) view.absorb(inner);
  }
  if (one.do !== 'flush') return view;
  store.apply(view);
  return new OverlayView(new StoredView(store));
}

describe('a view with changes laid over it', () => {
  it('shows at any time what a ledger would show that had taken the changes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const store = new MapStore();
        const model = new Model();
        let view = new OverlayView(new StoredView(store));
        for (const one of steps) {
          view = await take(one, store, view);
          model.take(one);
        }
        for (const name of claimKeys) {
          expect((await view.get('claim', name))?.key).toBe(model.claims.get(name)?.toString());
          expect((await view.head(bucket, name))?.v).toBe(model.heads.get(name));
        }
      }),
    );
  });

  it('finds the first of a range among what is stored, changed and taken away', async () => {
    const bound = fc.constantFrom('', 'a', 'b', 'key/', 'key/1', 'key/2', 'key0', 'z', '\u{10ffff}');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), bound, bound, async (steps, from, to) => {
        const store = new MapStore();
        const model = new Model();
        let view = new OverlayView(new StoredView(store));
        for (const one of steps) {
          view = await take(one, store, view);
          model.take(one);
        }
        expect((await view.first('claim', from, to))?.key).toBe(model.firstClaim(from, to));
      }),
    );
  });

  it('writes its changes and nothing else, in the order of keys, as canonical bytes', async () => {
    const view = new OverlayView(emptyView);
    view.put('claim', 'b', { key: 'y' });
    view.put('claim', 'a', { key: 'x' });
    view.remove('units', 'gone');
    await view.setHead('B', 'e', { v: 1, r: 'f' });
    const written = [...view.writes()].map(([name, bytes]) => [name, bytes && utf8Decode(bytes)]);
    expect(written).toEqual([
      ['claim/a', '{"key":"x"}'],
      ['claim/b', '{"key":"y"}'],
      ['head/B', '{"e":{"r":"f","v":1}}'],
      ['units/gone', null],
    ]);
  });

  it('gives the heads that it wrote as who reads their bytes gets them, in the same order', async () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', '10', '9');
    const head = fc.record(
      { v: fc.nat(9), s: fc.constantFrom('w' as const, 'o' as const), r: fc.constant('r'), f: fc.constant('f') },
      { requiredKeys: ['r', 'v'] },
    );
    const stored = fc
      .uniqueArray(name)
      .map((names) => JSON.stringify(Object.fromEntries(names.sort().map((one) => [one, { r: 'old', v: 1 }]))));
    await fc.assert(
      fc.asyncProperty(stored, fc.array(fc.tuple(name, head), { minLength: 1 }), async (before, steps) => {
        const base = { ...emptyView, get: () => Promise.resolve(JSON.parse(before) as never) };
        const view = new OverlayView(base);
        for (const [entry, one] of steps) await view.setHead('B', entry, one);
        const bytes = view.writes().get('head/B') ?? new Uint8Array();
        expect(JSON.stringify(view.writtenHeads('head/B'))).toBe(JSON.stringify(JSON.parse(utf8Decode(bytes))));
        expect(view.writtenHeads('head/B')).toEqual({ ...JSON.parse(before), ...Object.fromEntries(steps) });
      }),
    );
    expect(new OverlayView(emptyView).writtenHeads('head/B')).toBeUndefined();
  });

  it('keeps the kinds apart, even where their keys are alike', async () => {
    const view = new OverlayView(emptyView);
    view.put('claim', 'x', { key: 'a' });
    expect(await view.get('units', 'x')).toBeUndefined();
    expect(await view.first('units', '', '~')).toBeUndefined();
  });

  it('leaves a bucket of the base as it was', async () => {
    const stored = Object.freeze({ e: Object.freeze({ v: 1, r: 'a' }) });
    const store = new MapStore();
    store.values.set(stateKey('head', bucket), stored);
    const view = new OverlayView(new StoredView(store));
    await view.setHead(bucket, 'f', { v: 2, r: 'b' });
    await view.setHead(bucket, 'e', { v: 9, r: 'c' });
    expect(await view.head(bucket, 'e')).toEqual({ v: 9, r: 'c' });
    expect(canonicalize(stored)).toBe('{"e":{"r":"a","v":1}}');
  });

  it('knows no head by the name of what every object has', async () => {
    const view = new OverlayView(emptyView);
    await view.setHead(bucket, 'e', { v: 1, r: 'a' });
    for (const name of ['constructor', 'toString', '__proto__']) expect(await view.head(bucket, name)).toBeUndefined();
  });

  it('throws away what a refused attempt laid on top', async () => {
    const base = new OverlayView(emptyView);
    await base.setHead(bucket, 'e', { v: 1, r: 'a' });
    const refused = new OverlayView(base);
    await refused.setHead(bucket, 'e', { v: 2, r: 'b' });
    refused.put('claim', 'x', { key: 'y' });
    expect([await base.head(bucket, 'e'), await base.get('claim', 'x')]).toEqual([{ v: 1, r: 'a' }, undefined]);
  });
});

describe('keys of the world state', () => {
  it('are one for each kind and key, and never those of another kind', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '/', '-', '0'), maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...stateKinds), text, fc.constantFrom(...stateKinds), text, (one, a, other, b) => {
        const isSame = one === other && a === b;
        expect(stateKey(one, a) === stateKey(other, b)).toBe(isSame);
      }),
    );
  });

  it('come back from a store without their kind', async () => {
    const store = new MapStore();
    store.values.set('claim/key/0x1', { key: 'p' });
    store.values.set('claimant/key/0x1', { key: 'q' });
    const view = new StoredView(store);
    expect(await view.first('claim', 'key/', 'key0')).toEqual({ key: 'key/0x1', value: { key: 'p' } });
    expect(await view.first('claim', 'key0', 'key1')).toBeUndefined();
  });

  it('are unlike for the kinds: none is the beginning of another with its slash', () => {
    const starts = stateKinds.map((kind) => `${kind}/`);
    for (const start of starts) expect(starts.filter((other) => other.startsWith(start))).toEqual([start]);
  });
});

describe('a ledger before its first record', () => {
  it('holds nothing', async () => {
    for (const kind of stateKinds) {
      expect(await emptyView.get(kind, 'x')).toBeUndefined();
      expect(await emptyView.first(kind, '', '~')).toBeUndefined();
    }
  });
});
