import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const sectorsFolder = join(__dirname, '../../sectors');

function foldersIn(folder: string): string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((one) => statSync(one).isDirectory())
    .sort();
}

/** Every methodology folder of the project: `sectors/SECTOR/EDITION`. */
export function methodologyFolders(): string[] {
  return foldersIn(sectorsFolder).flatMap(foldersIn);
}
