import { isLedgerError, LedgerError, MAX_DEPTH, parseStrict, type JsonValue } from '@carbon-ledger/core';
import type { Pacer } from './pacer';
import { closingQuote, piecesOf, type Piece, type Range } from './pieces';

/** Bytes that are read in one piece: about 1 ms, or 15 where white space and escapes keep the native parser away. */
const SLICE_BYTES = 32 * 1024;
/** Levels at which something larger than a slice may stand; no route takes more than five. */
const MOST_LEVELS = 8;
/** Members of one object; schemas would list those that they do not know. */
const MOST_MEMBERS = 10_000;

const BRACKETS: Readonly<Record<number, number>> = { 0x5b: 0x5d, 0x7b: 0x7d };
const LIST = 0x5b;
const SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * Reads strict JSON of any size in slices, between which the event loop turns: the same value, or an error with the same
 * code, as core's `parseStrict` gives at once.
 * @throws LedgerError BAD_JSON, BAD_ENCODING, TOO_LARGE (an object of very many members)
 */
export function parseInSlices(bytes: Uint8Array, pacer: Pacer, sliceBytes = SLICE_BYTES): Promise<JsonValue> {
  return new SlicedReader(bytes, pacer, sliceBytes).value({ from: 0, to: bytes.length }, 0);
}

class SlicedReader {
  readonly #bytes: Uint8Array;
  readonly #pacer: Pacer;
  readonly #sliceBytes: number;

  constructor(bytes: Uint8Array, pacer: Pacer, sliceBytes: number) {
    this.#bytes = bytes;
    this.#pacer = pacer;
    this.#sliceBytes = sliceBytes;
  }

  async value(range: Range, level: number): Promise<JsonValue> {
    const { from, to } = this.#trimmed(range);
    const opening = this.#bytes[from] ?? 0;
    const closing = BRACKETS[opening];
    if (to - from <= this.#sliceBytes || closing === undefined) return this.#parse(from, to, level);
    if (level === MOST_LEVELS) throw fault('nested too deep for its size', from);
    if (this.#bytes[to - 1] !== closing) throw fault('a bracket is not closed', to - 1);
    const inside = { from: from + 1, to: to - 1 };
    return opening === LIST ? this.#list(inside, level + 1) : this.#object(inside, level + 1);
  }

  async #list(inside: Range, level: number): Promise<JsonValue> {
    const items: JsonValue[] = [];
    for await (const piece of this.#pieces(inside)) {
      if (piece.isSingle) items.push(await this.value(piece, level));
      else for (const item of (await this.#group(piece, '[', ']', level)) as readonly JsonValue[]) items.push(item);
    }
    return items;
  }

  async #object(inside: Range, level: number): Promise<JsonValue> {
    const object: Record<string, JsonValue> = {};
    let count = 0;
    for await (const piece of this.#pieces(inside)) {
      const members = piece.isSingle
        ? await this.#member(piece, level)
        : ((await this.#group(piece, '{', '}', level)) as Readonly<Record<string, JsonValue>>);
      for (const [key, member] of Object.entries(members)) {
        if (Object.hasOwn(object, key)) throw fault(`the key ${JSON.stringify(key)} stands twice`, piece.from);
        object[key] = member;
        count += 1;
      }
      if (count > MOST_MEMBERS)
        throw new LedgerError('TOO_LARGE', `An object may have ${String(MOST_MEMBERS)} members here.`);
    }
    return object;
  }

  /** One large member of an object. */
  async #member(piece: Range, level: number): Promise<Readonly<Record<string, JsonValue>>> {
    const { from, to } = this.#trimmed(piece);
    const end = closingQuote(this.#bytes, from, to) + 1;
    const key = parse(this.#bytes.subarray(from, end), from, MAX_DEPTH);
    const colon = this.#trimmed({ from: end, to }).from;
    if (typeof key !== 'string' || key === '__proto__' || this.#bytes[colon] !== 0x3a)
      throw fault('the key of a member is missing or not allowed', from);
    return { [key]: await this.value({ from: colon + 1, to }, level) };
  }

  async *#pieces(inside: Range): AsyncGenerator<Piece> {
    for (const piece of piecesOf(this.#bytes, inside, this.#sliceBytes)) {
      if (piece === undefined) await this.#pacer.turn();
      else {
        const isBlank = this.#isBlank(piece);
        // Beside a comma there are members; only what holds nothing at all may be blank.
        if (isBlank && piece.from === inside.from && piece.to === inside.to) return;
        if (isBlank) throw fault('a value is missing beside a comma', piece.from);
        yield piece;
      }
    }
  }

  async #group({ from, to }: Range, opening: string, closing: string, level: number): Promise<JsonValue> {
    await this.#pacer.turn();
    const text = Buffer.concat([Buffer.from(opening), this.#bytes.subarray(from, to), Buffer.from(closing)]);
    return parse(text, from - 1, MAX_DEPTH - level + 1);
  }

  async #parse(from: number, to: number, level: number): Promise<JsonValue> {
    await this.#pacer.turn();
    return parse(this.#bytes.subarray(from, to), from, MAX_DEPTH - level);
  }

  #isBlank(range: Range): boolean {
    const { from, to } = this.#trimmed(range);
    return from >= to;
  }

  #trimmed({ from, to }: Range): Range {
    let [first, end] = [from, to];
    while (first < end && SPACE.has(this.#bytes[first] ?? 0)) first += 1;
    while (end > first && SPACE.has(this.#bytes[end - 1] ?? 0)) end -= 1;
    return { from: first, to: end };
  }
}

/** What is wrong in a slice is told with the place where the slice begins. */
function parse(bytes: Uint8Array, base: number, maxDepth: number): JsonValue {
  try {
    return parseStrict(bytes, { maxBytes: bytes.length, maxDepth });
  } catch (error) {
    if (!isLedgerError(error) || error.code !== 'BAD_JSON') throw error;
    const offset = base + Number(error.details['offset'] ?? 0);
    const reason = error.message.replace(/, at character \d+\.$/, '');
    throw new LedgerError('BAD_JSON', `${reason}, near byte ${String(offset)}.`, { details: { offset } });
  }
}

function fault(reason: string, offset: number): LedgerError {
  return new LedgerError('BAD_JSON', `Not strict JSON: ${reason}, near byte ${String(offset)}.`, {
    details: { offset },
  });
}
