import {
  canonicalize,
  parseStrict,
  utf8Decode,
  type HeadBucket,
  type LedgerView,
  type PartyState,
  type SerialSpan,
} from '@carbon-ledger/core';
import type { LedgerWrite } from '../ledger';

/** Reads with versions, writes for later: a transaction sees the state before it, and commits only if that still holds. */
export class Simulation implements LedgerView {
  readonly #state: Map<string, { readonly value: Uint8Array; readonly version: number }>;
  readonly #read = new Map<string, number>();
  readonly #writes = new Map<string, Uint8Array>();

  constructor(state: Map<string, { readonly value: Uint8Array; readonly version: number }>) {
    this.#state = state;
  }

  party(uscc: string): Promise<PartyState | undefined> {
    return Promise.resolve(this.json(`party/${uscc}`) as PartyState | undefined);
  }

  heads(bucket: string): Promise<HeadBucket> {
    return Promise.resolve((this.json(`head/${bucket}`) ?? {}) as HeadBucket);
  }

  firstSpanEndingAtOrAfter(
    space: string,
    project: string,
    block: string,
    from: bigint,
  ): Promise<SerialSpan | undefined> {
    const prefix = `${space}/${project}/${block}/`;
    const keys = [...this.#state.keys()].filter((key) => key.startsWith(prefix)).sort();
    const key = keys.find((candidate) => BigInt(candidate.slice(prefix.length)) >= from);
    return Promise.resolve(key === undefined ? undefined : (this.json(key) as SerialSpan));
  }

  put(key: string, value: unknown): void {
    this.#writes.set(key, Buffer.from(canonicalize(value)));
  }

  isCurrent(): boolean {
    return [...this.#read].every(([key, version]) => (this.#state.get(key)?.version ?? 0) === version);
  }

  commit(): LedgerWrite[] {
    for (const [key, value] of this.#writes) {
      this.#state.set(key, { value, version: (this.#state.get(key)?.version ?? 0) + 1 });
    }
    return [...this.#writes].map(([key, value]) => ({ key, value }));
  }

  json(key: string): unknown {
    const stored = this.#state.get(key);
    this.#read.set(key, stored?.version ?? 0);
    return stored === undefined ? undefined : parseStrict(utf8Decode(stored.value));
  }
}
