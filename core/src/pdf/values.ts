import { LedgerError } from '../errors';

/** A value of a PDF (ISO 32000-1, 7.3). Strings are bytes; what they mean is for who reads them. */
export type PdfValue =
  | null
  | boolean
  | number
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'string'; readonly bytes: Uint8Array }
  | { readonly kind: 'reference'; readonly number: number }
  | { readonly kind: 'array'; readonly items: readonly PdfValue[] }
  | PdfDictionary;

export interface PdfDictionary {
  readonly kind: 'dictionary';
  readonly entries: ReadonlyMap<string, PdfValue>;
}

/** Deepest nesting that is read; a certificate has four. */
const MOST_DEPTH = 32;
const LONGEST_TOKEN = 65_536;

const WHITE = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITERS = new Set(Array.from('()<>[]{}/%', (character) => character.charCodeAt(0)));
const [OPEN, CLOSE, LESS, GREATER, LIST, LIST_END, SLASH, COMMENT, BACKSLASH] = [40, 41, 60, 62, 91, 93, 47, 37, 92];

export function unreadable(reason: string): LedgerError {
  return new LedgerError('CERTIFICATE_MALFORMED', `The PDF cannot be read as a certificate: ${reason}.`);
}

/** What reading may cost, in bytes gone over: objects may lie within each other, and be named again and again. */
export interface Work {
  left: number;
}

/** Reads values from a place of the file on, strictly: what is not well formed is refused and never guessed. */
export class ValueReader {
  readonly #bytes: Uint8Array;
  readonly #work: Work;
  #at: number;

  constructor(bytes: Uint8Array, at: number, work: Work) {
    if (!Number.isSafeInteger(at) || at < 0 || at >= bytes.length) throw unreadable('it points beyond its end');
    this.#bytes = bytes;
    this.#work = work;
    this.#at = at;
  }

  get at(): number {
    return this.#at;
  }

