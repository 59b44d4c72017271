import { z } from 'zod';
import { faultsOf, jsonPointer, MOST_FAULTS, type ErrorCode, type Fault } from '@carbon-ledger/core';
import type { Pacer } from './pacer';

/** A value of no more values than this is handed to its schema as a whole: a few milliseconds at most. */
const SMALL = 500;
/** Members that an object may have beside those of its schema, before they are listed one by one. */
const MOST_UNKNOWN = 100;
/** Members of a map, where its schema gives no bound. */
const MOST_ENTRIES = 1_000;

/**
 * Holds a value to a schema as `safeParse` does, with three differences that matter where a stranger sends it: the counts
 * of lists and maps are checked before anything in them is, reading ends at {@link MOST_FAULTS}, and large values are read
 * in slices, between which the event loop turns.
 */
export class BoundedValidation {
  readonly faults: Fault[] = [];
  readonly #code: ErrorCode;
  readonly #pacer: Pacer;

  constructor(code: ErrorCode, pacer: Pacer) {
    this.#code = code;
    this.#pacer = pacer;
  }

  /** What the schema makes of the value; meaningless once there are faults. */
  async read(schema: z.ZodType, value: unknown, path = ''): Promise<unknown> {
    if (this.faults.length >= MOST_FAULTS) return undefined;
    const inner = value === undefined ? schema : unwrapped(schema);
    const excess = excessOf(inner, value);
    if (excess !== undefined) this.#add([{ path, code: this.#code, message: excess }]);
    else if (isSmall(value)) return this.#whole(schema, value, path);
    else return this.#large(inner, value, path);
    return undefined;
  }

  /** Member by member, where there are members of it to be read. */
  async #large(schema: z.ZodType, value: unknown, path: string): Promise<unknown> {
    await this.#pacer.turn();
    if (schema instanceof z.ZodArray && Array.isArray(value)) return this.#list(schema, value, path);
    if (schema instanceof z.ZodRecord && isObject(value)) return this.#map(schema, value, path);
    if (schema instanceof z.ZodObject && isObject(value)) return this.#object(schema, value, path);
    return this.#whole(schema, value, path);
  }

  #whole(schema: z.ZodType, value: unknown, path: string): unknown {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    this.#add(faultsOf(this.#code, result.error, path));
    return undefined;
  }

  async #list(schema: z.ZodArray, items: readonly unknown[], path: string): Promise<unknown> {
    const read: unknown[] = [];
    let seen = 0;
    for (const [index, item] of items.entries()) {
      read.push(await this.read(schema.element as z.ZodType, item, `${path}/${String(index)}`));
      seen += 1;
      if (seen % SMALL === 0) await this.#pacer.turn();
      if (this.faults.length >= MOST_FAULTS) break;
    }
    return read;
  }

  async #map(schema: z.ZodRecord, value: Readonly<Record<string, unknown>>, path: string): Promise<unknown> {
    const read: Record<string, unknown> = {};
    for (const [key, member] of Object.entries(value)) {
      const at = path + jsonPointer([key]);
      this.#whole(schema.keyType as z.ZodType, key, at);
      read[key] = await this.read(schema.valueType as z.ZodType, member, at);
    }
    return read;
  }

  async #object(schema: z.ZodObject, value: Readonly<Record<string, unknown>>, path: string): Promise<unknown> {
    this.#whole(outlineOf(schema), value, path);
    const read: Record<string, unknown> = {};
    for (const [key, member] of Object.entries<z.ZodType>(schema.shape)) {
      const found = await this.read(member, value[key], path + jsonPointer([key]));
      if (found !== undefined) read[key] = found;
    }
    return read;
  }

  #add(faults: readonly Fault[]): void {
    for (const fault of faults) if (this.faults.length < MOST_FAULTS) this.faults.push(fault);
  }
}

/** The schema of what is there, where it may also be absent. */
function unwrapped(schema: z.ZodType): z.ZodType {
  const isOptional = schema instanceof z.ZodDefault || schema instanceof z.ZodOptional;
  return isOptional ? unwrapped(schema.unwrap() as z.ZodType) : schema;
}

const outlines = new WeakMap<z.ZodObject, z.ZodType>();

/** The same object with anything in its members: tells of members that are not known. */
function outlineOf(schema: z.ZodObject): z.ZodType {
  const known = outlines.get(schema);
  if (known !== undefined) return known;
  const anything = Object.fromEntries(Object.keys(schema.shape).map((key) => [key, z.unknown().optional()]));
  const { catchall } = schema.def;
  const outline = catchall === undefined ? z.object(anything) : z.object(anything).catchall(catchall as z.ZodType);
  outlines.set(schema, outline);
  return outline;
}

/** In words, where a list, map or object holds more than it may. */
function excessOf(schema: z.ZodType, value: unknown): string | undefined {
  const [count, most] = countAndMost(schema, value);
  return count > most ? `${String(count)} items, at most ${String(most)} are possible` : undefined;
}

function countAndMost(schema: z.ZodType, value: unknown): [count: number, most: number] {
  if (schema instanceof z.ZodArray && Array.isArray(value)) return [value.length, longest(schema)];
  if (!isObject(value)) return [0, 0];
  if (schema instanceof z.ZodRecord) return [Object.keys(value).length, MOST_ENTRIES];
  if (schema instanceof z.ZodObject)
    return [Object.keys(value).length, Object.keys(schema.shape).length + MOST_UNKNOWN];
  return [0, 0];
}

/** The bound that a list's schema gives. */
export function longest(schema: z.ZodArray): number {
  for (const check of schema.def.checks ?? []) {
    const { maximum } = check._zod.def as { readonly maximum?: unknown };
    if (typeof maximum === 'number') return maximum;
  }
  return Number.POSITIVE_INFINITY;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Counts no further than it must. */
function isSmall(value: unknown): boolean {
  let left = SMALL;
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const one = waiting.pop();
    if (typeof one !== 'object' || one === null) continue;
    const members: readonly unknown[] = Array.isArray(one) ? one : Object.values(one);
    left -= members.length;
    if (left < 0) return false;
    waiting.push(...members);
  }
  return true;
}
