import { isLedgerError } from '@carbon-ledger/core';
import { readDay, readWorkbook, type Cell } from '@carbon-ledger/spreadsheets';
import path from 'node:path';
import { readBytes } from '../files/read-file';

/** More than any table of a year; a larger file is not looked into. */
const mostBytes = 32 * 1024 * 1024;

/** A day as people read it, whatever number stands behind it. */
function shownText(cell: Cell, from1904: boolean): string {
  if (cell.shownAs !== 'date') return cell.text;
  const day = readDay(cell, from1904);
  return 'value' in day ? day.value : cell.text;
}

/** Names of sheets and texts of cells, hidden ones too. @throws LedgerError SHEET_UNREADABLE, SHEET_TOO_LARGE and the like */
function textOfWorkbook(bytes: Uint8Array): string {
  const { sheets, from1904 } = readWorkbook(bytes);
  return sheets
    .flatMap(({ name, rows }) => [
      name,
      ...rows.flatMap(({ cells }) => [...cells.values()].map((cell) => shownText(cell, from1904))),
    ])
    .join('\n');
}

const utf16: Readonly<Record<string, string>> = { fffe: 'utf-16le', feff: 'utf-16be' };

/** Spreadsheet programs write text in UTF-16 with its mark; as a form it is refused, but what it is about can be seen. */
function textOfUtf16(bytes: Uint8Array): string | undefined {
  const encoding = utf16[Buffer.from(bytes.subarray(0, 2)).toString('hex')];
  return encoding === undefined ? undefined : new TextDecoder(encoding).decode(bytes);
}

/**
 * Text of a CSV file or an XLSX workbook, to see what it is about; undefined for anything else, and null for a table into which
 * nobody can look: one with a password, a damaged one, one that bursts.
 * @throws LedgerError FILE_UNREADABLE
 */
export async function textOfTable(file: string): Promise<string | null | undefined> {
  const ending = path.extname(file).toLowerCase();
  if (ending !== '.csv' && ending !== '.xlsx') return undefined;
  const bytes = await readBytes(file);
  if (bytes.length > mostBytes) return null;
  try {
    return textOfUtf16(bytes) ?? textOfWorkbook(bytes);
  } catch (error) {
    if (isLedgerError(error)) return null;
    throw error;
  }
}
