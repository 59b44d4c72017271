import { LedgerError } from '../errors';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUE_OF_CODE: readonly number[] = Array.from({ length: 128 }, (_, code) =>
  ALPHABET.indexOf(String.fromCharCode(code)),
);

const CODE_OF_VALUE = Uint8Array.from(ALPHABET, (digit) => digit.charCodeAt(0));
const PADDING = '='.charCodeAt(0);
const decoder = new TextDecoder();

/** Standard base64 with padding (RFC 4648 section 4): written as bytes, for digit added to digit would leave a chain of hundreds. */
export function toBase64(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  for (let i = 0, at = 0; i < bytes.length; i += 3, at += 4) {
    const group = (byteAt(bytes, i) << 16) | (byteAt(bytes, i + 1) << 8) | byteAt(bytes, i + 2);
    codes[at] = codeOf(group >> 18);
    codes[at + 1] = codeOf(group >> 12);
    codes[at + 2] = codeOf(group >> 6);
    codes[at + 3] = codeOf(group);
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  return decoder.decode(codes.fill(PADDING, codes.length - missing));
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

function codeOf(bits: number): number {
  return CODE_OF_VALUE[bits & 63] ?? 0;
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
