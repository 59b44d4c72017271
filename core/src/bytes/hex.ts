import { LedgerError } from '../errors';

const HEX_OF_BYTE: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Character codes of a hash's digits: one flat string is made of them, where adding up would leave a chain of thirty. */
const codes = new Array<number>(64).fill(0);
const HASH_BYTES = codes.length / 2;

/** Lower-case hex, two digits a byte, no prefix. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  let at = 0;
  for (; at + HASH_BYTES <= bytes.length; at += HASH_BYTES) text += hexOfHash(bytes, at);
  for (; at < bytes.length; at++) text += HEX_OF_BYTE[bytes[at] ?? 0] ?? '';
  return text;
}

function hexOfHash(bytes: Uint8Array, from: number): string {
  for (let i = 0; i < HASH_BYTES; i++) {
    const byte = bytes[from + i] ?? 0;
    codes[2 * i] = digit(byte >> 4);
    codes[2 * i + 1] = digit(byte & 15);
  }
  return String.fromCharCode(...codes);
}

function digit(value: number): number {
  return value < 10 ? 48 + value : 87 + value;
}

/**
 * Reads lower-case hex without prefix. Upper case is refused: one value has one spelling.
 * @throws LedgerError BAD_ENCODING
 */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0) throw new LedgerError('BAD_ENCODING', 'Hex has an odd number of digits.');
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = (nibble(text.charCodeAt(2 * i)) << 4) | nibble(text.charCodeAt(2 * i + 1));
  }
  return bytes;
}

function nibble(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  throw new LedgerError('BAD_ENCODING', 'Hex may hold only 0-9 and a-f.');
}

/** True for exactly `byteLength` bytes of lower-case hex. */
export function isHex(text: string, byteLength: number): boolean {
  return text.length === 2 * byteLength && /^[0-9a-f]*$/.test(text);
}
