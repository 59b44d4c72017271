import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { LedgerError } from '@carbon-ledger/core';

async function kindOf(place: string): Promise<'file' | 'folder' | 'other'> {
  try {
    const entry = await stat(place);
    if (entry.isDirectory()) return 'folder';
    return entry.isFile() ? 'file' : 'other';
  } catch (cause) {
    throw new LedgerError('FILE_UNREADABLE', `${place} cannot be read`, { cause });
  }
}

/** Files below a folder in name order, one at a time: a folder of any size needs no list in memory. Links are not followed. */
async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(place);
    else if (entry.isFile()) yield place;
  }
}

/**
 * The files that the arguments name: a file itself, or every file below a folder.
 * @throws LedgerError FILE_UNREADABLE for a place that is not there: a missing file is never skipped
 */
export async function* filesOf(places: readonly string[]): AsyncGenerator<string> {
  for (const place of places) {
    const kind = await kindOf(place);
    if (kind === 'other') throw new LedgerError('FILE_UNREADABLE', `${place} is neither a file nor a folder`);
    if (kind === 'folder') yield* filesBelow(place);
    else yield place;
  }
}
