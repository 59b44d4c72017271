import { readFile, rename, writeFile } from 'node:fs/promises';
import { LedgerError } from '@carbon-ledger/core';

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

/** Reads a JSON file of a person: a byte order mark is allowed, anything else must be strict. @throws LedgerError BAD_JSON */
export async function readJsonFile(file: string): Promise<unknown> {
  const text = (await readBytes(file)).toString('utf8').replace(/^\ufeff/, '');
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LedgerError('BAD_JSON', `${file}: ${reason}`, { cause });
  }
}
