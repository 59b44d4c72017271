import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

type Failure = NodeJS.ErrnoException;

async function isFolder(place: string): Promise<boolean> {
  try {
    return (await stat(place)).isDirectory();
  } catch {
    return false;
  }
}

/** Whether the folder could not be made because the one above it is missing. */
async function lacksParent(error: Failure, folder: string): Promise<boolean> {
  return error.code === 'ENOENT' && !(await isFolder(path.dirname(folder)));
}

async function make(folder: string, mode: number): Promise<void> {
  try {
    await mkdir(folder, { mode });
  } catch (error) {
    if ((error as Failure).code === 'EEXIST' && (await isFolder(folder))) return;
    if (!(await lacksParent(error as Failure, folder))) throw error;
    await make(path.dirname(folder), mode);
    await mkdir(folder, { mode });
  }
}

/**
 * Makes a folder, and those above it that are missing. Node's own way (`recursive`) never ends where the folder above is
 * there and yet nothing can be made in it (`/proc/x`): it takes that for a missing folder above, again and again.
 * @throws Error of the system
 */
export async function makeFolder(folder: string, mode: number): Promise<void> {
  await make(path.resolve(folder), mode);
}
