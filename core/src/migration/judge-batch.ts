import type { Fault } from '../errors';
import { isLedgerError, LedgerError } from '../errors';
import type { TransactionContext } from '../judge';
import { CitedRecords } from '../judge/context';
import { judgeFounding } from '../judge/founding';
import type { Rulebooks } from '../rulebook';
import { Judge, type RefusedSubmission } from '../judge/judge';
import { OverlayView } from '../state';
import type { LedgerView } from '../state';
import type { Figure } from '../records';
import { futureFaults } from './future';
import type { EarlierLedger } from './statement';
import type { EarlierTransaction } from './transaction';

/** A part of an earlier ledger with what judging it takes. */
export interface ImportBatch {
  readonly transactions: readonly EarlierTransaction[];
  /** Private figures by record id. */
  readonly figures: Readonly<Record<string, unknown>>;
  /** Records that are cited and came in with earlier batches, with their figures. */
  readonly context: TransactionContext;
  /** When it comes in: the transaction time, RFC 3339. */
  readonly now: string;
  /** Editions that the contract knows; each transaction is judged by the one that was in force when it was made. */
  readonly books?: Rulebooks | undefined;
}

export interface JudgedBatch {
  readonly view: OverlayView;
  /** Private figures by record id. */
  readonly figures: Readonly<Record<string, readonly Figure[]>>;
  /**
   * Empty: every submission of the batch may stand on this ledger too. Otherwise `index` counts the submissions of the whole
   * batch, and the paths of faults say which transaction.
   */
  readonly refused: readonly RefusedSubmission[];
  /** Of transactions that say to have been anchored later than they come in. */
  readonly late: readonly Fault[];
}

/**
 * Judges transactions of an earlier ledger by the rules of this one, each at its own time, in their order: signatures under
 * the earlier ledger's id, keys as they were registered then. Which organisation carried them is not asked any more.
 * @param isFirst the batch begins with the founding of the earlier ledger
 */
export async function judgeBatch(
  { transactions, figures, context, now, books }: ImportBatch,
  base: LedgerView,
  earlier: Pick<EarlierLedger, 'ledger'> & { readonly founder: string },
  isFirst: boolean,
): Promise<JudgedBatch> {
  const view = new OverlayView(base);
  const cited = new CitedRecords(context);
  const refused: RefusedSubmission[] = [];
  const kept: Record<string, readonly Figure[]> = {};
  let before = 0;
  for (const [at, transaction] of transactions.entries()) {
    const path = `/transactions/${String(at)}`;
    const founds = isFirst && at === 0;
    const judged = founds
      ? await found(transaction, view, cited, earlier)
      : await judgeOne(transaction, view, cited, { ...earlier, figures, books });
    Object.assign(kept, judged.figures);
    refused.push(...judged.refused.map((one) => placed(one, path, before)));
    before += transaction.submissions.length;
  }
  return { view, figures: kept, refused, late: futureFaults(transactions, now) };
}

type JudgedOne = Pick<JudgedBatch, 'figures' | 'refused'>;

async function judgeOne(
  { submissions, time }: EarlierTransaction,
  view: OverlayView,
  cited: CitedRecords,
  {
    ledger,
    founder,
    figures,
    books,
  }: Pick<ImportBatch, 'figures' | 'books'> & { readonly ledger: string; readonly founder: string },
): Promise<JudgedOne> {
  const judge = new Judge(view, cited, { ledger, founder, time }, figures, books);
  for (const [index, { submission }] of submissions.entries()) await judge.judge(submission, index);
  const own = judge.accepted.map((accepted) => accepted.figures);
  return { figures: Object.assign({}, ...own) as JudgedBatch['figures'], refused: judge.refused };
}

function placed(one: RefusedSubmission, path: string, before: number): RefusedSubmission {
  const at = `${path}/submissions/${String(one.index)}`;
  const faults = one.faults.map((fault) => ({ ...fault, path: at + fault.path }));
  return { ...one, index: before + one.index, faults };
}

/** The first transaction of a ledger holds its founding and nothing else. */
async function found(
  { submissions, time }: EarlierTransaction,
  view: OverlayView,
  cited: CitedRecords,
  earlier: { readonly ledger: string; readonly founder: string },
): Promise<JudgedOne> {
  try {
    const [digested, ...others] = submissions;
    if (digested === undefined || others.length > 0)
      throw new LedgerError('BAD_SUBMISSION', 'a ledger begins with the founding submission alone');
    const { founder, view: founded } = await judgeFounding(digested, { ledger: earlier.ledger, time }, view);
    if (founder !== earlier.founder)
      throw new LedgerError('BAD_STATEMENT', `the earlier ledger was founded by ${founder}`);
    view.absorb(founded);
    for (const record of digested.submission.records) cited.add(record, []);
    return { figures: {}, refused: [] };
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    const { code, message } = error;
    const faults = error.faults.length > 0 ? error.faults : [{ path: '', code, message }];
    return { figures: {}, refused: [{ index: 0, submission: null, code, message, faults }] };
  }
}

/** Faults that one error carries: an error of a contract reaches its caller in 30 KB or not at all. */
const MOST_FAULTS = 40;

/** @throws LedgerError with the code of the first fault, and the first 40 of them */
export function assertJudged({ refused, late }: Pick<JudgedBatch, 'refused' | 'late'>): void {
  const faults: Fault[] = [...late, ...refused.flatMap((one) => one.faults)];
  const [first] = faults;
  if (first === undefined) return;
  const count = faults.length === 1 ? '1 fault' : `${String(faults.length)} faults`;
  throw new LedgerError(first.code, `${first.path}: ${first.message} (${count})`, {
    faults: faults.slice(0, MOST_FAULTS),
  });
}
