import { fromHex, isHex } from '../bytes';
import { LedgerError } from '../errors';
import type { LedgerView } from '../state';
import type { EarlierTransaction } from './transaction';
import { assertJudged, judgeBatch, type ImportBatch, type JudgedBatch } from './judge-batch';
import type { Founding, Migration } from './opening';
import { advance, assertNext, positionOf, type BatchProof } from './progress';

/** What a batch makes of a ledger. */
interface TakenBatch extends JudgedBatch {
  readonly ledger: Founding;
}

/** A batch that follows from the statement; whether its submissions hold is another question. */
interface FollowingBatch {
  /** The ledger once the batch is in. */
  readonly ledger: Founding;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Under whose id its submissions were signed. */
  readonly origin: { readonly ledger: string; readonly founder: string };
}

/**
 * Holds a batch to what the founder signed.
 * @param first log index of its first record
 * @throws LedgerError IMPORT_CLOSED, IMPORT_MISMATCH
 */
export function followBatch(
  ledger: Founding,
  first: number,
  transactions: readonly EarlierTransaction[],
  proof: BatchProof,
): FollowingBatch {
  const { earlier, progress } = openProgress(ledger.earlier);
  assertNext(progress, first);
  const next = advance(progress, transactions, proof, earlier);
  return {
    ledger: { ...ledger, earlier: { ...earlier, progress: next ?? null } },
    isFirst: positionOf(progress).records === 0,
    isLast: next === undefined,
    origin: { ledger: earlier.ledger, founder: ledger.founder },
  };
}

/**
 * Takes the next part of an earlier ledger in, or refuses it whole: it must follow from the statement, and every submission
 * in it must hold by the rules of this ledger.
 * @throws LedgerError IMPORT_CLOSED, IMPORT_MISMATCH, BAD_STATEMENT, or the code of the first fault with those that follow
 */
export async function takeBatch(
  ledger: Founding,
  first: number,
  batch: ImportBatch,
  proof: BatchProof,
  base: LedgerView,
): Promise<TakenBatch> {
  const following = followBatch(ledger, first, batch.transactions, proof);
  const judged = await judgeBatch(batch, base, following.origin, following.isFirst);
  assertJudged(judged);
  if (following.isLast) await assertFounderStands(ledger, judged.view);
  return { ...judged, ledger: following.ledger };
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

/**
 * The statement stands under the founder's last record as of the checkpoint that it names: a key that was ended up to there
 * opens nothing. What came behind that checkpoint nobody can see here; who kept a later one can (docs/migration.md).
 * @throws LedgerError BAD_STATEMENT
 */
export async function assertFounderStands({ founder, record }: Founding, view: LedgerView): Promise<void> {
  const last = await view.get('party', founder);
  if (last?.record === record) return;
  throw new LedgerError('BAD_STATEMENT', `the founder's last party record is ${String(last?.record)}, not ${record}`);
}

/**
 * While an earlier ledger is being taken over, its records alone decide: anything between them could change their judgement.
 * @throws LedgerError IMPORT_OPEN
 */
export function assertNotImporting({ earlier }: Pick<Founding, 'earlier'>): void {
  if (earlier === undefined || earlier.progress === null) return;
  throw new LedgerError('IMPORT_OPEN', `the records of the earlier ledger ${earlier.ledger} are not all there yet`);
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
