import {
  canonicalize,
  parseStrict,
  utf8Decode,
  type Found,
  type OverlayView,
  type StateStore,
} from '@carbon-ledger/core';
import type { LedgerTransaction } from '../ledger';

/** Reads with versions, writes for later: a transaction sees the state before it, and commits only if that still holds. */
export class Simulation implements StateStore {
  readonly #state: Map<string, { readonly value: Uint8Array; readonly version: number }>;
  readonly #read = new Map<string, number>();
  readonly #writes = new Map<string, Uint8Array | null>();

  constructor(state: Map<string, { readonly value: Uint8Array; readonly version: number }>) {
    this.#state = state;
  }

  value(key: string): Promise<unknown> {
    return Promise.resolve(this.json(key));
  }

  first(from: string, to: string): Promise<Found<unknown> | undefined> {
    const key = [...this.#state.keys()].filter((one) => one >= from && one < to).sort()[0];
    return Promise.resolve(key === undefined ? undefined : { key, value: this.json(key) });
  }

  /** Everything that a judgement changes. */
  take(view: OverlayView): void {
    for (const [key, bytes] of view.writes()) this.#writes.set(key, bytes);
  }

  put(key: string, value: unknown): void {
    this.#writes.set(key, Buffer.from(canonicalize(value)));
  }

  isCurrent(): boolean {
    return [...this.#read].every(([key, version]) => (this.#state.get(key)?.version ?? 0) === version);
  }

  commit(): Pick<LedgerTransaction, 'writes' | 'removed'> {
    for (const [key, value] of this.#writes) {
      if (value === null) this.#state.delete(key);
      else this.#state.set(key, { value, version: (this.#state.get(key)?.version ?? 0) + 1 });
    }
    return {
      writes: [...this.#writes].flatMap(([key, value]) => (value === null ? [] : [{ key, value }])),
      removed: [...this.#writes].flatMap(([key, value]) => (value === null ? [key] : [])),
    };
  }

  json(key: string): unknown {
    const stored = this.#state.get(key);
    this.#read.set(key, stored?.version ?? 0);
    return stored === undefined ? undefined : parseStrict(utf8Decode(stored.value));
  }
}
