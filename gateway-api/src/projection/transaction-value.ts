import { LedgerError, parseEarlierMarks, utf8Decode, type EarlierMark } from '@carbon-ledger/core';
import type { LedgerTransaction } from '../ledger';
import { prepareSubmission, type PreparedSubmission } from '../submissions/prepared';
import type { FiguresById } from '@carbon-ledger/auditor/stored';
import type { Sent } from './pending';

const PREFIX = 'tx/';

/** Bytes that a committed transaction anchored; undefined for a transaction that anchored nothing. */
export function anchoredValue(transaction: LedgerTransaction): Uint8Array | undefined {
  return transaction.writes.find(({ key }) => key === PREFIX + transaction.txId)?.value;
}

const OPENING_BRACE = 0x7b;

/** Members of a canonical object are in order, so what an import brought begins like this. */
const EARLIER = '{"earlier":';

/** Where each submission of a transaction was anchored first; empty for what was anchored here first. */
export function earlierMarks(value: Uint8Array): EarlierMark[] {
  if (utf8Decode(value.subarray(0, EARLIER.length)) !== EARLIER) return [];
  const { earlier } = JSON.parse(utf8Decode(value)) as { readonly earlier: unknown };
  return parseEarlierMarks(earlier).flatMap((mark) => Array.from({ length: mark.count }, () => mark));
}

/** Does the block hold exactly what this gateway sent? Then what was derived before sending holds for it, byte for byte. */
export function isValueOf(value: Uint8Array, sent: Sent): boolean {
  return value[0] === OPENING_BRACE && Buffer.compare(value.subarray(1), sent.value) === 0;
}

/** Reads submissions out of a block, with figures from elsewhere. @throws LedgerError STORE_CORRUPT, BAD_SUBMISSION */
export function readSubmissions(value: Uint8Array, figures: FiguresById): PreparedSubmission[] {
  const parsed: unknown = JSON.parse(utf8Decode(value));
  const submissions =
    typeof parsed === 'object' && parsed !== null && 'submissions' in parsed ? parsed.submissions : undefined;
  if (!Array.isArray(submissions)) throw new LedgerError('STORE_CORRUPT', 'A transaction holds no submissions.');
  return submissions.map((submission) => prepareSubmission(submission, figures));
}
