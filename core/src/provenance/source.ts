import type { Figure, LedgerRecord } from '../records';
import type { RecordStatus } from '../rulebook';
import type { Doubt } from './doubts';
import type { MarkFacts } from './marks';

/** Another ledger's id (hex), and when it anchored a record (RFC 3339). */
export interface FirstAnchor {
  readonly ledger: string;
  readonly anchoredAt: string;
}

/** A record as it was found on the ledger. */
export interface AnchoredRecord {
  readonly record: LedgerRecord;
  readonly id: string;
  /** Private figures; absent when they are not open to who asks. */
  readonly figures?: readonly Figure[] | undefined;
  readonly txId: string;
  readonly blockNumber: string;
  readonly logIndex: number;
  /** RFC 3339, the transaction time. */
  readonly anchoredAt: string;
  readonly status: RecordStatus;
  /** Code of its state in the process of its type: `ACCEPTED`. */
  readonly state: string;
  /** The record that put it there: a review, a correction, its next version. Absent while nothing acted on it. */
  readonly changedBy?: string;
  /** Why its word is in doubt though it stands, as the service told it; absent where it is not, or nobody asked. */
  readonly doubts?: readonly Doubt[];
  /** Where it was anchored first, if an earlier ledger was taken over. */
  readonly earlier?: FirstAnchor;
}

/**
 * Where records are read from: a projection, a bundle of proofs, a test. Nothing that it says is believed: ids, figure
 * roots and every computed figure are checked again. A source that gives the same record twice may freeze it, through and
 * through: its hash is then checked once.
 */
export interface RecordSource {
  /** The current record of a business key, withdrawn ones included. */
  head(key: string): Promise<AnchoredRecord | undefined>;
  /** In the order asked for; undefined for what is not anchored. Asked for many at once, because a look may take its time. */
  records(ids: readonly string[]): Promise<readonly (AnchoredRecord | undefined)[]>;
  /** What marks of records are told by; absent where nothing is known of it. */
  readonly marking?: MarkFacts | undefined;
  /** Lets others have their turn, where a service reads for many: called between pieces of work. */
  readonly turn?: (() => Promise<void>) | undefined;
}

/** A source that also knows who cites whom; needed for impact. */
export interface CitedBySource extends RecordSource {
  citedBy(id: string): Promise<readonly AnchoredRecord[]>;
}

/** A source that also knows them party by party; needed where too many rest on a record to be held at once. */
export interface CitedByPartySource extends CitedBySource {
  /** Unified codes of all that records are about, each once. */
  parties(): AsyncIterable<string>;
  /** Records about a party that cite a record themselves. */
  citedByAbout(id: string, uscc: string): Promise<readonly AnchoredRecord[]>;
}
