import type { BitReader } from './bit-reader';

/** Longest code word (RFC 1951, section 3.2.7). */
const MOST_BITS = 15;

/** A canonical prefix code of RFC 1951, section 3.2.2: how many words there are of each length, and the symbols in their order. */
export interface PrefixCode {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

/**
 * The code in which symbol n has a word of `lengths[n]` bits, 0 for none. A code may leave words unused only where it has one
 * word of one bit, or none at all (RFC 1951, section 3.2.7); `mustBeWhole` refuses these too.
 * @returns undefined for lengths that give no such code
 */
export function prefixCode(lengths: Uint8Array, mustBeWhole = false): PrefixCode | undefined {
  const counts = new Uint16Array(MOST_BITS + 1);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  const unused = unusedWords(counts);
  const isCode = unused === 0 || (unused > 0 && !mustBeWhole && isLeast(lengths));
  return isCode ? { counts, symbols: inOrder(lengths, counts) } : undefined;
}

/** One word of one bit, or none at all. */
function isLeast(lengths: Uint8Array): boolean {
  return lengths.every((length) => length <= 1);
}

/** Words of the longest length that no symbol has; negative where there are more symbols than words. */
function unusedWords(counts: Uint16Array): number {
  let left = 1;
  for (let bits = 1; bits <= MOST_BITS; bits++) {
    left = left * 2 - (counts[bits] ?? 0);
    if (left < 0) return left;
  }
  return left;
}

function inOrder(lengths: Uint8Array, counts: Uint16Array): Uint16Array {
  const next = new Uint16Array(MOST_BITS + 2);
  for (let bits = 1; bits <= MOST_BITS; bits++) next[bits + 1] = (next[bits] ?? 0) + (counts[bits] ?? 0);
  const symbols = new Uint16Array(next[MOST_BITS + 1] ?? 0);
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    const at = next[length] ?? 0;
    symbols[at] = symbol;
    next[length] = at + 1;
  }
  return symbols;
}

/** Reads one word, bit by bit. @returns undefined for a word that the code does not use */
export function readSymbol({ counts, symbols }: PrefixCode, bits: BitReader): number | undefined {
  let word = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length <= MOST_BITS; length++) {
    word |= bits.bit();
    const count = counts[length] ?? 0;
    if (word - first < count) return symbols[index + word - first];
    index += count;
    first = (first + count) * 2;
    word *= 2;
  }
  return undefined;
}
