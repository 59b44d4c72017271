import { LedgerError, parseSubmission, utf8Decode, type SignedSubmission } from '@carbon-ledger/core';
import type { LedgerTransaction } from '../ledger';

const PREFIX = 'tx/';

/** Submissions that a committed transaction anchored; empty for a transaction that anchored none. */
export function submissionsOf(transaction: LedgerTransaction): SignedSubmission[] {
  const write = transaction.writes.find(({ key }) => key === PREFIX + transaction.txId);
  return write === undefined ? [] : parseValue(write.value, transaction.txId);
}

function parseValue(bytes: Uint8Array, txId: string): SignedSubmission[] {
  const value: unknown = JSON.parse(utf8Decode(bytes));
  const submissions =
    typeof value === 'object' && value !== null && 'submissions' in value ? value.submissions : undefined;
  if (!Array.isArray(submissions)) throw new LedgerError('STORE_CORRUPT', `Transaction ${txId} holds no submissions.`);
  return submissions.map(parseSubmission);
}
