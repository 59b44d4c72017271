import { isWellFormed, utf8Encode } from '../bytes';
import { LedgerError, withArticle } from '../errors';

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
  const depth = Math.min(maxDepth, MAX_DEPTH);
  return writeNatively(value, depth) ?? write(value, depth);
}

/** How JSON.stringify shows a lone surrogate; also a backslash before `ud`, which then takes the slower way. */
const MAYBE_LONE_SURROGATE = '\\ud';

/**
 * The native writer is several times faster and gives one flat string. Of a value whose members stand in canonical order
 * already, as those do that were read from canonical text, it writes the canonical form.
 */
function writeNatively(value: unknown, depth: number): string | undefined {
  if (!isInOrder(value, depth)) return undefined;
  const text = JSON.stringify(value);
  return text.includes(MAYBE_LONE_SURROGATE) ? undefined : text;
}

/** Whether all of a value has a canonical form and every object's keys stand in its order. */
function isInOrder(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isSafeInteger(value);
    case 'object':
      if (value === null) return true;
      return depth > 0 && (Array.isArray(value) ? isArrayInOrder(value, depth) : isObjectInOrder(value, depth));
    default:
      return false;
  }
}

function isArrayInOrder(values: readonly unknown[], depth: number): boolean {
  if (hasToJson(values)) return false;
  for (let i = 0; i < values.length; i++) if (!isInOrder(values[i], depth - 1)) return false;
  return true;
}

function isObjectInOrder(value: object, depth: number): boolean {
  if (!isPlain(value) || hasToJson(value)) return false;
  const members = value as Readonly<Record<string, unknown>>;
  let before = '';
  for (const key of Object.keys(members)) {
    if (key < before || key === '__proto__' || !isInOrder(members[key], depth - 1)) return false;
    before = key;
  }
  return true;
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
  if (typeof value !== 'object') throw refusal(`${withArticle(typeof value)} has no JSON form`);
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
function hasPlainPrototype(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isPlain(value: object): boolean {
  return hasPlainPrototype(value) && Object.getOwnPropertySymbols(value).length === 0;
}

/** JSON.stringify would ask it instead of writing the value. */
function hasToJson(value: object): boolean {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

function assertPlain(value: object): void {
  if (!hasPlainPrototype(value)) throw refusal('only plain objects have a form');
  if (!isPlain(value)) throw refusal('a symbol cannot be a key');
}

function refusal(reason: string): LedgerError {
  return new LedgerError('NOT_CANONICAL', `Not canonical JSON: ${reason}.`);
}
