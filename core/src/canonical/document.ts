import { decodeText, type TextEncoding } from '../bytes';
import { LedgerError } from '../errors';
import { MAX_DEPTH, type JsonValue } from './canonicalize';
import { assertSize, type ParseLimits } from './parse';
import { StrictParser } from './strict-parser';

export interface DocumentOptions extends ParseLimits {
  /** UTF-8 unless said otherwise; never guessed. */
  readonly encoding?: TextEncoding;
}

/** A plant-year of a hundred units with daily rows of every month is about 8 MB. */
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

/** What stands where an earlier conversion lost a letter, as itself and as an escape. */
const LOST_LETTER = /\ufffd|\\u[fF]{3}[dD]/;

function assertNothingLost(text: string): void {
  const at = text.search(LOST_LETTER);
  if (at < 0) return;
  const line = text.slice(0, at).split('\n').length;
  const message = `line ${String(line)} holds U+FFFD, which stands for letters that an earlier conversion lost`;
  throw new LedgerError('BAD_ENCODING', message, { details: { line, offset: at } });
}

/**
 * Reads a JSON file that a person or another program wrote: one reading only (no key twice, nothing behind the value, no
 * lone surrogates), a byte order mark is allowed. Numbers that are no safe integers come as the text that stands there.
 * @throws LedgerError TOO_LARGE, BAD_ENCODING (other bytes than the encoding's, or letters lost before), BAD_JSON with
 *   line, column and JSON pointer
 */
export function parseDocument(bytes: Uint8Array, options: DocumentOptions = {}): JsonValue {
  assertSize(bytes, options.maxBytes ?? DEFAULT_MAX_BYTES);
  const text = decodeText(bytes, options.encoding ?? 'utf-8');
  assertNothingLost(text);
  const maxDepth = Math.min(options.maxDepth ?? MAX_DEPTH, MAX_DEPTH);
  return new StrictParser(text, { maxDepth, otherNumbers: 'as-text' }).parse();
}
