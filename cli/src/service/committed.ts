import { isErrorCode, LedgerError, type Fault } from '@carbon-ledger/core';
import type { AnswerOf } from '@carbon-ledger/client-sdk';

/** @throws LedgerError with every fault where a submission was refused, OUTCOME_UNKNOWN where nobody knows yet */
export function assertCommitted({ state, refusal, txId, submission }: AnswerOf<'getSubmission'>): void {
  if (state === 'committed') return;
  if (refusal === undefined)
    throw new LedgerError('OUTCOME_UNKNOWN', `${submission} is ${state}`, { details: { txId, submission } });
  const code = isErrorCode(refusal.code) ? refusal.code : 'INTERNAL';
  const faults = refusal.faults.map((fault): Fault => ({
    path: fault.path,
    message: fault.message,
    code: isErrorCode(fault.code) ? fault.code : code,
    ...(fault.details ? { details: fault.details } : {}),
  }));
  throw new LedgerError(code, refusal.message, { faults, details: { submission } });
}
