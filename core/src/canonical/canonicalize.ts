import { isWellFormed, utf8Encode } from '../bytes';
import { LedgerError } from '../errors';

/** Deeper values are refused, in and out: no format here needs more, and a parser must not be made to overflow. */
export const MAX_DEPTH = 64;

/** What canonical JSON can say. Quantities are decimal strings, so a number is a safe integer. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;

/**
 * Canonical JSON (RFC 8785): keys in order of UTF-16 code units, shortest escapes, no white space.
 * Stricter than the RFC: what JSON.stringify would drop or bend is refused.
 * @throws LedgerError NOT_CANONICAL on undefined, functions, symbols, bigint, numbers that are not safe integers,
 *   lone surrogates, objects with a class, the key `__proto__`, and depth over `maxDepth` (at most {@link MAX_DEPTH})
 */
export function canonicalize(value: unknown, maxDepth = MAX_DEPTH): string {
  return write(value, Math.min(maxDepth, MAX_DEPTH));
}

/** UTF-8 bytes of {@link canonicalize}: what is hashed and signed. */
export function canonicalBytes(value: unknown): Uint8Array {
  return utf8Encode(canonicalize(value));
}

/** @param depth how many levels may still open below this one */
function write(value: unknown, depth: number): string {
  if (typeof value === 'string') return writeString(value);
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value === null) return 'null';
  if (typeof value !== 'object') throw refusal(`a ${typeof value} has no JSON form`);
  if (depth <= 0) throw refusal('nested too deep, or circular');
  return Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
}

function writeNumber(value: number): string {
  if (!Number.isSafeInteger(value)) throw refusal(`${String(value)} is not a safe integer; write it as decimal string`);
  return String(value);
}

function writeString(value: string): string {
  if (!NEEDS_ESCAPE.test(value)) return `"${value}"`;
  if (!isWellFormed(value)) throw refusal('a string holds a lone surrogate');
  return JSON.stringify(value);
}

function writeArray(values: readonly unknown[], depth: number): string {
  let text = '[';
  // By index, so that a hole is met as undefined and refused.
  for (let i = 0; i < values.length; i++) text += (i === 0 ? '' : ',') + write(values[i], depth - 1);
  return text + ']';
}

function writeObject(value: object, depth: number): string {
  assertPlain(value);
  const members = value as Readonly<Record<string, unknown>>;
  let text = '{';
  for (const key of sortedKeys(members)) {
    if (key === '__proto__') throw refusal('the key __proto__ is not allowed');
    text += (text.length === 1 ? '' : ',') + writeString(key) + ':' + write(members[key], depth - 1);
  }
  return text + '}';
}

/** What was read from canonical text has its keys in order already. */
function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  for (let i = 1; i < keys.length; i++) if ((keys[i - 1] ?? '') > (keys[i] ?? '')) return keys.sort();
  return keys;
}

/** A plain object's prototype is null or has none itself; this also holds for objects made in another realm. */
function assertPlain(value: object): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw refusal('only plain objects have a form');
  if (Object.getOwnPropertySymbols(value).length > 0) throw refusal('a symbol cannot be a key');
}

function refusal(reason: string): LedgerError {
  return new LedgerError('NOT_CANONICAL', `Not canonical JSON: ${reason}.`);
}
