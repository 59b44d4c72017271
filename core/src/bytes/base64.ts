import { LedgerError } from '../errors';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUE_OF_CODE: readonly number[] = Array.from({ length: 128 }, (_, code) =>
  ALPHABET.indexOf(String.fromCharCode(code)),
);

/** Standard base64 with padding (RFC 4648 section 4). */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (byteAt(bytes, i) << 16) | (byteAt(bytes, i + 1) << 8) | byteAt(bytes, i + 2);
    text += digit(group >> 18) + digit(group >> 12) + digit(group >> 6) + digit(group);
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  return missing === 0 ? text : text.slice(0, -missing) + '='.repeat(missing);
}

/**
 * Reads standard base64, canonical form only: padded, no line breaks, unused bits zero (RFC 4648 section 3.5),
 * so that nobody can alter a text without altering what it says.
 * @throws LedgerError BAD_ENCODING
 */
export function fromBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0) throw new LedgerError('BAD_ENCODING', 'Base64 is not padded to four characters.');
  const padding = text.endsWith('==') ? 2 : Number(text.endsWith('='));
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const digits = text.length - padding;
  for (let i = 0, at = 0; i < text.length; i += 4, at += 3) writeGroup(text, i, digits, bytes, at);
  return bytes;
}

function writeGroup(text: string, start: number, digits: number, bytes: Uint8Array, at: number): void {
  let group = 0;
  for (let i = start; i < start + 4; i++) group = (group << 6) | (i < digits ? valueAt(text, i) : 0);
  const unused = at + 3 - bytes.length;
  if (unused > 0 && (group & ((1 << (8 * unused)) - 1)) !== 0) {
    throw new LedgerError('BAD_ENCODING', 'Base64 has bits set that belong to no byte.');
  }
  // A typed array ignores writes behind its end.
  bytes[at] = group >> 16;
  bytes[at + 1] = group >> 8;
  bytes[at + 2] = group;
}

function valueAt(text: string, index: number): number {
  const value = VALUE_OF_CODE[text.charCodeAt(index)] ?? -1;
  if (value < 0) throw new LedgerError('BAD_ENCODING', 'Base64 holds a character outside its alphabet.');
  return value;
}

function digit(bits: number): string {
  return ALPHABET.charAt(bits & 63);
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
