import { readFile } from 'node:fs/promises';
import {
  fileError,
  isLedgerError,
  LedgerError,
  parseDocument,
  type JsonValue,
  type TextEncoding,
} from '@carbon-ledger/core';
import { findPlace } from './place';

/** @throws LedgerError FILE_FORBIDDEN, FILE_UNREADABLE with the reason */
export async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(await findPlace(file));
  } catch (error) {
    throw fileError(error, file, 'read');
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
    if (!isLedgerError(error)) throw error;
    const { code, message, details, faults } = error;
    throw new LedgerError(code, `${file}: ${message}`, { details: { ...details, file }, faults, cause: error });
  }
}
