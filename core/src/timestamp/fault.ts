import { LedgerError } from '../errors';

/** The code of everything that is broken in a token itself, as opposed to whom or what it is about. */
export function invalid(reason: string): LedgerError {
  return new LedgerError('TIMESTAMP_INVALID', `The timestamp token does not hold: ${reason}.`);
}

export function untrusted(reason: string): LedgerError {
  return new LedgerError('TIMESTAMP_UNTRUSTED', `The timestamp authority is not trusted: ${reason}.`);
}
