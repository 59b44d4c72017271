import { LedgerError, MAX_DEPTH } from '@carbon-ledger/core';

export interface JsonBounds {
  /** Values, members and items of all levels together. */
  readonly values: number;
  /** Bytes of one string as it is written. */
  readonly stringBytes: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** Counts what a JSON text holds while its bytes come in, so that what is too much is refused before it is read. */
export class JsonMeter {
  readonly #bounds: JsonBounds;
  #values = 1;
  #depth = 0;
  /** Bytes of the string that has begun; undefined outside of strings. */
  #string: number | undefined;
  #isEscaped = false;

  constructor(bounds: JsonBounds) {
    this.#bounds = bounds;
  }

  /** @throws LedgerError TOO_LARGE, BAD_JSON (nested too deep) */
  push(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (this.#string === undefined) this.#outside(byte);
      else this.#inside(byte, this.#string);
    }
  }

  #outside(byte: number): void {
    if (byte === QUOTE) this.#string = 0;
    else if (byte === COMMA) this.#count();
    else if (OPENING.has(byte)) this.#open();
    else if (CLOSING.has(byte)) this.#depth -= 1;
  }

  #open(): void {
    this.#count();
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new LedgerError('BAD_JSON', `Deeper than ${String(MAX_DEPTH)} levels.`);
  }

  #count(): void {
    this.#values += 1;
    if (this.#values > this.#bounds.values) throw tooMuch('values', this.#bounds.values);
  }

  #inside(byte: number, length: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) {
      this.#string = undefined;
      return;
    }
    this.#string = length + 1;
    if (length >= this.#bounds.stringBytes) throw tooMuch('bytes in one string', this.#bounds.stringBytes);
  }
}

function tooMuch(what: string, limit: number): LedgerError {
  return new LedgerError('TOO_LARGE', `The body may have ${String(limit)} ${what} here.`, { details: { limit } });
}
