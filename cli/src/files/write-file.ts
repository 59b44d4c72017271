import { readFile, rename, writeFile } from 'node:fs/promises';
import { isLedgerError, LedgerError, parseDocument, type JsonValue, type TextEncoding } from '@carbon-ledger/core';

/** Writes beside the file and renames, so that nobody ever finds half of it. @throws LedgerError FILE_UNREADABLE */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const beside = `${file}.${String(process.pid)}.tmp`;
  try {
    await writeFile(beside, content);
    await rename(beside, file);
  } catch (cause) {
    throw new LedgerError('FILE_UNREADABLE', `${file} cannot be written`, { cause });
  }
}

/** @throws LedgerError FILE_UNREADABLE */
export async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new LedgerError('FILE_UNREADABLE', `${file} cannot be read`, { cause });
  }
}

/**
 * Reads a JSON file of a person or of another program, strictly: docs/cli.md, "Files".
 * @throws LedgerError FILE_UNREADABLE, TOO_LARGE, BAD_ENCODING, BAD_JSON, each naming the file
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
