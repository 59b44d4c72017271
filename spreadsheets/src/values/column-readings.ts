import type { Cell } from '../model';
import { isRefused, type Reading } from './reading';
import { readValue, type ValueRule } from './value';

/** Different cells of a column that are remembered; what is different in every row is read each time. */
const remembered = 5000;

/** Longer parts of a text are views of it, which keep the whole of a file for as long as one of its cells. */
const copied = 12;
const [encoder, decoder] = [new TextEncoder(), new TextDecoder('utf-8', { ignoreBOM: true })];

/** The same reading, which holds no more of the file than its own characters. */
function ofItsOwn(reading: Reading): Reading {
  if (isRefused(reading) || reading.value.length <= copied) return reading;
  return { ...reading, value: decoder.decode(encoder.encode(reading.value)) };
}

/**
 * Reads the cells of one column. Most columns of a long table say the same few things over and over (who, which project, when):
 * each is read once, and rows share what was read.
 */
export class ColumnReadings {
  readonly #column: { readonly rule: ValueRule; readonly unit?: string };
  readonly #from1904: boolean;
  readonly #known = new Map<string, Reading>();

  constructor(column: { readonly rule: ValueRule; readonly unit?: string }, from1904: boolean) {
    this.#column = column;
    this.#from1904 = from1904;
  }

  read(cell: Cell): Reading {
    // A text that is no formula is read by its characters alone, wherever it stands.
    if (cell.kind !== 'text' || cell.formula !== undefined || cell.shownAs !== undefined) return this.#readAnew(cell);
    const known = this.#known.get(cell.text);
    if (known) return known;
    const reading = this.#readAnew(cell);
    if (this.#known.size < remembered) this.#known.set(cell.text, reading);
    return reading;
  }

  #readAnew(cell: Cell): Reading {
    return ofItsOwn(readValue(cell, this.#column.rule, this.#column.unit, this.#from1904));
  }
}
