import { isErrorCode, LedgerError, type Fault } from '@carbon-ledger/core';
import { problem, type Problem } from './routes';

/** The error that a problem document (RFC 9457) stands for. */
export function errorOfProblem(body: unknown, status: number): LedgerError {
  const parsed = problem.safeParse(body);
  if (!parsed.success || !isErrorCode(parsed.data.code)) {
    return new LedgerError(
      'UNREACHABLE',
      `The service answered with status ${String(status)} and no problem document.`,
    );
  }
  const { code, detail, details, requestId } = parsed.data;
  return new LedgerError(code, detail, {
    details: { ...details, ...(requestId === undefined ? {} : { requestId }) },
    faults: knownFaults(parsed.data),
  });
}

/** Faults of a newer service may have codes that are not known here; their text is kept under the problem's own code. */
function knownFaults({ faults, code }: Problem): Fault[] {
  return faults.map((fault) => ({
    path: fault.path,
    code: isErrorCode(fault.code) ? fault.code : isErrorCode(code) ? code : 'INTERNAL',
    message: fault.message,
    ...(fault.details === undefined ? {} : { details: fault.details }),
  }));
}
