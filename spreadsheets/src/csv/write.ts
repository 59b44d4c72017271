import Papa from 'papaparse';

/**
 * What a spreadsheet program would run as a formula. A negative number is none. Full-width signs are taken for the others by
 * East Asian versions; tab and carriage return are skipped before the sign.
 */
const formula = /^(?!-?[0-9]+(?:\.[0-9]+)?$)[=+\-@\t\r＝＋－＠]/;

/** The same text, with an apostrophe before what would run as a formula. */
export function harmless(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** CSV in UTF-8 with a byte order mark, by which Excel knows the encoding; CRLF ends a line. */
export function writeCsv(rows: readonly (readonly string[])[]): Uint8Array {
  const text = Papa.unparse(
    rows.map((row) => row.map(harmless)),
    { newline: '\r\n' },
  );
  return new TextEncoder().encode(`\ufeff${text}\r\n`);
}
