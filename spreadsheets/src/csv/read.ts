import { decodeText, isLedgerError, LedgerError, type TextEncoding } from '@carbon-ledger/core';
import Papa from 'papaparse';
import type { Cell, Row, Workbook } from '../model';

interface Decoded {
  readonly text: string;
  readonly encoding: TextEncoding;
}

/**
 * Text in UTF-8 or GB18030 (which contains GBK). Chinese words in GB18030 are no valid UTF-8, so trying UTF-8 first does not
 * guess.
 * @throws LedgerError SHEET_UNREADABLE
 */
function decodeTable(bytes: Uint8Array): Decoded {
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    try {
      return { text: decodeText(bytes, encoding), encoding };
    } catch (error) {
      if (!isLedgerError(error)) throw error;
    }
  }
  throw new LedgerError('SHEET_UNREADABLE', 'the text is neither UTF-8 nor GB18030');
}

/** Characters that no table has; where they stand, the file is something else. */
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

/** The cells of a line, made when they are asked for: a file of 100,000 lines has a million of them. */
class LineCells implements ReadonlyMap<number, Cell> {
  readonly #row: number;
  readonly #fields: readonly string[];

  constructor(row: number, fields: readonly string[]) {
    this.#row = row;
    this.#fields = fields;
  }

  get size(): number {
    return this.#fields.filter((text) => text.trim() !== '').length;
  }

  has(column: number): boolean {
    return (this.#fields[column - 1] ?? '').trim() !== '';
  }

  get(column: number): Cell | undefined {
    const text = this.#fields[column - 1] ?? '';
    return text.trim() === '' ? undefined : { row: this.#row, column, kind: 'text', text };
  }

  *entries(): MapIterator<[number, Cell]> {
    for (const at of this.#fields.keys()) {
      const cell = this.get(at + 1);
      if (cell !== undefined) yield [at + 1, cell];
    }
  }

  *keys(): MapIterator<number> {
    for (const [column] of this.entries()) yield column;
  }

  *values(): MapIterator<Cell> {
    for (const [, cell] of this.entries()) yield cell;
  }

  forEach(tell: (cell: Cell, column: number, cells: ReadonlyMap<number, Cell>) => void): void {
    for (const [column, cell] of this.entries()) tell(cell, column, this);
  }

  [Symbol.iterator](): MapIterator<[number, Cell]> {
    return this.entries();
  }
}

/** As many cells as a workbook may have: a file of separators alone has more of them than bytes of anything else. */
const mostCells = 4_000_000;

/** @throws LedgerError SHEET_TOO_LARGE before lines are made of what would fill memory */
function assertFewCells(text: string): void {
  let [lines, commas, tabs, semicolons] = [0, 0, 0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x0a) lines += 1;
    else if (code === 0x2c) commas += 1;
    else if (code === 0x09) tabs += 1;
    else if (code === 0x3b) semicolons += 1;
  }
  if (lines + Math.max(commas, tabs, semicolons) < mostCells) return;
  throw new LedgerError('SHEET_TOO_LARGE', `the table has more than ${String(mostCells)} cells`);
}

function toRow(fields: readonly string[], index: number): Row[] {
  const number = index + 1;
  const isEmpty = fields.every((text) => text.trim() === '');
  return isEmpty ? [] : [{ number, hidden: false, cells: new LineCells(number, fields) }];
}

/**
 * Reads CSV text (RFC 4180; comma, tab or semicolon) as a workbook of one sheet. Rows are numbered as a spreadsheet program
 * shows them.
 * @param name of the sheet
 * @throws LedgerError SHEET_UNREADABLE with the row where quotes do not end, SHEET_TOO_LARGE
 */
export function readCsv(bytes: Uint8Array, name = 'CSV'): Workbook {
  const { text, encoding } = decodeTable(bytes);
  if (controls.test(text)) throw new LedgerError('SHEET_UNREADABLE', 'the file is no text');
  assertFewCells(text);
  const { data, errors } = Papa.parse<string[]>(text, { delimitersToGuess: [',', '\t', ';'] });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken) {
    const row = String((broken.row ?? 0) + 1);
    throw new LedgerError('SHEET_UNREADABLE', `row ${row}: ${broken.message}`, { details: { row } });
  }
  const sheet = { name, hidden: false, rows: data.flatMap(toRow), merges: [], hiddenColumns: [] };
  return { format: 'csv', encoding, from1904: false, sheets: [sheet] };
}
