import { LedgerError } from '../errors';

/** Encodings in which files of this market come. GB18030 (GB 18030-2022) contains GBK and GB 2312. */
export const textEncodings = ['utf-8', 'gb18030'] as const;
export type TextEncoding = (typeof textEncodings)[number];

function decode(bytes: Uint8Array, encoding: TextEncoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Line (from 1) of the first bytes that are not of the encoding; no letter of either encoding contains a line feed. */
function firstBadLine(bytes: Uint8Array, encoding: TextEncoding): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    if (decode(bytes.subarray(start, end), encoding) === undefined) return line;
    start = end;
  }
  return line;
}

function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function badEncoding(message: string, details: Readonly<Record<string, unknown>>): LedgerError {
  return new LedgerError('BAD_ENCODING', message, { details });
}

function hasLetterBeyondAscii(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte > 0x7f);
}

function notUtf8(bytes: Uint8Array): LedgerError {
  const line = firstBadLine(bytes, 'utf-8');
  if (isUtf16(bytes)) return badEncoding('the text is UTF-16, not UTF-8', { line: 1, looksLike: 'utf-16' });
  const isGb = decode(bytes, 'gb18030') !== undefined;
  const hint = isGb ? '; it can be read as GB18030 (GBK), where that is asked for' : '';
  return badEncoding(`line ${String(line)} is not UTF-8${hint}`, { line, ...(isGb ? { looksLike: 'gb18030' } : {}) });
}

/**
 * Text of bytes in exactly the encoding that is asked for; a byte order mark of it is taken away. Nothing is replaced.
 * Almost any bytes can be read as GB18030, so text that is UTF-8 already is not: it would become other letters.
 * @throws LedgerError BAD_ENCODING with the line
 */
export function decodeText(bytes: Uint8Array, encoding: TextEncoding): string {
  const text = decode(bytes, encoding);
  if (encoding === 'utf-8') {
    if (text === undefined) throw notUtf8(bytes);
    return text;
  }
  if (hasLetterBeyondAscii(bytes) && decode(bytes, 'utf-8') !== undefined) {
    throw badEncoding('the text is UTF-8, not GB18030', { line: 1, looksLike: 'utf-8' });
  }
  if (text !== undefined) return text;
  const line = firstBadLine(bytes, encoding);
  throw badEncoding(`line ${String(line)} is not GB18030`, { line });
}
