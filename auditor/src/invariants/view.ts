import type { Head, LedgerRecord, StateKind, StateValues } from '@carbon-ledger/core';

/** As much of a record as the invariants look at. */
export type HeldContent = Pick<LedgerRecord, 'type' | 'kind' | 'issuer' | 'subject' | 'version' | 'cites' | 'content'>;

export interface HeldRecord {
  /** `rec:` and 64 hex digits. */
  readonly id: string;
  /** Its place in the log. */
  readonly index: number;
  readonly record: HeldContent;
}

/** All versions under one business key, in the order of the log. */
export interface KeyHistory {
  readonly key: string;
  readonly versions: readonly HeldRecord[];
}

/** A row of the state with its key, without the name of its kind. */
export type StateRow<Kind extends StateKind> = readonly [key: string, value: StateValues[Kind]];

/** A whole ledger: what was anchored, and the state that it led to. Nothing of it is taken to be right. */
export interface WholeLedger {
  /** Every key, or those of one enterprise; each once. */
  histories(uscc?: string): AsyncIterable<KeyHistory>;
  record(id: string): Promise<HeldContent | undefined>;
  get<Kind extends StateKind>(kind: Kind, key: string): Promise<StateValues[Kind] | undefined>;
  /** Every row of a kind; absent where a ledger can only be asked for keys that are known. */
  rows?<Kind extends StateKind>(kind: Kind): AsyncIterable<StateRow<Kind>>;
}

/** Something that goes against an invariant. */
export interface Broken {
  readonly message: string;
  /** Id of the record at which it shows. */
  readonly record?: string;
}

/** A key's history beside the head that the state has of it. */
export interface StandingKey extends KeyHistory {
  readonly head: Head | undefined;
}

/** One statement that holds of every ledger. It sees every key once, and says at the end what it could not say before. */
export interface Invariant {
  take(key: StandingKey): readonly Broken[] | Promise<readonly Broken[]>;
  end(): readonly Broken[] | Promise<readonly Broken[]>;
}

export const nothing: readonly Broken[] = [];
