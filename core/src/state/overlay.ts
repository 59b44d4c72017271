import { canonicalBytes } from '../canonical';
import { stateKey, type Head, type HeadBucket, type StateKind, type StateValues } from './kinds';
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
    if (own !== undefined) (own.value as Record<string, Head>)[entry] = inOrder(head);
    else this.put('head', bucket, withHead((await this.#base.get('head', bucket)) ?? {}, entry, inOrder(head)));
  }

  /**
   * The heads whose bytes {@link writes} gave for a key, as who reads those bytes gets them, order of members included: who keeps them
   * need not read them. Never change them.
   */
  writtenHeads(key: string): HeadBucket | undefined {
    const change = this.#changes.get(key);
    return change?.kind === 'head' ? ((change.value ?? undefined) as HeadBucket | undefined) : undefined;
  }

  /** Takes over what another overlay on top of this one changed. */
  absorb(other: OverlayView): void {
    for (const [key, change] of other.#changes) this.#changes.set(key, change);
  }

  writes(): StateWrites {
    const keys = [...this.#changes.keys()].sort();
    return new Map(
      keys.map((key) => {
        const change = this.#changes.get(key);
        if (change === undefined || change.value === null) return [key, null];
        if (change.kind === 'head') change.value = sorted(change.value as HeadBucket);
        return [key, canonicalBytes(change.value)];
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

/** Members in canonical order: so a bucket of hundreds is written at once, and not member by member. */
function inOrder({ f, r, s, v }: Head): Head {
  return { ...(f === undefined ? {} : { f }), r, ...(s === undefined ? {} : { s }), v };
}

/** Itself where its entries stand in canonical order already. */
function sorted(heads: HeadBucket): HeadBucket {
  const names = Object.keys(heads);
  if (names.every((name, at) => at === 0 || (names[at - 1] ?? '') < name)) return heads;
  return Object.fromEntries(Object.entries(heads).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** A copy with one head more, at its place in the canonical order. */
function withHead(heads: HeadBucket, entry: string, head: Head): HeadBucket {
  const copy: Record<string, Head> = {};
  let isIn = false;
  for (const [name, other] of Object.entries(heads)) {
    if (!isIn && name >= entry) {
      copy[entry] = head;
      isIn = true;
    }
    if (name !== entry) copy[name] = other;
  }
  if (!isIn) copy[entry] = head;
  return copy;
}
