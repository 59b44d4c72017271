import { concat } from '../bytes';
import { invalid } from './fault';

/** A value of Recursive Length Prefix encoding (Ethereum yellow paper, appendix B): bytes, or a list of values. */
export type Rlp = Uint8Array | readonly Rlp[];

/** Deepest nesting that is read: block headers are flat, and nodes of tries hold nodes at most once. */
const MAX_DEPTH = 4;

/**
 * Reads exactly one value, in its one canonical encoding.
 * @throws LedgerError ANCHOR_INVALID
 */
export function decodeRlp(bytes: Uint8Array): Rlp {
  const { value, end } = readValue(bytes, 0, 0);
  if (end !== bytes.length) throw invalid('there are bytes behind a value');
  return value;
}

export function encodeRlp(value: Rlp): Uint8Array {
  if (value instanceof Uint8Array) {
    const [first = 0x80] = value;
    return value.length === 1 && first < 0x80 ? value : concat(header(0x80, value.length), value);
  }
  const content = concat(...value.map(encodeRlp));
  return concat(header(0xc0, content.length), content);
}

/** Big-endian without leading zeros; zero has no bytes. */
export function rlpInteger(value: bigint): Uint8Array {
  const bytes: number[] = [];
  for (let left = value; left > 0n; left >>= 8n) bytes.unshift(Number(left & 0xffn));
  return Uint8Array.from(bytes);
}

interface Read {
  readonly value: Rlp;
  readonly end: number;
}

function readValue(bytes: Uint8Array, at: number, depth: number): Read {
  const first = bytes[at];
  if (first === undefined || depth > MAX_DEPTH) throw invalid('a value is cut off or too deep');
  if (first < 0x80) return { value: bytes.subarray(at, at + 1), end: at + 1 };
  const isList = first >= 0xc0;
  const { from, end } = readExtent(bytes, at, first - (isList ? 0xc0 : 0x80));
  const content = bytes.subarray(from, end);
  if (isList) return { value: readList(content, depth + 1), end };
  if (content.length === 1 && (content[0] ?? 0) < 0x80) throw invalid('a byte is not in its shortest form');
  return { value: content, end };
}

function readList(content: Uint8Array, depth: number): Rlp[] {
  const values: Rlp[] = [];
  for (let at = 0; at < content.length;) {
    const { value, end } = readValue(content, at, depth);
    values.push(value);
    at = end;
  }
  return values;
}

/** Up to 55 bytes the length stands in the prefix; above, it follows in as few bytes as possible. */
function readExtent(bytes: Uint8Array, at: number, short: number): { from: number; end: number } {
  const count = Math.max(0, short - 55);
  const from = at + 1 + count;
  const digits = bytes.subarray(at + 1, from);
  const length = count === 0 ? short : digits.reduce((sum, byte) => sum * 256 + byte, 0);
  const padded = count > 0 && (digits[0] === 0 || length < 56);
  if (count > 3 || padded || from + length > bytes.length)
    throw invalid('a length is wrong or not in its shortest form');
  return { from, end: from + length };
}

function header(base: number, length: number): Uint8Array {
  if (length < 56) return Uint8Array.of(base + length);
  const digits = rlpInteger(BigInt(length));
  return concat(Uint8Array.of(base + 55 + digits.length), digits);
}
