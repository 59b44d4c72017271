import { fromHex } from '../bytes';
import { LedgerError } from '../errors';
import { CompactRange, verifyConsistency, type StoredCompactRange } from '../merkle';
import { readEarlierCheckpoint, type EarlierLedger } from './statement';
import { earlierTransactionLeaf, recordLeaves, type EarlierTransaction } from './transaction';

/** What of an earlier ledger has come in: the right edges of its two trees. */
export interface ImportProgress {
  readonly records: StoredCompactRange;
  readonly transactions: StoredCompactRange;
}

/** RFC 9162 consistency paths from what has come in with a batch to what the statement names. */
export interface BatchProof {
  readonly records: readonly Uint8Array[];
  readonly transactions: readonly Uint8Array[];
}

interface Target {
  readonly size: bigint;
  readonly root: Uint8Array;
}

export function noProgress(): ImportProgress {
  const empty = new CompactRange().serialise();
  return { records: empty, transactions: empty };
}

/**
 * Takes a batch in. It must begin at the next record and transaction, and lead to the roots that the statement names: so
 * nothing can be left out, altered, reordered or added, whoever brings it.
 * @returns undefined once everything has come in
 * @throws LedgerError IMPORT_MISMATCH
 */
export function advance(
  progress: ImportProgress,
  batch: readonly EarlierTransaction[],
  proof: BatchProof,
  earlier: EarlierLedger,
): ImportProgress | undefined {
  const { size, rootHash } = readEarlierCheckpoint(earlier);
  const records = extend(progress.records, batch.flatMap(recordLeaves), proof.records, { size, root: rootHash });
  const target = { size: BigInt(earlier.transactions), root: fromHex(earlier.transactionsRoot) };
  const transactions = extend(progress.transactions, batch.map(earlierTransactionLeaf), proof.transactions, target);
  const isWhole = [records.size === size, transactions.size === target.size];
  if (isWhole.every(Boolean)) return undefined;
  if (isWhole.some(Boolean)) throw mismatch('its records end before its transactions, or the other way round');
  return { records: records.serialise(), transactions: transactions.serialise() };
}

function extend(
  stored: StoredCompactRange,
  leaves: readonly Uint8Array[],
  path: readonly Uint8Array[],
  target: Target,
): CompactRange {
  const range = CompactRange.parse(stored);
  for (const leaf of leaves) range.append(leaf);
  if (range.size > target.size) throw mismatch(`it would bring ${String(range.size)} of ${String(target.size)}`);
  try {
    const found = { size1: range.size, root1: range.root(), size2: target.size, root2: target.root };
    verifyConsistency({ ...found, path });
  } catch (cause) {
    if (cause instanceof LedgerError) throw mismatch(cause.message, cause);
    throw cause;
  }
  return range;
}

/** Number of records and transactions that have come in. */
export function positionOf(progress: ImportProgress): { readonly records: number; readonly transactions: number } {
  return { records: Number(progress.records.size), transactions: Number(progress.transactions.size) };
}

/** @throws LedgerError IMPORT_MISMATCH unless a batch begins where the last one ended */
export function assertNext(progress: ImportProgress, first: number): void {
  const { records } = positionOf(progress);
  if (first === records) return;
  throw new LedgerError('IMPORT_MISMATCH', `the next record is ${String(records)}, not ${String(first)}`, {
    details: { next: records },
  });
}

function mismatch(reason: string, cause?: unknown): LedgerError {
  return new LedgerError(
    'IMPORT_MISMATCH',
    `the batch does not follow: ${reason}`,
    cause === undefined ? {} : { cause },
  );
}
