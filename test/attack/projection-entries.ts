import { flippedIn, keysOf, need, type Disk } from './disk';
import { onProjection } from './folders';
import type { Attack } from './table';

/** A key of the projection, or a value of it, as bytes. */
export const key = (text: string): Buffer => Buffer.from(text);

export async function change(disk: Disk, at: Buffer, make: (value: Buffer) => Buffer): Promise<void> {
  await disk.put(at, make(await need(disk, at)));
}

/** The entry of a table whose value holds a text. */
export async function entryWith(disk: Disk, table: string, text: string): Promise<Buffer> {
  for (const at of await keysOf(disk, table)) if ((await need(disk, at)).includes(text)) return at;
  throw new Error(`no entry of table ${table} holds ${text}`);
}

/** One bit of an entry that holds a text, in the text. */
export function flipText(what: string, table: string, text: string, seen: readonly string[]): Attack {
  return onProjection(
    `a bit flipped in the projection: ${what}`,
    async (disk) => change(disk, await entryWith(disk, table, text), (value) => flippedIn(value, key(text))),
    seen,
  );
}
