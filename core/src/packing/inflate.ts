import { LedgerError } from '../errors';
import { BitReader } from './bit-reader';
import { prefixCode, readSymbol, type PrefixCode } from './prefix-code';

/*
 * DEFLATE (RFC 1951), read as strictly as zlib reads it: a damaged file must be refused by every verifier or by none, and
 * libraries differ in what they let pass (words that are reserved, codes with too many or too few words).
 */

const END_OF_BLOCK = 256;
/** Least length of a match and further bits, from symbol 257 on (section 3.2.5). */
const LENGTHS: readonly (readonly [base: number, bits: number])[] = [
  ...steps(3, [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5]),
  [258, 0],
];
/** Least distance and further bits; symbols 30 and 31 are reserved. */
const DISTANCES = steps(
  1,
  [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13],
);
/** In this order stand the lengths of the code for code lengths (section 3.2.7). */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const MOST_LENGTH_SYMBOLS = 286;
const MOST_DISTANCE_SYMBOLS = 30;
const NOTHING = new Uint8Array(0);
const WINDOW_BYTES = 32_768;
/** Room to begin with; doubled as long as it takes. */
const FIRST_BYTES = 4096;

interface BlockCodes {
  readonly lengths: PrefixCode;
  readonly distances: PrefixCode;
}

const FIXED: BlockCodes = {
  lengths: codeOf(Uint8Array.from({ length: 288 }, (_, at) => (at < 144 ? 8 : at < 256 ? 9 : at < 280 ? 7 : 8))),
  distances: codeOf(new Uint8Array(32).fill(5)),
};

/**
 * Inflates DEFLATE data, whole and with nothing behind them, and stops where they become longer than allowed: what is small
 * and would unpack without end costs no more than what is long.
 * @throws LedgerError PROOF_OVERSIZED; PROOF_MALFORMED for what is cut short, no DEFLATE data, or more than that
 */
export function inflateWithin(data: Uint8Array, maxBytes: number, dictionary: Uint8Array = NOTHING): Uint8Array {
  const bits = new BitReader(data);
  const output = new Output(maxBytes, dictionary);
  for (let isLast = false; !isLast;) {
    isLast = bits.take(1) === 1;
    readBlock(bits, output, bits.take(2));
  }
  if (!bits.isAtEnd) throw notDeflate('there is more behind its end');
  return output.content();
}

/** What was inflated so far, behind the dictionary that matches may reach back to. */
class Output {
  readonly #from: number;
  readonly #most: number;
  #bytes: Uint8Array;
  #length: number;

  constructor(maxBytes: number, dictionary: Uint8Array) {
    this.#from = dictionary.length;
    this.#most = maxBytes + dictionary.length;
    this.#bytes = new Uint8Array(Math.min(dictionary.length + FIRST_BYTES, this.#most));
    this.#bytes.set(dictionary);
    this.#length = dictionary.length;
  }

  put(byte: number): void {
    if (this.#length === this.#bytes.length) this.#grow();
    this.#bytes[this.#length++] = byte;
  }

  copy(length: number, distance: number): void {
    if (distance > Math.min(this.#length, WINDOW_BYTES)) throw notDeflate('a match begins before the content');
    for (let left = length; left > 0; left--) this.put(this.#bytes[this.#length - distance] ?? 0);
  }

  content(): Uint8Array {
    return this.#bytes.slice(this.#from, this.#length);
  }

  #grow(): void {
    if (this.#length >= this.#most) throw new LedgerError('PROOF_OVERSIZED');
    const larger = new Uint8Array(Math.min(this.#length * 2, this.#most));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

function readBlock(bits: BitReader, output: Output, type: number): void {
  if (type === 0) readStored(bits, output);
  else if (type === 1) readCoded(bits, output, FIXED);
  else if (type === 2) readCoded(bits, output, readCodes(bits));
  else throw notDeflate('a block is of no known type');
}

function readStored(bits: BitReader, output: Output): void {
  bits.toByte();
  const length = bits.take(16);
  if ((length ^ bits.take(16)) !== 0xffff) throw notDeflate('the length of a block is damaged');
  for (let left = length; left > 0; left--) output.put(bits.take(8));
}

function readCoded(bits: BitReader, output: Output, { lengths, distances }: BlockCodes): void {
  for (;;) {
    const symbol = read(lengths, bits);
    if (symbol === END_OF_BLOCK) return;
    if (symbol < END_OF_BLOCK) output.put(symbol);
    else
      output.copy(extended(LENGTHS, symbol - END_OF_BLOCK - 1, bits), extended(DISTANCES, read(distances, bits), bits));
  }
}

/** The codes of a block, as lengths that are themselves coded (section 3.2.7). */
function readCodes(bits: BitReader): BlockCodes {
  const [forLengths, forDistances, given] = [bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4];
  if (forLengths > MOST_LENGTH_SYMBOLS || forDistances > MOST_DISTANCE_SYMBOLS)
    throw notDeflate('a block has too many symbols');
  const own = new Uint8Array(LENGTH_ORDER.length);
  for (const symbol of LENGTH_ORDER.slice(0, given)) own[symbol] = bits.take(3);
  const lengths = readLengths(bits, codeOf(own, true), forLengths + forDistances);
  if (lengths[END_OF_BLOCK] === 0) throw notDeflate('a block cannot end');
  return { lengths: codeOf(lengths.subarray(0, forLengths)), distances: codeOf(lengths.subarray(forLengths)) };
}

function readLengths(bits: BitReader, code: PrefixCode, count: number): Uint8Array {
  const lengths = new Uint8Array(count);
  for (let at = 0; at < count;) {
    const symbol = read(code, bits);
    const [value, times] = symbol < 16 ? [symbol, 1] : repeated(symbol, bits, lengths[at - 1]);
    if (at + times > count) throw notDeflate('a block has too many symbols');
    lengths.fill(value, at, at + times);
    at += times;
  }
  return lengths;
}

function repeated(symbol: number, bits: BitReader, previous: number | undefined): [value: number, times: number] {
  if (symbol === 17) return [0, 3 + bits.take(3)];
  if (symbol === 18) return [0, 11 + bits.take(7)];
  if (previous === undefined) throw notDeflate('the first length of a code is to be repeated');
  return [previous, 3 + bits.take(2)];
}

function read(code: PrefixCode, bits: BitReader): number {
  const symbol = readSymbol(code, bits);
  if (symbol === undefined) throw notDeflate('it holds a word that its code does not use');
  return symbol;
}

function extended(table: typeof LENGTHS, symbol: number, bits: BitReader): number {
  const entry = table[symbol];
  if (entry === undefined) throw notDeflate('it holds a symbol that is reserved');
  const [base, more] = entry;
  return base + bits.take(more);
}

function codeOf(lengths: Uint8Array, mustBeWhole = false): PrefixCode {
  const code = prefixCode(lengths, mustBeWhole);
  if (code === undefined) throw notDeflate('the lengths of its words make no code');
  return code;
}

/** What values begin with, where each symbol has so many further bits. */
function steps(first: number, bits: readonly number[]): (readonly [base: number, bits: number])[] {
  let base = first;
  return bits.map((more) => {
    const entry = [base, more] as const;
    base += 2 ** more;
    return entry;
  });
}

function notDeflate(reason: string): LedgerError {
  return new LedgerError('PROOF_MALFORMED', `The file cannot be unpacked: ${reason}.`);
}
