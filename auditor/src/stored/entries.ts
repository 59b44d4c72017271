import type { EarlierPlace, Figure, LedgerRecord, RecordStatus } from '@carbon-ledger/core';

/** Where a record was anchored first, if that was on an earlier ledger. Its log index was the same there. */
export interface EarlierAnchor {
  /** Id of that ledger, hex. */
  readonly ledger: string;
  readonly txId: string;
  readonly blockNumber: string;
  /** Transaction time there, RFC 3339. */
  readonly anchoredAt: string;
}

export function earlierAnchor(ledger: string, { txId, blockNumber, time }: EarlierPlace): EarlierAnchor {
  return { ledger, txId, blockNumber, anchoredAt: time };
}

/** What is stored beside a record's canonical text. Names are short because there is one per record. */
export interface RecordPlace {
  /** Index in the log. */
  readonly i: number;
  /** Transaction id. */
  readonly t: string;
  /** Block number. */
  readonly b: string;
  /** Transaction time, RFC 3339. */
  readonly a: string;
  /** Submission id. */
  readonly s: string;
  /** Position in the submission. */
  readonly p: number;
  readonly e?: EarlierAnchor;
}

/** A record as the projection knows it. */
export interface AnchoredEntry {
  readonly id: string;
  readonly key: string;
  readonly record: LedgerRecord;
  /** Canonical JSON of the record: the leaf of the log. */
  readonly text: string;
  readonly status: RecordStatus;
  /** Code of its state in the process of its type. */
  readonly state: string;
  /** The record that put it there; absent while nothing acted on it. */
  readonly changedBy?: string;
  readonly txId: string;
  readonly blockNumber: string;
  readonly logIndex: number;
  readonly anchoredAt: string;
  readonly submission: string;
  readonly indexInSubmission: number;
  readonly earlier?: EarlierAnchor;
}

/** A committed submission without its records, which stand in the log from `first` on. */
export interface SubmissionEntry {
  readonly id: string;
  readonly party: string;
  readonly keyId: string;
  readonly suite: string;
  readonly signedAt: string;
  readonly signature: string;
  readonly txId: string;
  readonly blockNumber: string;
  readonly anchoredAt: string;
  readonly first: number;
  readonly count: number;
  readonly earlier?: EarlierAnchor;
}

/** The current version of a business key, and where it stands. */
export interface HeadEntry {
  readonly record: string;
  readonly version: number;
  /** Code of its state in the process of its type. */
  readonly state: string;
  /** RFC 3339: transaction time of the step that led there, and the record that made it. */
  readonly since: string;
  readonly by: string;
}

export type FiguresById = Readonly<Record<string, readonly Figure[]>>;
