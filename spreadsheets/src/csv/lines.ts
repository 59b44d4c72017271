import { LedgerError } from '@carbon-ledger/core';
import Papa from 'papaparse';
import { assertShort } from '../bounds';
import { cellName, columnsOfSheet } from '../model';

const [tab, lineFeed, carriageReturn, space, quote] = [0x09, 0x0a, 0x0d, 0x20, 0x22];

/** Enough of a file to tell which character separates its cells. */
const guessedFrom = 65_536;

function separatorOf(text: string): number {
  const { meta } = Papa.parse(text.slice(0, guessedFrom), {
    preview: 10,
    skipEmptyLines: true,
    delimitersToGuess: [',', '\t', ';'],
  });
  return meta.delimiter.charCodeAt(0);
}

function unreadable(row: number, message: string): LedgerError {
  return new LedgerError('SHEET_UNREADABLE', message, { details: { row } });
}

function tooWide(row: number): LedgerError {
  return new LedgerError('SHEET_TOO_LARGE', `row ${String(row)} has more than ${String(columnsOfSheet)} cells`);
}

/**
 * Goes over CSV text (RFC 4180; comma, tab or semicolon; lines that end as on any system) once, line by line: it is left at the first
 * line that cannot be taken. What parses the whole text first keeps each of a million faults, in gigabytes.
 */
class LineReader {
  readonly #text: string;
  readonly #separator: number;
  #at = 0;
  #row = 0;

  constructor(text: string) {
    this.#text = text;
    this.#separator = separatorOf(text);
  }

  *lines(): Generator<readonly string[]> {
    while (this.#at < this.#text.length) {
      this.#row += 1;
      yield this.#line();
    }
  }

  #line(): string[] {
    const fields: string[] = [];
    for (;;) {
      const field = this.#text.charCodeAt(this.#at) === quote ? this.#quoted() : this.#plain();
      assertShort(field, () => cellName(this.#row, fields.length + 1));
      fields.push(field);
      if (this.#text.charCodeAt(this.#at) !== this.#separator) break;
      if (fields.length === columnsOfSheet) throw tooWide(this.#row);
      this.#at += 1;
    }
    this.#endLine();
    return fields;
  }

  #endLine(): void {
    if (this.#text.charCodeAt(this.#at) === carriageReturn) this.#at += 1;
    else if (this.#text.charCodeAt(this.#at) !== lineFeed) return;
    else {
      this.#at += 1;
      return;
    }
    if (this.#text.charCodeAt(this.#at) === lineFeed) this.#at += 1;
  }

  #isEnd(code: number): boolean {
    return code === this.#separator || code === lineFeed || code === carriageReturn || Number.isNaN(code);
  }

  #plain(): string {
    const from = this.#at;
    while (!this.#isEnd(this.#text.charCodeAt(this.#at))) this.#at += 1;
    return this.#text.slice(from, this.#at);
  }

  /** A quote inside is written twice. */
  #quoted(): string {
    const from = this.#at + 1;
    let end = this.#text.indexOf('"', from);
    for (; end >= 0 && this.#text.charCodeAt(end + 1) === quote; end = this.#text.indexOf('"', end + 2));
    if (end < 0) throw unreadable(this.#row, `in row ${String(this.#row)} a quote is opened and does not end`);
    this.#at = end + 1;
    this.#skipSpaces();
    if (!this.#isEnd(this.#text.charCodeAt(this.#at)))
      throw unreadable(this.#row, `in row ${String(this.#row)} something stands behind a quote`);
    return this.#text.slice(from, end).replaceAll('""', '"');
  }

  #skipSpaces(): void {
    for (let code = this.#text.charCodeAt(this.#at); code === space || code === tab;) {
      if (code === this.#separator) return;
      this.#at += 1;
      code = this.#text.charCodeAt(this.#at);
    }
  }
}

/** @throws LedgerError SHEET_UNREADABLE with the row where quotes do not end, SHEET_TOO_LARGE */
export function linesOf(text: string): Iterable<readonly string[]> {
  return new LineReader(text).lines();
}
