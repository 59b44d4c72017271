import { isWellFormed } from '../bytes';
import { LedgerError, type Fault } from '../errors';
import { jsonPointer } from '../validation/json-pointer';
import type { JsonValue } from './canonicalize';

const WHITE_SPACE = /[ \t\n\r]*/y;
/** RFC 8259, section 6. */
const ANY_NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9.eE])/y;
const INTEGER = /-?(?:0|[1-9][0-9]*)(?![0-9.eE])/y;
const LITERAL = /true|false|null/y;
const LITERAL_VALUES: Readonly<Record<string, true | false | null>> = { true: true, false: false, null: null };

/** More keys that stand twice than this are not told one by one. */
const MOST_TOLD = 100;

/** Where a fault stands: UTF-16 units from the start, line and column from 1. */
type Place = Readonly<Record<'offset' | 'line' | 'column', number>>;

function formatPlace({ offset, line, column }: Place): string {
  return `at character ${String(offset)} (line ${String(line)}, column ${String(column)})`;
}

export interface StrictParserOptions {
  readonly maxDepth: number;
  /**
   * `refused`: numbers are safe integers. `as-text`: any other number is handed on as the text that stands there, so that no
   * digit of a person's file is lost in a float.
   */
  readonly otherNumbers: 'refused' | 'as-text';
}

/** Recursive descent over RFC 8259, refusing what leaves room for two readings. One use per text. */
export class StrictParser {
  readonly #text: string;
  readonly #options: StrictParserOptions;
  readonly #path: PropertyKey[] = [];
  readonly #twice: Fault[] = [];
  #at = 0;

  constructor(text: string, options: StrictParserOptions) {
    this.#text = text;
    this.#options = options;
  }

  /** @throws LedgerError BAD_JSON with `offset`, `line` and `column` (from 1), and the place of every key that stands twice */
  parse(): JsonValue {
    const value = this.#value(0);
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#fault('text after the value');
    const [first] = this.#twice;
    if (first === undefined) return value;
    const others = this.#twice.length === 1 ? '' : `, and ${String(this.#twice.length - 1)} more`;
    const details = first.details ?? {};
    throw new LedgerError('BAD_JSON', `Not strict JSON: ${first.message}${others}.`, { details, faults: this.#twice });
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
      this.#path.push(key);
      object[key] = this.#value(depth);
      this.#path.pop();
    } while (this.#accept(','));
    this.#expect('}');
    return object;
  }

  #key(object: Readonly<Record<string, JsonValue>>): string {
    this.#skipSpace();
    const key = this.#string();
    if (key === '__proto__') throw this.#fault('the key __proto__ is not allowed');
    if (Object.hasOwn(object, key)) this.#noteTwice(key);
    return key;
  }

  /** Reading goes on, so that every such key is told at once. */
  #noteTwice(key: string): void {
    if (this.#twice.length >= MOST_TOLD) return;
    const details = this.#place();
    const message = `the key ${JSON.stringify(key)} stands twice, the second time ${formatPlace(details)}`;
    this.#twice.push({ path: jsonPointer([...this.#path, key]), code: 'BAD_JSON', message, details });
  }

  #array(depth: number): JsonValue {
    this.#enter(depth);
    const array: JsonValue[] = [];
    if (this.#accept(']')) return array;
    do {
      this.#path.push(array.length);
      array.push(this.#value(depth));
      this.#path.pop();
    } while (this.#accept(','));
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

  #number(): number | string {
    if (this.#options.otherNumbers === 'as-text') return this.#numberOrText();
    const token = this.#token(INTEGER, 'a value (numbers are integers; quantities are decimal strings)');
    const value = Number(token);
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw this.#fault(`${token} is not a safe integer`);
    return value;
  }

  #numberOrText(): number | string {
    const token = this.#token(ANY_NUMBER, 'a value');
    const value = Number(token);
    return Number.isSafeInteger(value) && String(value) === token ? value : token;
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
    const { maxDepth } = this.#options;
    if (depth > maxDepth) throw this.#fault(`deeper than ${String(maxDepth)} levels`);
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

  #place(): Place {
    const before = this.#text.slice(0, this.#at);
    const lineStart = before.lastIndexOf('\n') + 1;
    return { offset: this.#at, line: before.split('\n').length, column: this.#at - lineStart + 1 };
  }

  #fault(reason: string): LedgerError {
    const details = this.#place();
    const message = `${reason}, ${formatPlace(details)}`;
    const faults: Fault[] = [{ path: jsonPointer(this.#path), code: 'BAD_JSON', message, details }];
    return new LedgerError('BAD_JSON', `Not strict JSON: ${message}.`, { details, faults });
  }
}
