import { unzipSync, zipSync } from 'fflate';
import writeXlsxFile from 'write-excel-file/node';

export type Row = readonly string[];

/** Excel reads UTF-8 only behind a byte order mark. */
const byteOrderMark = '\uFEFF';

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180 with CRLF and a byte order mark. */
export function csvFile(rows: readonly Row[]): Uint8Array {
  const lines = rows.map((row) => `${row.map(cell).join(',')}\r\n`);
  return Buffer.from(byteOrderMark + lines.join(''), 'utf8');
}

/** Plain text as offices print it: UTF-8, CRLF. */
export function textFile(lines: readonly string[]): Uint8Array {
  return Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'utf8');
}

const numberText = /^-?[0-9]+(?:\.[0-9]+)?$/;

function format(text: string): string {
  const decimals = text.split('.')[1]?.length ?? 0;
  return decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}`;
}

/** A workbook of one sheet; numbers are numbers with the decimals that they were written with. */
export async function xlsxFile(sheet: string, rows: readonly Row[]): Promise<Uint8Array> {
  const data = rows.map((row) =>
    row.map((text) =>
      numberText.test(text)
        ? { value: Number(text), type: Number, format: format(text) }
        : { value: text, type: String },
    ),
  );
  const packed = await writeXlsxFile(data, { sheet }).toBuffer();
  // The writer stamps its parts with the time of day; a fixed day makes the same table the same bytes.
  return zipSync(unzipSync(packed), { mtime: new Date(1980, 0, 1) });
}
