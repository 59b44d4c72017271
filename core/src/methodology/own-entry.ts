/**
 * A table's own entry under a name that somebody wrote: a figure, a parameter or a kind may be called `constructor`, and what
 * every object has under that name is no entry.
 */
export function ownEntry<Value>(table: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
  return table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
}
