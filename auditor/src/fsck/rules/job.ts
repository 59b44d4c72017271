import type { RetainedTransaction } from '@carbon-ledger/core';
import type { Counts, Finding } from '../finding';
import type { PurgeMade } from '../purge-made';
import type { PolicyRef } from '../blocks/policy';
import type { EntrySum } from '../stores/entry-digest';
import type { RecordedRead } from './recorded-view';

/** What a transaction stands on: found by replaying the blocks before it. */
export interface TransactionFacts {
  /** Code for which no endorsement matters: an id of an earlier block, a read-write set that may not be. */
  readonly refused?: number;
  /** Outcome by ids of the block and read versions alone (`peer.TxValidationCode`). */
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
  /** Of the transactions that this one purges, what the blocks before it give. */
  readonly retained?: readonly (readonly [txId: string, found: RetainedTransaction])[];
  /** Leaf hashes as they went into the log, one after the other. */
  readonly leaves: Uint8Array;
  /** Log index of the first of them. */
  readonly first: number;
}

/** One block, to be checked by itself with the facts of the blocks before it. */
export interface BlockJob {
  readonly number: number;
  readonly bytes: Uint8Array;
  /** Number of the block that holds the configuration under which this one was made. */
  readonly config: number;
  readonly transactions: readonly TransactionFacts[];
  /** Whether the projection that is checked has taken this block in. */
  readonly isProjected: boolean;
}

export interface BlockResult {
  readonly number: number;
  readonly findings: readonly Finding[];
  readonly counts: Counts;
  readonly purges: readonly PurgeMade[];
  /** Entries that the projection must hold for this block. */
  readonly projected: Readonly<Record<string, EntrySum>>;
}

/** By table, the sums of the entries of a projection. */
export type ProjectionSums = Readonly<Record<string, EntrySum>>;

/**
 * What a checker is told: a configuration to keep, a block to check under one, tables of a projection to sum up, a
 * work store that says what they must hold.
 */
export type CheckerMessage =
  | { readonly kind: 'config'; readonly number: number; readonly envelope: Uint8Array }
  | { readonly kind: 'block'; readonly job: BlockJob }
  | { readonly kind: 'projection'; readonly location: string; readonly tables: readonly string[] }
  | { readonly kind: 'projected'; readonly location: string };

/** What it answers. */
export interface CheckerResult {
  readonly block?: BlockResult;
  readonly sums?: ProjectionSums;
}

/** What every checker of a run is told at its start. */
export interface CheckerSettings {
  readonly names: LedgerNames;
  /** Secret of the run, for sums of entries. */
  readonly secret: Uint8Array;
}

/** Whose contract is the ledger's, and where its figures are kept. */
export interface LedgerNames {
  readonly chaincode: string;
  readonly collection: string;
}
