import { isLedgerError } from '@carbon-ledger/core';

/** Code of the error that some work ends with; `none` where it ends well. */
export function codeOf(work: () => unknown): string {
  try {
    work();
    return 'none';
  } catch (error) {
    if (isLedgerError(error)) return error.code;
    throw error;
  }
}
