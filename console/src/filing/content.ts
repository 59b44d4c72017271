import type { Field, FieldPath } from './fields';
import { shapeOf } from './shapes';

export type Content = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function valueAt(content: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>((value, part) => {
    if (Array.isArray(value)) return value[Number(part)] as unknown;
    return isObject(value) ? value[part] : undefined;
  }, content);
}

function withEntry(list: readonly unknown[], at: number, value: unknown): unknown[] {
  const next = [...list];
  next[at] = value;
  return next;
}

function set(holder: unknown, [part, ...rest]: FieldPath, value: unknown): unknown {
  if (part === undefined) return value;
  if (typeof part === 'number') {
    const list: readonly unknown[] = Array.isArray(holder) ? holder : [];
    return withEntry(list, part, set(list[part], rest, value));
  }
  const group = isObject(holder) ? holder : {};
  return { ...group, [part]: set(group[part], rest, value) };
}

/** The content with one value put in its place; what it shares with the one before stays the same object. */
export function withValue(content: Content, path: FieldPath, value: unknown): Content {
  return set(content, path, value) as Content;
}

/** What stands in a field before anybody typed anything. */
function emptyValue(field: Field): unknown {
  if (field.isOptional) return undefined;
  if (field.kind === 'boolean') return false;
  return field.named === undefined && (field.kind === 'group' || field.kind === 'list') ? beginning(field) : undefined;
}

/** What an entry that somebody adds begins with. */
export function beginning({ kind, fields = [], named }: Field): unknown {
  if (kind === 'list') return [];
  if (kind === 'group') return emptyContent(fields);
  return named === undefined ? '' : {};
}

/** Values under names, with one of them called otherwise; where another has that name already, nothing changes. */
export function renamed(members: Content, from: string, to: string): Content {
  if (from !== to && Object.hasOwn(members, to)) return members;
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name === from ? to : name, value]));
}

export function membersOf(value: unknown): Content {
  return isObject(value) ? value : {};
}

export function emptyContent(fields: readonly Field[]): Content {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = emptyValue(field);
      return value === undefined ? [] : [[field.name, value]];
    }),
  );
}

/** Whether there is anything at all in it. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  return isObject(value) && Object.values(value).every(isEmpty);
}

function tidyList(item: Field, value: unknown): unknown[] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  return entries.filter((entry) => !isEmpty(entry)).map((entry) => tidyValue(item, entry));
}

/** Under each name what stands there; a row that was added and left alone is none. */
function tidyNamed(entry: Field, value: Content): Content {
  const rows = Object.entries(value).filter(([name, one]) => name !== '' || !isEmpty(one));
  return Object.fromEntries(rows.map(([name, one]) => [name.trim(), tidyValue(entry, one)]));
}

function tidyText(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value;
}

function tidyValue(field: Field, value: unknown): unknown {
  if (field.kind === 'group') return isObject(value) ? tidyContent(field.fields ?? [], value) : value;
  if (field.kind === 'list' && field.item !== undefined) return tidyList(field.item, value);
  if (field.kind === 'other') return tidyShaped(field, value);
  if (field.kind === 'number' && typeof value === 'string' && value.trim() !== '') return Number(value);
  return tidyText(value);
}

function tidyShaped({ named, variants = [] }: Field, value: unknown): unknown {
  if (named !== undefined && isObject(value)) return tidyNamed(named, value);
  const shape = variants[shapeOf(variants, value)];
  return shape === undefined ? tidyText(value) : tidyValue(shape, value);
}

/** Whether nothing was filled in. A list may say that there are none; what is given whole is as it is. */
function isBlank({ kind, isOptional }: Field, value: unknown): boolean {
  // No limits at all are not the same as limits that are left to others: what must be there is there, empty or not.
  if (kind === 'other' && isObject(value)) return isOptional && isEmpty(value);
  if (Array.isArray(value)) return isOptional && value.length > 0 && isEmpty(value);
  return isEmpty(value);
}

/**
 * The content as it is filed: what was left empty is left out, or null where the field knows that; texts without blanks at
 * their ends. Members that the form does not know stay as they are.
 */
export function tidyContent(fields: readonly Field[], content: Content): Content {
  const known = new Set(fields.map(({ name }) => name));
  const others = Object.entries(content).filter(([name, value]) => !known.has(name) && !isEmpty(value));
  const own = fields.flatMap((field): [string, unknown][] => {
    const value = content[field.name];
    if (!isBlank(field, value)) return [[field.name, tidyValue(field, value)]];
    return field.isNullable && !field.isOptional ? [[field.name, null]] : [];
  });
  return Object.fromEntries([...own, ...others]);
}
