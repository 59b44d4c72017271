/** JSON as the sample file has it. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

function childOf(parent: Json, name: string): Json | undefined {
  if (Array.isArray(parent)) return parent[Number(name)];
  return typeof parent === 'object' && parent !== null ? parent[name] : undefined;
}

function parts(pointer: string): string[] {
  return pointer.split('/').slice(1);
}

/** The value at a JSON pointer. @throws RangeError where there is none */
export function valueAt(root: Json, pointer: string): Json {
  let value: Json = root;
  for (const name of parts(pointer)) {
    const next = childOf(value, name);
    if (next === undefined) throw new RangeError(`nothing at ${pointer}`);
    value = next;
  }
  return value;
}

/** Puts a value in place, or takes it away for undefined. Changes `root`. */
export function setAt(root: Json, pointer: string, value: Json | undefined): void {
  const names = parts(pointer);
  const last = names.pop() ?? '';
  const parent = valueAt(root, names.map((name) => `/${name}`).join(''));
  if (Array.isArray(parent)) parent.splice(Number(last), 1, ...(value === undefined ? [] : [value]));
  else if (typeof parent !== 'object' || parent === null) throw new RangeError(`no object at ${pointer}`);
  else if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
}

/** A copy with some values replaced. */
export function edited(root: Json, edits: Readonly<Record<string, Json | undefined>>): Json {
  const copy = structuredClone(root);
  for (const [pointer, value] of Object.entries(edits)) setAt(copy, pointer, value);
  return copy;
}
