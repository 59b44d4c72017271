import { LedgerError, utf8Decode } from '@carbon-ledger/core';
import type { LedgerTransaction } from '../ledger';
import { prepareSubmission, transactionValue, type PreparedSubmission } from '../submissions/prepared';
import type { FiguresById } from './entries';

const PREFIX = 'tx/';

/** Bytes that a committed transaction anchored; undefined for a transaction that anchored nothing. */
export function anchoredValue(transaction: LedgerTransaction): Uint8Array | undefined {
  return transaction.writes.find(({ key }) => key === PREFIX + transaction.txId)?.value;
}

/** Does the block hold exactly what this gateway sent? Then what was derived before sending holds for it, byte for byte. */
export function isValueOf(value: Uint8Array, sent: readonly PreparedSubmission[]): boolean {
  return Buffer.from(transactionValue(sent)).equals(value);
}

/** Reads submissions out of a block, with figures from elsewhere. @throws LedgerError STORE_CORRUPT, BAD_SUBMISSION */
export function readSubmissions(value: Uint8Array, figures: FiguresById): PreparedSubmission[] {
  const parsed: unknown = JSON.parse(utf8Decode(value));
  const submissions =
    typeof parsed === 'object' && parsed !== null && 'submissions' in parsed ? parsed.submissions : undefined;
  if (!Array.isArray(submissions)) throw new LedgerError('STORE_CORRUPT', 'A transaction holds no submissions.');
  return submissions.map((submission) => prepareSubmission(submission, figures));
}
