import {
  CERTIFICATE_SCHEMA,
  LedgerError,
  parseCanonical,
  type CertifiedFolder,
  type JsonValue,
  type Language,
} from '@carbon-ledger/core';

/**
 * What a certificate is made of beside its receipts. It is attached to it, so that whoever has the certificate can make it
 * again and compare: what stands on its pages cannot differ from what is inside.
 */
export interface CertificateStatement {
  readonly schema: typeof CERTIFICATE_SCHEMA;
  readonly language: Language;
  /** Address of the service that the QR codes lead to, without a slash at its end. */
  readonly site: string;
  /** Times of the ledger's transactions by record id, as the service says; no receipt proves them. */
  readonly anchoredAt: Readonly<Record<string, string>>;
  readonly folder?: CertifiedFolder['folder'];
}

export const STATEMENT_NAME = 'certificate.json';

/** @throws LedgerError CERTIFICATE_MALFORMED */
export function parseStatement(bytes: Uint8Array): CertificateStatement {
  const value = read(bytes);
  const isStatement =
    isObject(value) &&
    value.schema === CERTIFICATE_SCHEMA &&
    (value.language === 'zh' || value.language === 'en') &&
    typeof value.site === 'string' &&
    isTextMap(value.anchoredAt) &&
    (value.folder === undefined || isFolder(value.folder));
  if (!isStatement)
    throw new LedgerError('CERTIFICATE_MALFORMED', `${STATEMENT_NAME} in it is no statement of a certificate.`);
  return value as object as CertificateStatement;
}

function read(bytes: Uint8Array): JsonValue {
  try {
    return parseCanonical(bytes, { maxBytes: 8 * 1024 * 1024 });
  } catch (cause) {
    throw new LedgerError('CERTIFICATE_MALFORMED', `${STATEMENT_NAME} in it is not canonical JSON.`, { cause });
  }
}

type JsonObject = Readonly<Record<string, JsonValue>>;

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTextMap(value: JsonValue | undefined): boolean {
  return isObject(value) && Object.values(value).every((one) => typeof one === 'string');
}

function isFolder(value: JsonValue): boolean {
  return isObject(value) && typeof value.name === 'string' && Array.isArray(value.files) && value.files.every(isFile);
}

function isFile(value: JsonValue): boolean {
  const texts = ['path', 'sha256', 'sm3', 'record'];
  return isObject(value) && typeof value.size === 'number' && texts.every((name) => typeof value[name] === 'string');
}
