import { LedgerError } from '../errors';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** True when the string is well-formed UTF-16 and so has a UTF-8 form. */
export function isWellFormed(text: string): boolean {
  return text.isWellFormed();
}

/**
 * UTF-8 bytes of a string.
 * @throws LedgerError BAD_ENCODING on a lone surrogate: TextEncoder would replace it, and two texts would share one hash.
 */
export function utf8Encode(text: string): Uint8Array {
  assertWellFormed(text);
  return encoder.encode(text);
}

function assertWellFormed(text: string): void {
  if (!isWellFormed(text)) throw new LedgerError('BAD_ENCODING', 'The text holds a lone surrogate.');
}

/**
 * Writes a string's UTF-8 bytes into `target` and gives their number; undefined when they do not fit.
 * @throws LedgerError BAD_ENCODING on a lone surrogate, as {@link utf8Encode}
 */
export function utf8EncodeInto(text: string, target: Uint8Array): number | undefined {
  assertWellFormed(text);
  const { read, written } = encoder.encodeInto(text, target);
  return read === text.length ? written : undefined;
}

/**
 * Reads UTF-8 strictly; a byte order mark stays in the text.
 * @throws LedgerError BAD_ENCODING
 */
export function utf8Decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new LedgerError('BAD_ENCODING', 'The bytes are not valid UTF-8.', { cause });
  }
}
