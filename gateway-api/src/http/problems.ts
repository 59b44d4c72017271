import { catalogue, isLedgerError, LedgerError, MOST_FAULTS, type Fault } from '@carbon-ledger/core';
import type { Problem } from '@carbon-ledger/client-sdk';

/** Where the catalogue is explained; also the base of the problem types (RFC 9457 section 3.1.1). */
export const ERRORS_PAGE = '/docs/errors';

/** Characters of one message: a name that was sent may be in it, and may be long. */
const LONGEST_MESSAGE = 600;

/** RFC 9457 problem document of an error, with every fault. What is inside an unexpected error is never told. */
export function problemOf(error: LedgerError, requestId: string): Problem {
  const { code, faults, details } = error;
  const line = catalogue[code];
  return {
    type: `${ERRORS_PAGE}#${code}`,
    title: line.en,
    titleZh: line.zh,
    status: line.http,
    detail: code === 'INTERNAL' ? line.en : shortened(error.message),
    code,
    cure: line.cure,
    cureZh: line.cureZh,
    requestId,
    faults: faults.slice(0, MOST_FAULTS).map(faultView),
    ...(Object.keys(details).length === 0 || code === 'INTERNAL' ? {} : { details: tellable(details) }),
  };
}

function faultView({ path, code, message, details }: Fault): Problem['faults'][number] {
  return {
    path: shortened(path),
    code,
    message: shortened(message),
    ...(details === undefined ? {} : { details: { ...details } }),
  };
}

function shortened(text: string): string {
  return text.length <= LONGEST_MESSAGE ? text : `${text.slice(0, LONGEST_MESSAGE)} …`;
}

/** Details that repeat the faults are left out. */
function tellable(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(details).filter(([name]) => name !== 'refused'));
}

/** Whatever was thrown, as an error of the catalogue. */
export function asLedgerError(error: unknown): LedgerError {
  if (isLedgerError(error)) return error;
  // Express reports a path that is not UTF-8 as a URIError with status 400.
  if (error instanceof URIError) return new LedgerError('BAD_REQUEST', 'The path is not well encoded.');
  return new LedgerError('INTERNAL', undefined, { cause: error });
}
