import type { Fault } from '../errors';
import { isLedgerError, LedgerError } from '../errors';
import type { TransactionContext } from '../judge';
import { CitedRecords } from '../judge/context';
import { judgeFounding } from '../judge/founding';
import { Judge } from '../judge/judge';
import { OverlayView } from '../judge/overlay';
import type { LedgerView } from '../judge/state';
import type { Figure } from '../records';
import type { EarlierLedger } from './statement';
import type { EarlierTransaction } from './transaction';

/** A part of an earlier ledger with what judging it takes. */
export interface ImportBatch {
  readonly transactions: readonly EarlierTransaction[];
  /** Private figures by record id. */
  readonly figures: Readonly<Record<string, unknown>>;
  /** Records that are cited and came in with earlier batches, with their figures. */
  readonly context: TransactionContext;
}

export interface JudgedBatch {
  readonly view: OverlayView;
  /** Private figures by record id. */
  readonly figures: Readonly<Record<string, readonly Figure[]>>;
  /** Empty: every submission of the batch may stand on this ledger too. */
  readonly faults: readonly Fault[];
}

/**
 * Judges transactions of an earlier ledger by the rules of this one, each at its own time, in their order: signatures under
 * the earlier ledger's id, keys as they were registered then. Which organisation carried them is not asked any more.
 * @param isFirst the batch begins with the founding of the earlier ledger
 */
export async function judgeBatch(
  { transactions, figures, context }: ImportBatch,
  base: LedgerView,
  earlier: Pick<EarlierLedger, 'ledger'> & { readonly founder: string },
  isFirst: boolean,
): Promise<JudgedBatch> {
  const view = new OverlayView(base);
  const cited = new CitedRecords(context);
  const faults: Fault[] = [];
  const kept: Record<string, readonly Figure[]> = {};
  for (const [at, transaction] of transactions.entries()) {
    const path = `/transactions/${String(at)}`;
    if (isFirst && at === 0) {
      faults.push(...found(transaction, view, cited, earlier).map((fault) => ({ ...fault, path: path + fault.path })));
      continue;
    }
    const judge = new Judge(view, cited, { ledger: earlier.ledger, time: transaction.time }, figures);
    for (const [index, { submission }] of transaction.submissions.entries()) await judge.judge(submission, index);
    for (const accepted of judge.accepted) Object.assign(kept, accepted.figures);
    faults.push(
      ...judge.refused.flatMap((refused) =>
        refused.faults.map((fault) => ({
          ...fault,
          path: `${path}/submissions/${String(refused.index)}${fault.path}`,
        })),
      ),
    );
  }
  return { view, figures: kept, faults };
}

/** The first transaction of a ledger holds its founding and nothing else. */
function found(
  { submissions }: EarlierTransaction,
  view: OverlayView,
  cited: CitedRecords,
  earlier: { readonly ledger: string; readonly founder: string },
): Fault[] {
  const fault = (code: Fault['code'], message: string): Fault[] => [{ path: '/submissions/0', code, message }];
  const [digested, ...others] = submissions;
  if (digested === undefined || others.length > 0)
    return fault('BAD_SUBMISSION', 'a ledger begins with the founding submission alone');
  try {
    const { founder, party, bucket, heads } = judgeFounding(earlier.ledger, digested);
    if (founder !== earlier.founder) return fault('BAD_STATEMENT', `the earlier ledger was founded by ${founder}`);
    view.setParty(founder, party);
    for (const [entry, head] of Object.entries(heads)) view.setHead(bucket, entry, head);
    for (const record of digested.submission.records) cited.add(record, []);
    return [];
  } catch (error) {
    if (isLedgerError(error)) return fault(error.code, error.message);
    throw error;
  }
}

/** Faults that one error carries: an error of a contract reaches its caller in 30 KB or not at all. */
const MOST_FAULTS = 40;

/** @throws LedgerError with the code of the first fault, and the first 40 of them */
export function assertJudged({ faults }: JudgedBatch): void {
  const [first] = faults;
  if (first === undefined) return;
  const count = faults.length === 1 ? '1 fault' : `${String(faults.length)} faults`;
  throw new LedgerError(first.code, `${first.path}: ${first.message} (${count})`, {
    faults: faults.slice(0, MOST_FAULTS),
  });
}
