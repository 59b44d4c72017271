import { readGiven } from '@carbon-ledger/auditor/given';
import type { JsonValue, TextEncoding } from '@carbon-ledger/core';
import { decodeText } from '@carbon-ledger/core/bytes';
import { parseDocument } from '@carbon-ledger/core/canonical';
import { fileError, isLedgerError, LedgerError } from '@carbon-ledger/core/errors';
import { findPlace } from './place';

/** @throws LedgerError FILE_FORBIDDEN, FILE_UNREADABLE with the reason, also for what is no file; TOO_LARGE, INTERRUPTED of a pipe */
export async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readGiven(await findPlace(file));
  } catch (error) {
    throw fileError(error, file, 'read');
  }
}

/** The same fault, with the file in which it is. */
function inFile(error: unknown, file: string): unknown {
  if (!isLedgerError(error)) return error;
  const { code, message, details, faults } = error;
  return new LedgerError(code, `${file}: ${message}`, { details: { ...details, file }, faults, cause: error });
}

/**
 * Text of a person or of another program: UTF-8 and nothing else, with or without a byte order mark. Other bytes are refused, for what
 * was replaced would be read as a name or a word of it.
 * @throws LedgerError FILE_FORBIDDEN, FILE_UNREADABLE, BAD_ENCODING, each naming the file
 */
export async function readTextFile(file: string): Promise<string> {
  const bytes = await readBytes(file);
  try {
    return decodeText(bytes, 'utf-8');
  } catch (error) {
    throw inFile(error, file);
  }
}

/**
 * Reads a JSON file of a person or of another program, strictly: docs/cli.md, "Files".
 * @throws LedgerError FILE_FORBIDDEN, FILE_UNREADABLE, TOO_LARGE, BAD_ENCODING, BAD_JSON, each naming the file
 */
export async function readJsonFile(file: string, encoding: TextEncoding = 'utf-8'): Promise<JsonValue> {
  const bytes = await readBytes(file);
  try {
    return parseDocument(bytes, { encoding });
  } catch (error) {
    throw inFile(error, file);
  }
}
