import { LedgerError } from '../errors';

const HEX_OF_BYTE: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case hex, two digits a byte, no prefix. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX_OF_BYTE[byte] ?? '';
  return text;
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
