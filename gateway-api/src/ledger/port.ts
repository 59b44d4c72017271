import type { OrderingService } from './ordering';

/** One call of a contract function. Private data travels as transient fields only, never as arguments. */
export interface LedgerCall {
  readonly name: string;
  readonly args?: readonly string[];
  readonly transient?: Readonly<Record<string, Uint8Array>>;
}

/** What is known between endorsement and sending. */
export interface Endorsed {
  readonly txId: string;
  /** What the contract answered; it counts only once the transaction is committed as valid. */
  readonly result: Uint8Array;
}

export interface Committed extends Endorsed {
  readonly blockNumber: bigint;
}

/** A key of our chaincode that a transaction wrote. */
export interface LedgerWrite {
  readonly key: string;
  readonly value: Uint8Array;
}

export interface LedgerTransaction {
  readonly txId: string;
  /** Name of the validation code (`VALID`, `MVCC_READ_CONFLICT`, …) as Fabric spells it. */
  readonly validation: string;
  /** RFC 3339 in whole seconds, from the channel header that the client signed. */
  readonly timestamp: string;
  /** Writes in the namespace of our chaincode; empty for others. */
  readonly writes: readonly LedgerWrite[];
  /** Keys of that namespace which it took away. */
  readonly removed: readonly string[];
}

export interface LedgerBlock {
  readonly number: bigint;
  /** Hex hash of its header: what the next block names as its previous one. */
  readonly hash: string;
  readonly previousHash: string;
  readonly transactions: readonly LedgerTransaction[];
}

/** Fate of a transaction that was looked up by its id. */
export interface TransactionFate {
  readonly txId: string;
  readonly validation: string;
}

/**
 * The only way to the ledger; two drivers, one conformance suite.
 *
 * `submit` answers only after the peer has committed the block durably. It ends in one of three ways that are never mixed:
 * - rejected with `NOT_SENT`, `ENDORSEMENT_FAILED` or the contract's own refusal: nothing was or will be anchored;
 * - rejected with `OUTCOME_UNKNOWN` (`details.txId`): it was sent and may still commit; look it up before sending anything again;
 * - rejected with `COMMIT_INVALID` (`details.txId`, `details.validation`): it stands in a block and wrote nothing.
 * The identical signed transaction may be sent again by the driver; a new transaction id is never made here.
 */
export interface LedgerPort {
  readonly mspId: string;
  readonly channel: string;
  /** `beforeSending` sees the endorsed answer; if it rejects, nothing is sent. */
  submit(call: LedgerCall, beforeSending?: (endorsed: Endorsed) => Promise<void>): Promise<Committed>;
  /** Reads at one peer; proves nothing about other peers. */
  evaluate(call: LedgerCall): Promise<Uint8Array>;
  /** Every block from `from` on, in order, without gap or doubling, across reconnects, until the signal aborts. */
  blocks(from: bigint, signal: AbortSignal): AsyncIterable<LedgerBlock>;
  /** Number of blocks the peer holds. */
  height(): Promise<bigint>;
  /** Who orders, as the peer's newest configuration block says. @throws LedgerError UNREACHABLE, INTERNAL */
  ordering(): Promise<OrderingService>;
  /** Takes the next peer of the organisation, where the driver knows several: the one in use answers, but is behind. */
  leavePeer(): void;
  /** Organisations whose contract did not answer when it was last asked to endorse: the driver goes round them meanwhile. */
  readonly endorsersAway: readonly string[];
  /** undefined when no block of this peer holds the transaction. */
  transaction(txId: string): Promise<TransactionFate | undefined>;
  close(): Promise<void>;
}
