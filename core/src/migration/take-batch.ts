import { fromHex, isHex } from '../bytes';
import { LedgerError } from '../errors';
import type { LedgerView } from '../judge';
import { assertJudged, judgeBatch, type ImportBatch, type JudgedBatch } from './judge-batch';
import type { Founding, Migration } from './opening';
import { advance, assertNext, positionOf, type BatchProof } from './progress';

/** What a batch makes of a ledger. */
export interface TakenBatch extends JudgedBatch {
  readonly ledger: Founding;
}

/**
 * Takes the next part of an earlier ledger in, or refuses it whole: it must follow from the statement, and every submission
 * in it must hold by the rules of this ledger.
 * @param first log index of its first record
 * @throws LedgerError IMPORT_CLOSED, IMPORT_MISMATCH, or the code of the first fault with all of them
 */
export async function takeBatch(
  ledger: Founding,
  first: number,
  batch: ImportBatch,
  proof: BatchProof,
  base: LedgerView,
): Promise<TakenBatch> {
  const { earlier, founder } = ledger;
  const open = openProgress(earlier);
  assertNext(open.progress, first);
  const progress = advance(open.progress, batch.transactions, proof, open.earlier);
  const origin = { ledger: open.earlier.ledger, founder };
  const judged = await judgeBatch(batch, base, origin, positionOf(open.progress).records === 0);
  assertJudged(judged);
  if (progress === undefined) await assertSignedUnderLast(ledger, judged);
  return { ...judged, ledger: { ...ledger, earlier: { ...open.earlier, progress: progress ?? null } } };
}

function openProgress(earlier: Migration | undefined): {
  readonly earlier: Migration;
  readonly progress: NonNullable<Migration['progress']>;
} {
  if (earlier === undefined) throw new LedgerError('IMPORT_CLOSED', 'this ledger was founded without an earlier one');
  if (earlier.progress === null)
    throw new LedgerError('IMPORT_CLOSED', `everything of the earlier ledger ${earlier.ledger} has come in`);
  return { earlier, progress: earlier.progress };
}

/** A key that was ended on the earlier ledger must not open this one: the statement stands under the founder's last record. */
async function assertSignedUnderLast({ founder, record }: Founding, { view }: JudgedBatch): Promise<void> {
  const last = await view.party(founder);
  if (last?.record === record) return;
  throw new LedgerError('BAD_STATEMENT', `the founder's last party record is ${String(last?.record)}, not ${record}`);
}

/** Reads both paths of a batch proof. @throws LedgerError BAD_REQUEST */
export function parseBatchProof(value: unknown): BatchProof {
  const { records, transactions } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return { records: hashes(records), transactions: hashes(transactions) };
}

function hashes(value: unknown): Uint8Array[] {
  const isPath =
    Array.isArray(value) && value.length <= 130 && value.every((hash) => typeof hash === 'string' && isHex(hash, 32));
  if (!isPath) throw new LedgerError('BAD_REQUEST', 'the proof of a batch needs two lists of hashes in hex');
  return (value as string[]).map(fromHex);
}
