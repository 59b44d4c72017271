import { stateKey, type StateKind, type StateValues } from './kinds';

/** A value with the rest of its key, behind the kind. */
export interface Found<Value> {
  readonly key: string;
  readonly value: Value;
}

/**
 * The world state as the rules need it. Nothing else is ever asked of a ledger. Values must not be changed by who
 * gets them.
 */
export interface LedgerView {
  get<Kind extends StateKind>(kind: Kind, key: string): Promise<StateValues[Kind] | undefined>;
  /** The first value of a kind whose key lies in [from, to), in the order of UTF-8 bytes. */
  first<Kind extends StateKind>(kind: Kind, from: string, to: string): Promise<Found<StateValues[Kind]> | undefined>;
}

/** A store of parsed JSON by whole key: chaincode stub, recorded reads, a map in a test. */
export interface StateStore {
  value(key: string): Promise<unknown>;
  /** The first key in [from, to) with its value. */
  first(from: string, to: string): Promise<Found<unknown> | undefined>;
}

/** The one place where kinds become keys: every store is read through it. */
export class StoredView implements LedgerView {
  readonly #store: StateStore;

  constructor(store: StateStore) {
    this.#store = store;
  }

  async get<Kind extends StateKind>(kind: Kind, key: string): Promise<StateValues[Kind] | undefined> {
    return (await this.#store.value(stateKey(kind, key))) as StateValues[Kind] | undefined;
  }

  async first<Kind extends StateKind>(
    kind: Kind,
    from: string,
    to: string,
  ): Promise<Found<StateValues[Kind]> | undefined> {
    const found = await this.#store.first(stateKey(kind, from), stateKey(kind, to));
    return found && { key: found.key.slice(kind.length + 1), value: found.value as StateValues[Kind] };
  }
}

/** A ledger before its first record. */
export const emptyView: LedgerView = {
  get: () => Promise.resolve(undefined),
  first: () => Promise.resolve(undefined),
};
