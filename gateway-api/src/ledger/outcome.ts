import { isErrorCode, LedgerError, parseStrict, type Fault } from '@carbon-ledger/core';

const CHAINCODE_RESPONSE = /chaincode response \d+, ([\s\S]*)$/;
const CODED = /^([A-Z][A-Z_]+): (\{[\s\S]*\})$/;

/**
 * The contract's own refusal inside the text that a peer hands on. Only the message survives Fabric, so the contract
 * writes `CODE: {json}` there. undefined when the text holds no code of the catalogue.
 */
export function contractRefusal(message: string): LedgerError | undefined {
  const text = CHAINCODE_RESPONSE.exec(message)?.[1] ?? message;
  const [, code = '', json = ''] = CODED.exec(text.trim()) ?? [];
  return isErrorCode(code) ? refusalOf(code, json) : undefined;
}

function refusalOf(code: LedgerError['code'], json: string): LedgerError {
  const body = parseBody(json);
  const message = typeof body.message === 'string' ? body.message : undefined;
  return new LedgerError(code, message, { details: detailsOf(body.details), faults: faultsOf(body.faults) });
}

function parseBody(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = parseStrict(json);
    return isObject(value) ? value : {};
  } catch {
    return { message: json };
  }
}

function detailsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

function faultsOf(value: unknown): Fault[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isFault);
}

function isFault(value: unknown): value is Fault {
  return isObject(value) && typeof value.path === 'string' && isErrorCode(String(value.code));
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function notSent(cause: unknown): LedgerError {
  return new LedgerError('NOT_SENT', undefined, { cause });
}

export function outcomeUnknown(txId: string, cause: unknown): LedgerError {
  return new LedgerError('OUTCOME_UNKNOWN', undefined, { details: { txId }, cause });
}

export function commitInvalid(txId: string, validation: string): LedgerError {
  return new LedgerError('COMMIT_INVALID', `The transaction was committed as ${validation}; it wrote nothing.`, {
    details: { txId, validation },
  });
}

const RETRIABLE = new Set(['MVCC_READ_CONFLICT', 'PHANTOM_READ_CONFLICT']);

/** Only a lost race may be run again under a new transaction id: it is certain that the first one wrote nothing. */
export function isLostRace(error: unknown): boolean {
  return (
    error instanceof LedgerError && error.code === 'COMMIT_INVALID' && RETRIABLE.has(String(error.details.validation))
  );
}
