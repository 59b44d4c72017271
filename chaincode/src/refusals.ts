import {
  formatWireError,
  isLedgerError,
  LedgerError,
  toWireError,
  utf8Encode,
  type RefusedSubmission,
} from '@carbon-ledger/core';

/**
 * Bytes of an error that reach a client whole: it travels in gRPC trailers, and beyond about 36,000 bytes they are cut.
 */
const maxErrorBytes = 30_000;
const longestMessage = 1000;

function fits(error: LedgerError): boolean {
  return utf8Encode(formatWireError(error)).length <= maxErrorBytes;
}

/** Every reason where they fit into an error; otherwise codes alone, and `judge` tells the reasons. */
export function allRefused(refused: readonly RefusedSubmission[]): LedgerError {
  const [first] = refused;
  const code = first?.code ?? 'BAD_SUBMISSION';
  const whole = new LedgerError(code, first?.message, { details: { refused } });
  if (fits(whole)) return whole;
  return new LedgerError(code, first?.message.slice(0, longestMessage), {
    details: { refused: refused.map(codeOnly) },
  });
}

export function codeOnly({
  index,
  submission,
  code,
}: RefusedSubmission): Pick<RefusedSubmission, 'index' | 'submission' | 'code'> {
  return { index, submission, code };
}

/** Errors leave as `CODE: {json}`, because only the message of an error survives Fabric, and only so much of it. */
export async function wire(answer: () => Promise<string>): Promise<string> {
  try {
    return await answer();
  } catch (error) {
    throw toWireError(isLedgerError(error) ? bounded(error) : error);
  }
}

/** The error, with the first of its faults where not all of them fit. */
export function bounded(error: LedgerError): LedgerError {
  if (fits(error)) return error;
  const message = `${error.message.slice(0, longestMessage)} (the first of ${String(error.faults.length)} faults)`;
  for (let count = error.faults.length >> 1; count > 0; count >>= 1) {
    const shorter = new LedgerError(error.code, message, { faults: error.faults.slice(0, count) });
    if (fits(shorter)) return shorter;
  }
  return new LedgerError(error.code, error.message.slice(0, longestMessage));
}
