import { bucketOf, parseBusinessKey, type LedgerRecord, type SignedSubmission } from '@carbon-ledger/core';

/** State keys that the contract will read and write for a submission, named so that two submissions can be compared. */
export interface Touched {
  readonly writes: ReadonlySet<string>;
  readonly reads: ReadonlySet<string>;
}

/** Types whose serial spans share ranges of keys: they are kept apart by one name for all. */
const SERIAL_TYPES = new Set(['ccer-lot', 'ccer-cancellation']);

/**
 * Two transactions in flight that share a key lose a race (MVCC_READ_CONFLICT): one commits, the other has to run
 * again. What this says is only an economy; the ledger itself decides.
 */
export function touchedBy(submission: SignedSubmission): Touched {
  const writes = new Set(submission.records.flatMap(writtenBy));
  const reads = new Set([`party/${submission.party}`, ...submission.records.flatMap(readBy)]);
  return { writes, reads };
}

function writtenBy(record: LedgerRecord): string[] {
  const party = record.type === 'party' ? [`party/${record.subject.uscc}`] : [];
  const serials = SERIAL_TYPES.has(record.type) ? ['serials'] : [];
  return [bucketOf(record.subject), ...party, ...serials];
}

function readBy(record: LedgerRecord): string[] {
  const cited = record.cites.map((citation) => bucketOf(parseBusinessKey(citation.key)));
  return [`party/${record.subject.uscc}`, ...cited];
}

/** Keys that are taken by others, now or before us in the queue. */
export class Locks {
  readonly #writes = new Map<string, number>();
  readonly #reads = new Map<string, number>();

  /** Would this one and those that hold the locks get in each other's way? */
  conflictsWith({ writes, reads }: Touched): boolean {
    for (const key of writes) if (this.#writes.has(key) || this.#reads.has(key)) return true;
    for (const key of reads) if (this.#writes.has(key)) return true;
    return false;
  }

  take({ writes, reads }: Touched): void {
    for (const key of writes) increase(this.#writes, key);
    for (const key of reads) increase(this.#reads, key);
  }

  release({ writes, reads }: Touched): void {
    for (const key of writes) decrease(this.#writes, key);
    for (const key of reads) decrease(this.#reads, key);
  }
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function decrease(counts: Map<string, number>, key: string): void {
  const left = (counts.get(key) ?? 0) - 1;
  if (left > 0) counts.set(key, left);
  else counts.delete(key);
}
