import type { Counts, Finding } from '../finding';
import type { PolicyRef } from '../blocks/policy';
import type { RecordedRead } from './recorded-view';

/** What a transaction stands on: found by replaying the blocks before it. */
export interface TransactionFacts {
  /** Outcome by duplicate id and read versions alone (`peer.TxValidationCode`). */
  readonly replayed: number;
  readonly policies: readonly PolicyRef[];
  /** Only for valid transactions of the ledger's contract. */
  readonly anchoring?: AnchoringFacts;
}

export interface AnchoringFacts {
  readonly reads: readonly RecordedRead[];
  /** Canonical texts of cited records that earlier transactions anchored, and of their figures. */
  readonly records: readonly Uint8Array[];
  readonly figures: readonly (readonly [record: string, text: Uint8Array])[];
  /** The private value under this transaction's key, if it is at hand. */
  readonly privateValue?: Uint8Array;
  /** Hash of it in the block; absent where the transaction wrote nothing private. */
  readonly privateHash?: Uint8Array;
  /** Leaf hashes as they went into the log, one after the other. */
  readonly leaves: Uint8Array;
}

/** One block, to be checked by itself with the facts of the blocks before it. */
export interface BlockJob {
  readonly number: number;
  readonly bytes: Uint8Array;
  /** Number of the block that holds the configuration under which this one was made. */
  readonly config: number;
  readonly transactions: readonly TransactionFacts[];
}

export interface BlockResult {
  readonly number: number;
  readonly findings: readonly Finding[];
  readonly counts: Counts;
}

/** What a checker is told: a configuration to keep, or a block to check under one. */
export type CheckerMessage =
  | { readonly kind: 'config'; readonly number: number; readonly envelope: Uint8Array }
  | { readonly kind: 'block'; readonly job: BlockJob };

/** Whose contract is the ledger's, and where its figures are kept. */
export interface LedgerNames {
  readonly chaincode: string;
  readonly collection: string;
}
