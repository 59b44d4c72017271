import type { ReceiptVerdict } from '../../../core/src/receipt';
import { verdictOfProof } from '../words/verdicts';
import type { CheckedProof, Means } from './examine';

/** Records that are asked about at one time, and of one proof. */
const AT_ONCE = 16;
const MOST_ASKED = 1000;

/** A proof passes for ever; whether the records that it opens still stand, the ledger is asked: one that does not is enough. */
export async function standingOf(
  records: readonly string[],
  result: ReceiptVerdict['result'],
  { statusOf }: Means,
): Promise<Pick<CheckedProof, 'verdict' | 'status'>> {
  const found: (string | undefined)[] = records.length > MOST_ASKED ? [undefined] : [];
  for (let at = 0; at < Math.min(records.length, MOST_ASKED); at += AT_ONCE)
    found.push(...(await Promise.all(records.slice(at, at + AT_ONCE).map(statusOf))));
  const status = worstOf(found);
  return { verdict: verdictOfProof(result, status), ...(status === undefined ? {} : { status }) };
}

/** One that ended, one in doubt, one that nobody knows of: in this order. */
function worstOf(all: readonly (string | undefined)[]): string | undefined {
  const ended = all.find((status) => !['current', 'questioned', undefined].includes(status));
  if (ended !== undefined || all.length === 0) return ended;
  if (all.includes('questioned')) return 'questioned';
  return all.includes(undefined) ? undefined : 'current';
}
