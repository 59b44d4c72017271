import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Classes of files of a data folder, and how a file of each is told. */
export const fileClasses = {
  identities: /^peer\/identities\//,
  keys: /^keys\//,
  guard: /^guard\//,
  policy: /^policy\.json$/,
  'diary of LevelDB': /\/LOG(?:\.old)?$/,
  stores: /^(?:peer\/store|projection)\//,
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
