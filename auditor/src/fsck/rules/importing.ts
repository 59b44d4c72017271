import {
  applyRecord,
  CitedRecords,
  assertFounderStands,
  canonicalBytes,
  followBatch,
  formatRecordId,
  judgeBatch,
  openMigration,
  parseBatchProof,
  parseEarlierMarks,
  parseEarlierTransaction,
  parseStrict,
  rulebookOf,
  utf8Decode,
  type DigestedSubmission,
  type EarlierMark,
  type EarlierTransaction,
  type Fault,
  type Founding,
  type LedgerRecord,
  type LedgerView,
  type OverlayView,
  type RefusedSubmission,
  type Rulebooks,
  type TransactionContext,
  type TransactionFacts,
} from '@carbon-ledger/core';

/** What a ledger that is founded on an earlier one writes first, from what its transaction was asked to do. */
export function openingWrites(
  args: readonly Uint8Array[],
  facts: Pick<TransactionFacts, 'msp' | 'time'>,
): Map<string, Uint8Array> {
  const [, ledger = '', statement = '', proof = ''] = args.map(utf8Decode);
  const founding = openMigration({ ...facts, ledger }, parseStrict(statement), parseStrict(proof));
  return new Map([['ledger', canonicalBytes(founding)]]);
}

/** A batch of an import as its transaction left it on the chain. */
export interface ChainBatch {
  /** One for each submission. */
  readonly marks: readonly EarlierMark[];
  readonly transactions: readonly EarlierTransaction[];
}

/** Puts transactions together again from their marks. @throws LedgerError STORE_CORRUPT, BAD_SUBMISSION */
export function readBatch(earlier: unknown, submissions: readonly unknown[]): ChainBatch {
  const marks = parseEarlierMarks(earlier);
  let at = 0;
  const transactions = marks.map(({ count, ...place }) => {
    const own = submissions.slice(at, at + count);
    at += count;
    return parseEarlierTransaction({ ...place, submissions: own });
  });
  return { marks: marks.flatMap((mark) => Array.from({ length: mark.count }, () => mark)), transactions };
}

export interface BatchQuestion {
  readonly args: readonly Uint8Array[];
  readonly ledger: Founding;
  readonly transactions: readonly EarlierTransaction[];
  readonly figures: Readonly<Record<string, unknown>>;
  readonly context: TransactionContext;
  readonly view: LedgerView;
  /** Transaction time of the batch, RFC 3339. */
  readonly now: string;
  readonly books: Rulebooks;
  /** Whether a refusal follows from figures that are not at hand, and from nothing else. */
  readonly isExcused: (refused: RefusedSubmission) => boolean;
}

export interface BatchAnswer {
  /** Value of the key `ledger` after the batch. */
  readonly ledger: Uint8Array;
  readonly view: OverlayView;
  /** What the rules refuse though it stands there. */
  readonly refused: readonly RefusedSubmission[];
}

/**
 * Holds a batch to the statement that the import was opened with, and judges it again.
 * @throws LedgerError IMPORT_CLOSED, IMPORT_MISMATCH, BAD_STATEMENT
 */
export async function checkBatch(question: BatchQuestion): Promise<BatchAnswer> {
  const { args, ledger, transactions, figures, context, now, books } = question;
  const [, first = '', proof = ''] = args.map(utf8Decode);
  const following = followBatch(ledger, Number(first), transactions, parseBatchProof(parseStrict(proof)));
  const batch = { transactions, figures, context, now, books };
  const judged = await judgeBatch(batch, question.view, following.origin, following.isFirst);
  const unjudged = new Set(judged.refused.map(({ index }) => index));
  const times = transactions.flatMap(({ submissions, time }) => submissions.map(() => time));
  await takeEffects(
    transactions.flatMap((one) => one.submissions),
    unjudged,
    judged.view,
    { timeOf: (index) => times[index] ?? now, context, books },
  );
  if (following.isLast) await assertFounderStands(ledger, judged.view);
  return {
    ledger: canonicalBytes(following.ledger),
    view: judged.view,
    refused: [...judged.late.map(refusalOf), ...judged.refused.filter((one) => !question.isExcused(one))],
  };
}

/** What is wrong with a transaction rather than with a submission of it. */
function refusalOf(fault: Fault): RefusedSubmission {
  const { code, message } = fault;
  return { index: 0, submission: null, code, message, faults: [fault] };
}

/** What records take effect by. */
interface Bench {
  readonly timeOf: (index: number) => string;
  readonly context: TransactionContext;
  readonly books: Rulebooks;
}

/** What submissions change that the rules refuse or cannot judge, because they stand there. */
export async function takeEffects(
  digested: readonly DigestedSubmission[],
  unjudged: ReadonlySet<number>,
  view: OverlayView,
  { timeOf, context, books }: Bench,
): Promise<void> {
  const cited = new CitedRecords(context);
  const records = (id: string): LedgerRecord | undefined => cited.record(id);
  for (const [index, { submission, leafHashes }] of digested.entries()) {
    if (!unjudged.has(index)) continue;
    for (const [at, record] of submission.records.entries()) {
      const id = formatRecordId(leafHashes[at] ?? new Uint8Array(0));
      cited.add(record, undefined, id);
      await applyRecord(record, { id, time: timeOf(index), records }, view, await rulebookOf(view, books));
    }
  }
}
