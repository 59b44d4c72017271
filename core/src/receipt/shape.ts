import { fromBase64, isHex } from '../bytes';
import { INSTANT_WORDS, isInstant } from '../calendar/instant';
import type { JsonValue } from '../canonical';
import { LedgerError } from '../errors';

/** Reads one value of a proof or throws PROOF_MALFORMED naming the place (JSON pointer). Small, so that the verifier stays small. */
export type Reader<T> = (value: JsonValue | undefined, path: string) => T;

type Readers = Readonly<Record<string, Reader<unknown>>>;
type ValuesOf<R extends Readers> = { readonly [K in keyof R]: ReturnType<R[K]> };

export function malformed(path: string, reason: string): LedgerError {
  return new LedgerError('PROOF_MALFORMED', `The proof is not well formed: ${path || '/'} ${reason}.`, {
    details: { path },
  });
}

/** A string that matches; patterns bound the length. */
export function text(pattern: RegExp, what: string): Reader<string> {
  return (value, path) => {
    if (typeof value !== 'string' || !pattern.test(value)) throw malformed(path, `is not ${what}`);
    return value;
  };
}

/** RFC 3339 in UTC and whole seconds. */
export const instant: Reader<string> = (value, path) => {
  if (typeof value !== 'string' || !isInstant(value)) throw malformed(path, `is ${INSTANT_WORDS}`);
  return value;
};

/** Whether a text has at most so many characters (Unicode code points), as JSON Schema counts and as the types of records do. */
function isAtMost(text: string, max: number): boolean {
  return text.length <= max || (text.length <= 2 * max && Array.from(text).length <= max);
}

/** Any string up to this many characters. */
export function free(max: number): Reader<string> {
  return (value, path) => {
    if (typeof value !== 'string' || !isAtMost(value, max))
      throw malformed(path, `is not a text of at most ${String(max)}`);
    return value;
  };
}

export function hex(bytes: number): Reader<string> {
  return (value, path) => {
    if (typeof value !== 'string' || !isHex(value, bytes))
      throw malformed(path, `is not ${String(bytes)} bytes of hex`);
    return value;
  };
}

/** Canonical base64 of at most `max` bytes. */
export function base64(max: number): Reader<Uint8Array> {
  return (value, path) => {
    if (typeof value !== 'string' || value.length > Math.ceil(max / 3) * 4)
      throw malformed(path, 'is not base64 or too long');
    try {
      return fromBase64(value);
    } catch {
      throw malformed(path, 'is not canonical base64');
    }
  };
}

/** An integer from `min` to `max`. */
export function integer(min: number, max: number): Reader<number> {
  return (value, path) => {
    if (typeof value !== 'number' || value < min || value > max) throw malformed(path, 'is out of range');
    return value;
  };
}

/** An unsigned 64-bit number as decimal string, without leading zeros. */
export const uint64: Reader<bigint> = (value, path) => {
  const digits = text(/^(?:0|[1-9][0-9]{0,19})$/, 'a decimal number')(value, path);
  if (BigInt(digits) >= 1n << 64n) throw malformed(path, 'is beyond 64 bits');
  return BigInt(digits);
};

/** Whatever stands there, as long as something does. */
export const anything: Reader<JsonValue> = (value, path) => {
  if (value === undefined) throw malformed(path, 'is missing');
  return value;
};

/** A value that cannot change any more is read once, however many proofs it stands in: the same party signs many records. */
export function once<T extends object>(reader: Reader<T>): Reader<T> {
  const known = new WeakMap<object, T>();
  return (value, path) => {
    if (typeof value !== 'object' || value === null || !Object.isFrozen(value)) return reader(value, path);
    const read = known.get(value) ?? reader(value, path);
    known.set(value, read);
    return read;
  };
}

export function nullable<T>(reader: Reader<T>): Reader<T | null> {
  return (value, path) => (value === null ? null : reader(value, path));
}

export function list<T>(item: Reader<T>, max: number): Reader<readonly T[]> {
  return (value, path) => {
    if (!isList(value) || value.length > max) throw malformed(path, `is not a list of at most ${String(max)}`);
    return value.map((entry, index) => item(entry, `${path}/${String(index)}`));
  };
}

/** An object with these members and no others; `optional` ones may be missing. */
export function object<R extends Readers>(required: R): Reader<ValuesOf<R>>;
export function object<R extends Readers, O extends Readers>(
  required: R,
  optional: O,
): Reader<ValuesOf<R> & Partial<ValuesOf<O>>>;
export function object(required: Readers, optional?: Readers): Reader<Readonly<Record<string, unknown>>> {
  const all: Readers = { ...required, ...optional };
  // What was read has its members in canonical order, so that it is written again as it is.
  const fields = Object.entries(all)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, reader]) => ({ key, reader, isRequired: Object.hasOwn(required, key) }));
  return (value, path) => {
    if (!isObject(value)) throw malformed(path, 'is not an object');
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(all, key)) throw malformed(`${path}/${key}`, 'is not a field of this format');
    }
    const read: Record<string, unknown> = {};
    for (const { key, reader, isRequired } of fields) {
      if (isRequired || Object.hasOwn(value, key)) read[key] = reader(value[key], `${path}/${key}`);
    }
    return read;
  };
}

/** An object with any names, each value read alike. */
export function map<T>(reader: Reader<T>, max: number): Reader<Readonly<Record<string, T>>> {
  return (value, path) => {
    if (!isObject(value) || Object.keys(value).length > max) throw malformed(path, 'is not an object, or too large');
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, reader(item, `${path}/${key}`)]));
  };
}

function isObject(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
