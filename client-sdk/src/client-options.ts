import type { Figure, LedgerRecord, Signer } from '@carbon-ledger/core';
import type { Fetch } from './transport';

export interface LedgerClientOptions {
  /** `http://127.0.0.1:8080` */
  readonly baseUrl: string;
  /** The party that calls; without it only public answers are given. */
  readonly party?: string;
  /** Signs for the party; the private key never leaves it. */
  readonly signer?: Signer;
  readonly fetch?: Fetch;
  readonly clock?: () => Date;
}

/** Records of one submission, with the private figures of each by record id. */
export interface SubmissionDraft {
  readonly records: readonly LedgerRecord[];
  readonly figures: Readonly<Record<string, readonly Figure[]>>;
}
