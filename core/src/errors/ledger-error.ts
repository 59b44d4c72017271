import { catalogue, type ErrorCode } from './catalogue';

/** One fault at one place: `path` is a JSON pointer (RFC 6901) into what was sent, or the name of a record or figure. */
export interface Fault {
  readonly path: string;
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface LedgerErrorOptions {
  readonly details?: Readonly<Record<string, unknown>>;
  readonly faults?: readonly Fault[];
  readonly cause?: unknown;
}

/** The only error class of the project: a code of the catalogue, what happened here, and every fault that was found. */
export class LedgerError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;
  readonly faults: readonly Fault[];

  constructor(code: ErrorCode, message?: string, options: LedgerErrorOptions = {}) {
    super(message ?? catalogue[code].en, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'LedgerError';
    this.code = code;
    this.details = options.details ?? {};
    this.faults = options.faults ?? [];
  }
}

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(catalogue, text);
}

/** Type guard that also holds between two copies of this package (a bundle and its host). */
export function isLedgerError(value: unknown): value is LedgerError {
  return value instanceof Error && value.name === 'LedgerError' && 'code' in value && isErrorCode(String(value.code));
}

/** Throws one error that carries every fault, or returns when there is none. */
export function assertNoFaults(code: ErrorCode, faults: readonly Fault[], subject: string): void {
  if (faults.length === 0) return;
  const count = faults.length === 1 ? '1 fault' : `${String(faults.length)} faults`;
  throw new LedgerError(code, `${subject}: ${count}`, { faults });
}
