/** A cell that a spreadsheet would take for a formula gets an apostrophe in front, which spreadsheets do not show. */
function harmless(text: string): string {
  const isNumber = /^-?\d+(?:\.\d+)?$/.test(text);
  return !isNumber && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function cell(text: string): string {
  const plain = harmless(text);
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** CSV as Excel and WPS read Chinese: UTF-8 with byte order mark, lines ended by CR LF (RFC 4180). */
export function formatCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}
