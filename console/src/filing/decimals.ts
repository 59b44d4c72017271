import { decimalPlaces, isDecimalText } from '@carbon-ledger/core';

const FULL_WIDTH_ZERO = '０'.charCodeAt(0);

function halfWidth(text: string): string {
  return text
    .replaceAll(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - FULL_WIDTH_ZERO))
    .replaceAll('．', '.')
    .replaceAll('－', '-');
}

/** Thousands set apart by commas or blanks, as spreadsheets copy them; other commas and blanks stay, and are told. */
function withoutGroups(text: string): string {
  return /^-?\d{1,3}(?:[,，\s\u2009\u202F\u00A0]\d{3})+(?:\.\d+)?$/.test(text)
    ? text.replaceAll(/[,，\s\u2009\u202F\u00A0]/g, '')
    : text;
}

/** As many zeros at the end as the figure has decimals: the value stays what it is. Nothing is ever rounded. */
function padded(text: string, decimals: number): string {
  const lacking = decimals - decimalPlaces(text);
  if (!isDecimalText(text) || lacking <= 0) return text;
  return `${text}${text.includes('.') ? '' : '.'}${'0'.repeat(lacking)}`;
}

/** A number as people type or copy it, in the form in which figures are written. What is no number stays as it is. */
export function decimalText(typed: string, decimals: number): string {
  return padded(withoutGroups(halfWidth(typed.trim())), decimals);
}

/** Lines of a column that was copied from a spreadsheet; of several columns, the first. */
export function columnOf(pasted: string): string[] {
  const lines = pasted.replaceAll('\r', '').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => line.split('\t')[0] ?? '');
}
