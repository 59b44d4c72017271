import { isErrorCode, isLedgerError, LedgerError, type Fault } from './ledger-error';

/**
 * Of an error thrown in chaincode only the message reaches the client, so everything travels in it: `CODE: {json}`.
 */
export function formatWireError(error: LedgerError): string {
  return `${error.code}: ${JSON.stringify({ message: error.message, details: error.details, faults: error.faults })}`;
}

const wirePattern = /([A-Z][A-Z_]{2,40}): (\{.*\})/s;

interface WireBody {
  readonly message?: unknown;
  readonly details?: unknown;
  readonly faults?: unknown;
}

function readBody(json: string): WireBody | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFault(value: unknown): value is Fault {
  return (
    isRecord(value) &&
    typeof value['path'] === 'string' &&
    typeof value['message'] === 'string' &&
    isErrorCode(String(value['code']))
  );
}

/** Finds a chaincode error inside whatever a peer wrapped around it; undefined when there is none. */
export function parseWireError(text: string): LedgerError | undefined {
  const match = wirePattern.exec(text);
  const [, code = '', json = ''] = match ?? [];
  if (!match || !isErrorCode(code)) return undefined;
  const body = readBody(json);
  if (!body) return undefined;
  return new LedgerError(code, typeof body.message === 'string' ? body.message : undefined, {
    details: isRecord(body.details) ? body.details : {},
    faults: Array.isArray(body.faults) ? body.faults.filter(isFault) : [],
  });
}

/** The error as chaincode must throw it. Anything unknown stays as it is: it is a fault of the program. */
export function toWireError(error: unknown): unknown {
  return isLedgerError(error) ? new Error(formatWireError(error), { cause: error }) : error;
}
