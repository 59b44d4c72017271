import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';

/** Classes of files of a data folder, and how a file of each is told. */
export const fileClasses = {
  identities: /^peer\/identities\//,
  keys: /^keys\//,
  guard: /^guard\//,
  policy: /^policy\.json$/,
  'diary of LevelDB': /\/LOG(?:\.old)?$/,
  'name of the manifest': /^(?:peer\/store|projection)\/CURRENT$/,
  manifest: /^(?:peer\/store|projection)\/MANIFEST-/,
  journal: /^(?:peer\/store|projection)\/\d+\.log$/,
  tables: /^(?:peer\/store|projection)\/\d+\.ldb$/,
} as const;
export type FileClass = keyof typeof fileClasses | 'other';

export function classOf(file: string): FileClass {
  const found = Object.entries(fileClasses).find(([, pattern]) => pattern.test(file));
  return (found?.[0] ?? 'other') as FileClass;
}

/** Files of a folder that hold something, relative to it. */
export function filesOf(folder: string, within = ''): string[] {
  return readdirSync(join(folder, within), { withFileTypes: true }).flatMap((entry) => {
    const file = within === '' ? entry.name : `${within}/${entry.name}`;
    if (entry.isDirectory()) return filesOf(folder, file);
    return statSync(join(folder, file)).size > 0 ? [file] : [];
  });
}

/** Turns one bit of a file over; `at` from 0 to 1 says where. */
export function flipBit(folder: string, file: string, at: number, bit: number): void {
  const bytes = readFileSync(join(folder, file));
  const place = Math.min(bytes.length - 1, Math.floor(at * bytes.length));
  bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
  writeFileSync(join(folder, file), bytes);
}

/** Databases of a data folder. */
export const stores = ['peer/store', 'projection'] as const;

async function withStore<T>(location: string, use: (db: ClassicLevel<Buffer, Buffer>) => Promise<T>): Promise<T> {
  const bytes = { keyEncoding: 'buffer', valueEncoding: 'buffer', createIfMissing: false } as const;
  const db = new ClassicLevel<Buffer, Buffer>(location, bytes);
  await db.open();
  try {
    return await use(db);
  } finally {
    await db.close();
  }
}

/** Puts the most of each database into tables and leaves some entries in its journal, so that there are files of every kind. */
export async function makeTables(folder: string): Promise<void> {
  for (const store of stores)
    await withStore(join(folder, store), async (db) => {
      const kept = await db.iterator({ limit: 40, reverse: true }).all();
      for (const [key] of kept) await db.del(key);
      await db.compactRange(Buffer.of(0), Buffer.of(0xff));
      for (const [key, value] of kept) await db.put(key, value);
    });
}

/** SHA-256 of every entry of the databases, as LevelDB gives them. */
export async function digestOfStores(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const store of stores)
    await withStore(join(folder, store), async (db) => {
      for await (const [key, value] of db.iterator())
        hash
          .update(`${String(key.length)} ${String(value.length)} `)
          .update(key)
          .update(value);
    });
  return hash.digest('hex');
}

/** Turns a bit of the hex digit in the middle of a file over, so that it is another hex digit, whatever it was. */
export function flipDigit(folder: string, file: string): void {
  const bytes = readFileSync(join(folder, file));
  const digit = String.fromCharCode(bytes[Math.floor(bytes.length / 2)] ?? 0);
  flipBit(folder, file, 0.5, 'af'.includes(digit) ? 1 : 0);
}
