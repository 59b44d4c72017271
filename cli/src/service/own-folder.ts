import { chmod, stat } from 'node:fs/promises';
import { fileError, LedgerError } from '@carbon-ledger/core';
import { makeFolder } from '../files/make-folder';

const OWNER_ALONE = 0o700;
/** What group and others may do. */
const OTHERS = 0o077;

/**
 * The folder of a ledger: made where it is missing, and in any case open to its owner alone, because keys and private figures
 * lie in it. One that was made by hand is tightened; what cannot be tightened is not used.
 * @throws LedgerError DISK_FULL, FILE_FORBIDDEN, FILE_UNREADABLE
 */
export async function ownFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder, OWNER_ALONE);
    if (await isOpen(folder)) await chmod(folder, OWNER_ALONE);
  } catch (error) {
    const { code, message } = fileError(error, folder, 'made or closed to others');
    throw new LedgerError(code, `${message}; private figures and keys would lie open in it`, { cause: error });
  }
  // A file system without modes takes the change and forgets it.
  if (process.platform !== 'win32' && (await isOpen(folder)))
    throw new LedgerError(
      'FILE_UNREADABLE',
      `${folder} stays open to others whatever is set: choose a folder on a file system with permissions`,
    );
}

async function isOpen(folder: string): Promise<boolean> {
  return ((await stat(folder)).mode & OTHERS) !== 0;
}
