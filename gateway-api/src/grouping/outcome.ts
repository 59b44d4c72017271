import type { ErrorCode, Fault, LedgerError } from '@carbon-ledger/core';
import type { SubmissionEntry } from '@carbon-ledger/auditor/stored';

/** Why the ledger refused one submission. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly faults: readonly Fault[];
}

/** What became of one submission; each submitter gets its own. */
export type Outcome =
  /** `isRepeat`: it stood on the ledger before this request came. */
  | { readonly state: 'committed'; readonly entry: SubmissionEntry; readonly isRepeat?: true }
  | { readonly state: 'refused'; readonly refusal: Refusal }
  /** Certain: nothing was anchored. */
  | { readonly state: 'failed'; readonly error: LedgerError }
  /** Sent; `later` tells how it ended, once a block holds it. */
  | { readonly state: 'unknown'; readonly txId: string; readonly later: Promise<Outcome> };
