import { decodeText, isLedgerError, LedgerError, type TextEncoding } from '@carbon-ledger/core';
import { boundsOfForms, Tally, type Bounds } from '../bounds';
import type { Cell, Row, Workbook } from '../model';
import { linesOf } from './lines';

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

/** The lines that hold something, numbered among all. */
function rowsOf(text: string, tally: Tally): Row[] {
  const rows: Row[] = [];
  let number = 0;
  for (const fields of linesOf(text)) {
    number += 1;
    if (fields.every((field) => field.trim() === '')) continue;
    tally.row();
    tally.cells(fields.length);
    rows.push({ number, hidden: false, cells: new LineCells(number, fields) });
  }
  return rows;
}

/**
 * Reads CSV text as a workbook of one sheet. Rows are numbered as a spreadsheet program shows them.
 * @param name of the sheet
 * @throws LedgerError SHEET_UNREADABLE with the row where quotes do not end, SHEET_TOO_LARGE
 */
export function readCsv(bytes: Uint8Array, name = 'CSV', bounds: Bounds = boundsOfForms): Workbook {
  const { text, encoding } = decodeTable(bytes);
  if (controls.test(text)) throw new LedgerError('SHEET_UNREADABLE', 'the file is no text');
  const sheet = { name, hidden: false, rows: rowsOf(text, new Tally(bounds)), merges: [], hiddenColumns: [] };
  return { format: 'csv', encoding, from1904: false, sheets: [sheet] };
}
