import { LedgerError } from '../errors';

export function invalid(reason: string): LedgerError {
  return new LedgerError('ANCHOR_INVALID', `The evidence of the chain does not hold: ${reason}.`);
}
