import { LedgerError } from '@carbon-ledger/core';

/** What one file may hold, all its sheets together. */
export interface Bounds {
  /** Rows with something in them. */
  readonly rows: number;
  readonly cells: number;
}

/** Twice the largest file that registries exchange, 100,000 rows; a form of a plant has some thousands. */
export const boundsOfForms: Bounds = { rows: 200_000, cells: 4_000_000 };

/** More than people merge by hand. */
const mostMerges = 100_000;

/**
 * Elements of all parts of a workbook that are read: four for a cell with a text of its own. A file of a few megabytes unpacks to more of
 * them than can be read in a minute, wherever they stand: empty rows, styles, names, rules of validation.
 */
const mostElements = 12_000_000;

/** Characters of a cell or formula, as spreadsheet programs bound them: one long text that a million cells share would burst when each is told. */
const longestText = 32_767;

/** Counts what a file holds while it is read, so that one with too much is refused before memory is filled with it. */
export class Tally {
  readonly #bounds: Bounds;
  #rows = 0;
  #cells = 0;
  #elements = 0;
  #merges = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** @throws LedgerError SHEET_TOO_LARGE */
  row(): void {
    this.#rows += 1;
    if (this.#rows > this.#bounds.rows)
      throw new LedgerError('SHEET_TOO_LARGE', `the file has more than ${String(this.#bounds.rows)} rows`);
  }

  /** @throws LedgerError SHEET_TOO_LARGE */
  cells(count: number): void {
    this.#cells += count;
    if (this.#cells > this.#bounds.cells)
      throw new LedgerError('SHEET_TOO_LARGE', `the file has more than ${String(this.#bounds.cells)} cells`);
  }

  /** @throws LedgerError SHEET_TOO_LARGE */
  merge(): void {
    this.#merges += 1;
    if (this.#merges > mostMerges)
      throw new LedgerError('SHEET_TOO_LARGE', `the workbook has more than ${String(mostMerges)} merged cells`);
  }

  /** @throws LedgerError SHEET_TOO_LARGE */
  element(): void {
    this.#elements += 1;
    if (this.#elements > mostElements)
      throw new LedgerError('SHEET_TOO_LARGE', `the workbook holds more than ${String(mostElements)} elements`);
  }
}

/** @throws LedgerError SHEET_TOO_LARGE for a cell of more characters than programs keep */
export function assertShort(text: string, cell: () => string): void {
  if (text.length > longestText)
    throw new LedgerError('SHEET_TOO_LARGE', `its cell ${cell()} holds more than ${String(longestText)} characters`);
}

/** Of what stands in a file, enough to know it again: it is told thousands of times, and may be a megabyte long. */
export function excerpt(text: string, longest = 60): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
