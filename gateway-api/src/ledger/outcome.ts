import { LedgerError } from '@carbon-ledger/core';

/** Nothing left this machine, or nobody took it: it may be sent again at once. */
export function notSent(cause: unknown): LedgerError {
  return new LedgerError('NOT_SENT', undefined, { cause });
}

/** It was sent and may still commit. */
export function outcomeUnknown(txId: string, cause: unknown): LedgerError {
  return new LedgerError('OUTCOME_UNKNOWN', undefined, { details: { txId }, cause });
}

/** It stands in a block as invalid. */
export function commitInvalid(txId: string, validation: string): LedgerError {
  return new LedgerError('COMMIT_INVALID', `The transaction was committed as ${validation}; it wrote nothing.`, {
    details: { txId, validation },
  });
}

/**
 * Did a peer refuse for a reason that passes by itself? A member's peer that has just gone is still counted on to take
 * private data, until the other peers notice (some seconds). Nothing was endorsed, so nothing was sent.
 */
export function isPassing(message: string): boolean {
  return message.includes('failed to distribute private collection');
}

const RETRIABLE = new Set(['MVCC_READ_CONFLICT', 'PHANTOM_READ_CONFLICT']);

/** Only a lost race may be run again under a new transaction id: it is certain that the first one wrote nothing. */
export function isLostRace(error: unknown): boolean {
  return (
    error instanceof LedgerError && error.code === 'COMMIT_INVALID' && RETRIABLE.has(String(error.details.validation))
  );
}
