import { utf8Decode, utf8Encode } from '../bytes';
import { LedgerError } from '../errors';
import { canonicalize, MAX_DEPTH, type JsonValue } from './canonicalize';
import { StrictParser } from './strict-parser';

export interface ParseLimits {
  /** Longest input in UTF-8 bytes; default 16 MiB. */
  readonly maxBytes?: number;
  /** Deepest nesting; default and most {@link MAX_DEPTH}. */
  readonly maxDepth?: number;
}

const DEFAULT_MAX_BYTES = 16 * 1024 * 1024;

/**
 * Reads JSON (RFC 8259) that has one reading only: no duplicate keys, no text behind the value, no lone surrogates,
 * no `__proto__`, numbers are safe integers written as such.
 * @throws LedgerError TOO_LARGE, BAD_ENCODING (bytes that are not UTF-8), BAD_JSON
 */
export function parseStrict(input: string | Uint8Array, limits: ParseLimits = {}): JsonValue {
  const text = readText(input, limits);
  return parseNatively(text, limits) ?? parseSlowly(text, limits);
}

/**
 * Reads JSON that must already be in canonical form (RFC 8785): the bytes are the only ones for this value.
 * @throws LedgerError as {@link parseStrict}, and NOT_CANONICAL
 */
export function parseCanonical(input: string | Uint8Array, limits: ParseLimits = {}): JsonValue {
  const text = readText(input, limits);
  const value = parseIfCanonical(text, limits);
  if (value !== undefined) return value;
  parseSlowly(text, limits); // says where the text is no strict JSON at all
  throw new LedgerError('NOT_CANONICAL');
}

function readText(input: string | Uint8Array, limits: ParseLimits): string {
  assertSize(input, limits.maxBytes ?? DEFAULT_MAX_BYTES);
  return typeof input === 'string' ? input : utf8Decode(input);
}

function parseSlowly(text: string, limits: ParseLimits): JsonValue {
  const maxDepth = Math.min(limits.maxDepth ?? MAX_DEPTH, MAX_DEPTH);
  return new StrictParser(text, { maxDepth, otherNumbers: 'refused' }).parse();
}

/** What reads back to the same text although it is not strict: an escaped lone surrogate, and a name that engines bend. */
const NEVER_NATIVE = /\\ud|"__proto__"/;

/**
 * The native parser is many times faster, and where its value is written back to the very same text, there was no
 * duplicate key, no white space, no second spelling in it. Everything else takes the strict parser.
 */
function parseNatively(text: string, limits: ParseLimits): JsonValue | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    if (JSON.stringify(value) !== text || NEVER_NATIVE.test(text)) return undefined;
    return isWithin(value, Math.min(limits.maxDepth ?? MAX_DEPTH, MAX_DEPTH)) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Not nested deeper, and every number a safe integer. */
function isWithin(value: JsonValue, depth: number): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth <= 0) return false;
  for (const member of Array.isArray(value) ? (value as readonly JsonValue[]) : Object.values<JsonValue>(value)) {
    if (!isWithin(member, depth - 1)) return false;
  }
  return true;
}

/** A value whose canonical form is the very same text has been read rightly. */
function parseIfCanonical(text: string, limits: ParseLimits): JsonValue | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return canonicalize(value, limits.maxDepth) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

export function assertSize(input: string | Uint8Array, maxBytes: number): void {
  // A UTF-16 unit takes at most three bytes, so most texts need no second look.
  const within =
    typeof input === 'string'
      ? input.length * 3 <= maxBytes || byteLength(input) <= maxBytes
      : input.length <= maxBytes;
  if (!within) throw new LedgerError('TOO_LARGE', `Larger than ${String(maxBytes)} bytes.`, { details: { maxBytes } });
}

function byteLength(text: string): number {
  return utf8Encode(text).length;
}
