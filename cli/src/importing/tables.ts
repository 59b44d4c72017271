import path from 'node:path';
import { decodeText, isLedgerError } from '@carbon-ledger/core';
import { unzipSync, type UnzipFileInfo } from 'fflate';
import { readBytes } from '../files/read-file';

/** More than any table of a year; a workbook that unpacks to more is not read. */
const mostBytes = 32 * 1024 * 1024;
const ofCells = /^xl\/(?:sharedStrings|worksheets\/[^/]+)\.xml$/;

function textOfCsv(bytes: Uint8Array): string | undefined {
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    try {
      return decodeText(bytes, encoding);
    } catch (error) {
      if (!isLedgerError(error)) throw error;
    }
  }
  return undefined;
}

/** All texts of a workbook's cells (ECMA-376), in no order; undefined for what is no workbook, or one with a password. */
function textOfWorkbook(bytes: Uint8Array): string | undefined {
  let unpacked = 0;
  const filter = ({ name, originalSize }: UnzipFileInfo): boolean => {
    if (!ofCells.test(name)) return false;
    unpacked += originalSize;
    return unpacked <= mostBytes;
  };
  try {
    const parts = Object.values(unzipSync(bytes, { filter }));
    return parts.map((part) => new TextDecoder().decode(part).replace(/<[^>]*>/g, ' ')).join('\n');
  } catch {
    return undefined;
  }
}

/** Text of a CSV file or an XLSX workbook, to see what it is about; undefined for anything else. @throws LedgerError FILE_UNREADABLE */
export async function textOfTable(file: string): Promise<string | undefined> {
  const ending = path.extname(file).toLowerCase();
  if (ending !== '.csv' && ending !== '.xlsx') return undefined;
  const bytes = await readBytes(file);
  if (bytes.length > mostBytes) return undefined;
  return ending === '.csv' ? textOfCsv(bytes) : textOfWorkbook(bytes);
}
