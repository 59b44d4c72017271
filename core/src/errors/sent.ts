import type { ErrorCode } from './catalogue';
import { isLedgerError, LedgerError } from './ledger-error';
import { systemError } from './system-error';
import { formatWireError, parseWireError } from './wire';

/** As many as are told of one submission; to hand over a hundred thousand takes as long as it took to find them. */
const MOST_SENT = 1_000;

/**
 * Any error as text for another thread: the copy of an error that a message carries has neither its code nor its details and faults,
 * and whoever decides by them there decides wrongly.
 * @param otherwise what an error is that is neither of the catalogue nor of the system
 */
export function sentError(error: unknown, otherwise: ErrorCode = 'INTERNAL'): string {
  const known = isLedgerError(error) ? error : systemError(error);
  if (known === undefined)
    return formatWireError(new LedgerError(otherwise, error instanceof Error ? error.message : String(error)));
  const { code, message, details } = known;
  return formatWireError(new LedgerError(code, message, { details, faults: known.faults.slice(0, MOST_SENT) }));
}

/** What {@link sentError} made text of. */
export function receivedError(text: string): LedgerError {
  return parseWireError(text) ?? new LedgerError('INTERNAL', text);
}
