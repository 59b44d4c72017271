/** Bytes from `from` up to, but not including, `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Members of a list or object that stand side by side: many small ones, or a single large one. */
export interface Piece extends Range {
  readonly isSingle: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/**
 * Cuts what stands between the brackets of a list or object into pieces of whole members. Looks at nothing but quotes,
 * commas and brackets: whether a piece is JSON is for who reads it. Gives undefined wherever `sliceBytes` were looked at.
 */
export function* piecesOf(bytes: Uint8Array, within: Range, sliceBytes: number): Generator<Piece | undefined> {
  let group = within.from;
  let member = within.from;
  for (const end of memberEnds(bytes, within, sliceBytes)) {
    if (end === undefined) {
      yield undefined;
      continue;
    }
    if (end - member > sliceBytes) {
      if (member > group) yield { from: group, to: member - 1, isSingle: false };
      yield { from: member, to: end, isSingle: true };
      group = end + 1;
    } else if (end === within.to || end - group >= sliceBytes) {
      yield { from: group, to: end, isSingle: false };
      group = end + 1;
    }
    member = end + 1;
  }
}

/** Where members end: at commas that no bracket inside holds, and at the end. */
function* memberEnds(bytes: Uint8Array, { from, to }: Range, sliceBytes: number): Generator<number | undefined> {
  let depth = 0;
  let pause = from + sliceBytes;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) at = closingQuote(bytes, at, to);
    else if (byte === COMMA && depth === 0) yield at;
    else depth += depthChange(byte);
    if (at < pause) continue;
    yield undefined;
    pause = at + sliceBytes;
  }
  yield to;
}

function depthChange(byte: number): number {
  if (OPENING.has(byte)) return 1;
  return CLOSING.has(byte) ? -1 : 0;
}

/** The quote that ends the string which begins at `from`, or the end. */
export function closingQuote(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from + 1; at < to; at += 1) {
    if (bytes[at] === BACKSLASH) at += 1;
    else if (bytes[at] === QUOTE) return at;
  }
  return to;
}
