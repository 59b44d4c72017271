import { parseFolderCheck, type FolderCheck } from '@carbon-ledger/core';
import { readJsonFile } from '../files/read-file';

/** What `inspect check` wrote. @throws LedgerError BAD_FILE with every fault */
export async function readCheck(file: string): Promise<FolderCheck> {
  return parseFolderCheck(await readJsonFile(file), file);
}
