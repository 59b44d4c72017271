import { z } from 'zod';
import { isHex } from '../bytes';
import { INSTANT_WORDS, isInstant } from '../calendar';
import { canonicalBytes } from '../canonical';
import { LedgerError } from '../errors';
import { leafHash } from '../merkle';
import { digestSubmission, parseSubmission, type DigestedSubmission } from '../submission';
import { faultsOf } from '../validation';

/** Where and when a transaction of the earlier ledger was anchored. */
export interface EarlierPlace {
  /** Hex. */
  readonly txId: string;
  /** Decimal. */
  readonly blockNumber: string;
  /** Transaction time, RFC 3339 in whole seconds. */
  readonly time: string;
}

/** A transaction of an earlier ledger, whole: what it anchored, in order. */
export interface EarlierTransaction extends EarlierPlace {
  readonly submissions: readonly DigestedSubmission[];
}

const placeShape = {
  txId: z.string().refine((text) => isHex(text, 32), 'not a transaction id'),
  blockNumber: z.string().regex(/^(?:0|[1-9][0-9]{0,19})$/, 'not a block number'),
  time: z.string().refine(isInstant, INSTANT_WORDS),
};

const transactionSchema = z.strictObject({ ...placeShape, submissions: z.array(z.unknown()).min(1).max(1000) });

/**
 * Reads a transaction of an earlier ledger.
 * @throws LedgerError BAD_REQUEST, BAD_SUBMISSION, BAD_RECORD, TOO_LARGE with every fault and its place
 */
export function parseEarlierTransaction(value: unknown): EarlierTransaction {
  const result = transactionSchema.safeParse(value);
  if (!result.success) {
    throw new LedgerError('BAD_REQUEST', 'the transaction is not well formed', {
      faults: faultsOf('BAD_REQUEST', result.error),
    });
  }
  const submissions = result.data.submissions.map((submission) => digestSubmission(parseSubmission(submission)));
  return { ...result.data, submissions };
}

/**
 * Leaf of the tree that a migration statement names beside the log: what the log itself does not say of a transaction.
 * A submission's id is the digest that was signed, so it stands for its party, its records and their order.
 */
export function earlierTransactionLeaf({ txId, blockNumber, time, submissions }: EarlierTransaction): Uint8Array {
  return leafHash(canonicalBytes({ blockNumber, submissions: submissions.map(({ id }) => id), time, txId }));
}

/** Leaf hashes of the records of a transaction, in log order. */
export function recordLeaves({ submissions }: Pick<EarlierTransaction, 'submissions'>): Uint8Array[] {
  return submissions.flatMap(({ leafHashes }) => leafHashes);
}

/** What a batch leaves on the chain, beside the submissions, of where they were anchored first. */
export interface EarlierMark extends EarlierPlace {
  /** Number of submissions. */
  readonly count: number;
}

const marksSchema = z.array(z.strictObject({ ...placeShape, count: z.int().min(1) }));

/** Reads the marks of a batch as they stand on the chain. @throws LedgerError STORE_CORRUPT */
export function parseEarlierMarks(value: unknown): EarlierMark[] {
  const result = marksSchema.safeParse(value);
  if (!result.success) throw new LedgerError('STORE_CORRUPT', 'the places of an earlier ledger are not well formed');
  return result.data;
}

/** Value under which a batch stands in the world state: as any transaction, with marks. */
export function batchValue(transactions: readonly EarlierTransaction[]): Record<string, unknown> {
  const earlier = transactions.map(({ txId, blockNumber, time, submissions }): EarlierMark => {
    return { txId, blockNumber, time, count: submissions.length };
  });
  return { earlier, submissions: transactions.flatMap((one) => one.submissions.map(({ submission }) => submission)) };
}