  set at(next: number) {
    this.#work.left -= Math.abs(next - this.#at);
    if (this.#work.left < 0) throw unreadable('its parts lie within each other');
    this.#at = next;
  }

  value(depth = 0): PdfValue {
    if (depth > MOST_DEPTH) throw unreadable('it is nested too deeply');
    this.skip();
    const [first, second] = [this.#bytes[this.at], this.#bytes[this.at + 1]];
    if (first === SLASH) return { kind: 'name', name: this.#name() };
    if (first === OPEN) return { kind: 'string', bytes: this.#literal() };
    if (first === LIST) return { kind: 'array', items: this.#array(depth) };
    if (first === LESS && second === LESS) return { kind: 'dictionary', entries: this.#dictionary(depth) };
    if (first === LESS) return { kind: 'string', bytes: this.#hex() };
    return this.#word();
  }

  /** Blanks and comments. */
  skip(): void {
    for (let byte = this.#bytes[this.at]; byte !== undefined; byte = this.#bytes[this.at]) {
      if (byte === COMMENT) this.#toEndOfLine();
      else if (WHITE.has(byte)) this.at += 1;
      else return;
    }
  }

  /** A word that must stand here, such as `obj`. */
  expect(word: string): void {
    this.skip();
    if (this.keyword() !== word) throw unreadable(`“${word}” is missing`);
  }

  keyword(): string {
    const from = this.at;
    for (let byte = this.#bytes[this.at]; byte !== undefined; byte = this.#bytes[this.at]) {
      if (WHITE.has(byte) || DELIMITERS.has(byte)) break;
      this.at += 1;
      if (this.at - from > LONGEST_TOKEN) throw unreadable('a word of it has no end');
    }
    return String.fromCharCode(...this.#bytes.subarray(from, Math.min(this.at, from + 64)));
  }

  #toEndOfLine(): void {
    for (let byte = this.#bytes[this.at]; byte !== undefined && byte !== 10 && byte !== 13; byte = this.#bytes[this.at])
      this.at += 1;
  }

  #byte(): number {
    const byte = this.#bytes[this.at];
    if (byte === undefined) throw unreadable('it is cut short');
    this.at += 1;
    return byte;
  }

  #name(): string {
    this.at += 1;
    return this.keyword().replace(/#([0-9a-fA-F]{2})/g, (_match, hex: string) =>
      String.fromCharCode(parseInt(hex, 16)),
    );
  }

  #word(): PdfValue {
    const word = this.keyword();
    if (word === 'null') return null;
    if (word === 'true' || word === 'false') return word === 'true';
    if (!/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(word)) throw unreadable('something stands where a value should');
    return this.#reference(word) ?? Number(word);
  }

  /** `12 0 R`, which begins as a number does. */
  #reference(word: string): PdfValue | undefined {
    const ahead = /^\s+\d{1,5}\s+R(?![^\s()<>[\]{}/%])/.exec(this.#ahead(16));
    if (!/^\d{1,10}$/.test(word) || ahead === null) return undefined;
    this.at += ahead[0].length;
    return { kind: 'reference', number: Number(word) };
  }

  #ahead(bytes: number): string {
    return String.fromCharCode(...this.#bytes.subarray(this.at, this.at + bytes));
  }

  /** Behind blanks and comments. */
  #isAt(byte: number): boolean {
    this.skip();
    return this.#bytes[this.at] === byte;
  }

  #array(depth: number): PdfValue[] {
    this.at += 1;
    const items: PdfValue[] = [];
    while (!this.#isAt(LIST_END)) items.push(this.value(depth + 1));
    this.at += 1;
    return items;
  }

  #dictionary(depth: number): Map<string, PdfValue> {
    this.at += 2;
    const entries = new Map<string, PdfValue>();
    while (!this.#isAt(GREATER)) {
      if (this.#bytes[this.at] !== SLASH) throw unreadable('a dictionary has an entry without a name');
      entries.set(this.#name(), this.value(depth + 1));
    }
    this.at += 1;
    if (this.#byte() !== GREATER) throw unreadable('a dictionary has no end');
    return entries;
  }

  #hex(): Uint8Array {
    this.at += 1;
    const digits: string[] = [];
    for (let byte = this.#byte(); byte !== GREATER; byte = this.#byte()) {
      if (WHITE.has(byte)) continue;
      const digit = String.fromCharCode(byte);
      if (digits.length >= LONGEST_TOKEN || !/[0-9a-fA-F]/.test(digit)) throw unreadable('a text in hex is damaged');
      digits.push(digit);
    }
    // An odd last digit is followed by a zero (ISO 32000-1, 7.3.4.3).
    const pairs = Math.ceil(digits.length / 2);
    return Uint8Array.from({ length: pairs }, (_, at) =>
      parseInt(`${digits[2 * at] ?? ''}${digits[2 * at + 1] ?? '0'}`, 16),
    );
  }

  #literal(): Uint8Array {
    this.at += 1;
    const bytes: number[] = [];
    for (let open = 1; open > 0;) {
      const byte = this.#byte();
      if (byte === OPEN) open += 1;
      if (byte === CLOSE) open -= 1;
      if (open > 0) bytes.push(...(byte === BACKSLASH ? this.#escaped() : [byte]));
      if (bytes.length > LONGEST_TOKEN) throw unreadable('a text of it has no end');
    }
    return Uint8Array.from(bytes);
  }

  #escaped(): number[] {
    const octal = /^[0-7]{1,3}/.exec(this.#ahead(3));
    if (octal !== null) {
      this.at += octal[0].length;
      return [parseInt(octal[0], 8) & 0xff];
    }
    const byte = this.#byte();
    if (byte === 13 && this.#bytes[this.at] === 10) this.at += 1;
    if (byte === 13 || byte === 10) return [];
    return [ESCAPES.get(byte) ?? byte];
  }
}

const ESCAPES: ReadonlyMap<number, number> = new Map([
  [110, 10],
  [114, 13],
  [116, 9],
  [98, 8],
  [102, 12],
]);
