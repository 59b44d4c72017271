import { isWellFormed } from '../bytes';
import { LedgerError } from '../errors';
import type { JsonValue } from './canonicalize';

const WHITE_SPACE = /[ \t\n\r]*/y;
const INTEGER = /-?(?:0|[1-9][0-9]*)(?![0-9.eE])/y;
const LITERAL = /true|false|null/y;
const LITERAL_VALUES: Readonly<Record<string, true | false | null>> = { true: true, false: false, null: null };

/** Recursive descent over RFC 8259, refusing what leaves room for two readings. One use per text. */
export class StrictParser {
  readonly #text: string;
  readonly #maxDepth: number;
  #at = 0;

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  parse(): JsonValue {
    const value = this.#value(0);
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#fault('text after the value');
    return value;
  }

  #value(depth: number): JsonValue {
    this.#skipSpace();
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth + 1);
      case '[':
        return this.#array(depth + 1);
      case '"':
        return this.#string();
      case 't':
      case 'f':
      case 'n':
        return this.#literal();
      default:
        return this.#number();
    }
  }

  #object(depth: number): JsonValue {
    this.#enter(depth);
    const object: Record<string, JsonValue> = {};
    if (this.#accept('}')) return object;
    do {
      const key = this.#key(object);
      this.#expect(':');
      object[key] = this.#value(depth);
    } while (this.#accept(','));
    this.#expect('}');
    return object;
  }

  #key(object: Readonly<Record<string, JsonValue>>): string {
    this.#skipSpace();
    const key = this.#string();
    if (key === '__proto__') throw this.#fault('the key __proto__ is not allowed');
    if (Object.hasOwn(object, key)) throw this.#fault(`the key ${JSON.stringify(key)} stands twice`);
    return key;
  }

  #array(depth: number): JsonValue {
    this.#enter(depth);
    const array: JsonValue[] = [];
    if (this.#accept(']')) return array;
    do array.push(this.#value(depth));
    while (this.#accept(','));
    this.#expect(']');
    return array;
  }

  /** Finds the closing quote by hand (a pattern would overflow on long strings); the native parser judges what is between. */
  #string(): string {
    const end = this.#text[this.#at] === '"' ? this.#closingQuote(this.#at + 1) : -1;
    if (end < 0) throw this.#fault('a string is missing or not closed');
    const token = this.#text.slice(this.#at, end + 1);
    const value = this.#unescape(token);
    this.#at = end + 1;
    return this.#wellFormed(value);
  }

  #closingQuote(start: number): number {
    for (let quote = this.#text.indexOf('"', start); quote >= 0; quote = this.#text.indexOf('"', quote + 1)) {
      let first = quote;
      while (first > start && this.#text[first - 1] === '\\') first--;
      if ((quote - first) % 2 === 0) return quote;
    }
    return -1;
  }

  #unescape(token: string): string {
    try {
      return String(JSON.parse(token));
    } catch {
      throw this.#fault('a string holds a control character or an unknown escape');
    }
  }

  #wellFormed(text: string): string {
    if (!isWellFormed(text)) throw this.#fault('a lone surrogate');
    return text;
  }

  #number(): number {
    const token = this.#token(INTEGER, 'a value (numbers are integers; quantities are decimal strings)');
    const value = Number(token);
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw this.#fault(`${token} is not a safe integer`);
    return value;
  }

  #literal(): true | false | null {
    return LITERAL_VALUES[this.#token(LITERAL, 'a value')] ?? null;
  }

  #token(pattern: RegExp, wanted: string): string {
    pattern.lastIndex = this.#at;
    const token = pattern.exec(this.#text)?.[0];
    if (token === undefined) throw this.#fault(`${wanted} is missing or malformed`);
    this.#at += token.length;
    return token;
  }

  #enter(depth: number): void {
    if (depth > this.#maxDepth) throw this.#fault(`deeper than ${String(this.#maxDepth)} levels`);
    this.#at++;
  }

  #accept(mark: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#at] !== mark) return false;
    this.#at++;
    return true;
  }

  #expect(mark: string): void {
    if (!this.#accept(mark)) throw this.#fault(`'${mark}' is missing`);
  }

  #skipSpace(): void {
    WHITE_SPACE.lastIndex = this.#at;
    WHITE_SPACE.test(this.#text);
    this.#at = WHITE_SPACE.lastIndex;
  }

  #fault(reason: string): LedgerError {
    return new LedgerError('BAD_JSON', `Not strict JSON: ${reason}, at character ${String(this.#at)}.`, {
      details: { offset: this.#at },
    });
  }
}
