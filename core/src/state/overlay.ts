import { canonicalBytes } from '../canonical';
import { stateKey, type Head, type StateKind, type StateValues } from './kinds';
import type { Found, LedgerView } from './view';

interface Change {
  readonly kind: StateKind;
  readonly key: string;
  /** Null where it is taken away. */
  value: unknown;
}

/** What a judgement changes: canonical bytes by key of the world state, in the order of keys; null takes a key away. */
export type StateWrites = ReadonlyMap<string, Uint8Array | null>;

/**
 * A view with changes laid over it, because a stub never shows a transaction its own writes. Changes of a refused
 * submission are thrown away with their overlay.
 */
export class OverlayView implements LedgerView {
  readonly #base: LedgerView;
  readonly #changes = new Map<string, Change>();

  constructor(base: LedgerView) {
    this.#base = base;
  }

  get<Kind extends StateKind>(kind: Kind, key: string): Promise<StateValues[Kind] | undefined> {
    const change = this.#changes.get(stateKey(kind, key));
    if (change === undefined) return this.#base.get(kind, key);
    return Promise.resolve((change.value ?? undefined) as StateValues[Kind] | undefined);
  }

  async first<Kind extends StateKind>(
    kind: Kind,
    from: string,
    to: string,
  ): Promise<Found<StateValues[Kind]> | undefined> {
    const own = this.#firstChange(kind, from, to);
    const stored = await this.#firstStored(kind, from, to);
    if (own === undefined || stored === undefined) return own ?? stored;
    return own.key <= stored.key ? own : stored;
  }

  put<Kind extends StateKind>(kind: Kind, key: string, value: StateValues[Kind]): void {
    this.#changes.set(stateKey(kind, key), { kind, key, value });
  }

  remove(kind: StateKind, key: string): void {
    this.#changes.set(stateKey(kind, key), { kind, key, value: null });
  }

  async head(bucket: string, entry: string): Promise<Head | undefined> {
    const heads = await this.get('head', bucket);
    return heads !== undefined && Object.hasOwn(heads, entry) ? heads[entry] : undefined;
  }

  /** Sets one head of a bucket. The bucket is copied once for each overlay, then changed in place. */
  async setHead(bucket: string, entry: string, head: Head): Promise<void> {
    const own = this.#changes.get(stateKey('head', bucket));
    if (own !== undefined) (own.value as Record<string, Head>)[entry] = head;
    else this.put('head', bucket, { ...((await this.#base.get('head', bucket)) ?? {}), [entry]: head });
  }

  /** Takes over what another overlay on top of this one changed. */
  absorb(other: OverlayView): void {
    for (const [key, change] of other.#changes) this.#changes.set(key, change);
  }

  writes(): StateWrites {
    const keys = [...this.#changes.keys()].sort();
    return new Map(
      keys.map((key) => {
        const value = this.#changes.get(key)?.value ?? null;
        return [key, value === null ? null : canonicalBytes(value)];
      }),
    );
  }

  #firstChange<Kind extends StateKind>(kind: Kind, from: string, to: string): Found<StateValues[Kind]> | undefined {
    let found: Change | undefined;
    for (const change of this.#changes.values()) {
      if (change.kind !== kind || change.value === null || change.key < from || change.key >= to) continue;
      if (found === undefined || change.key < found.key) found = change;
    }
    return found && { key: found.key, value: found.value as StateValues[Kind] };
  }

  /** The first of the base that was neither changed nor taken away here. */
  async #firstStored<Kind extends StateKind>(
    kind: Kind,
    from: string,
    to: string,
  ): Promise<Found<StateValues[Kind]> | undefined> {
    for (let start = from; ;) {
      const found = await this.#base.first(kind, start, to);
      if (found === undefined || !this.#changes.has(stateKey(kind, found.key))) return found;
      start = `${found.key}\u0000`;
    }
  }
}
