import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isLedgerError, LedgerError } from '@carbon-ledger/core';
import { Store } from '../ledger/store';
import { readChunks, writeChunks, type StoreCopy, type WrittenCopy } from './chunks';
import { liveEntries } from './control';

/** No key begins with this byte. */
const WHOLE = { from: Buffer.alloc(0), to: Buffer.from([0xff]) };

/** Undefined where another process has it open. */
async function openUnlessRunning(folder: string): Promise<Store | undefined> {
  try {
    return await Store.open(folder);
  } catch (error) {
    if (isLedgerError(error) && error.code === 'FOLDER_LOCKED') return undefined;
    throw error;
  }
}

/**
 * Copies the store of a data folder (blocks, state, private data) into chunks: as of one block, whole. It is locked meanwhile,
 * or, where a peer runs on it, read through that peer, which goes on.
 * @param target folder to make
 * @param earlier such a folder of an earlier copy, whose unchanged chunks are taken
 * @throws LedgerError FILE_UNREADABLE where there is no ledger, FOLDER_LOCKED where whoever has it open gives no copy,
 *   UNREACHABLE where the peer ended meanwhile
 */
export async function copyStore(dataDir: string, target: string, earlier?: string): Promise<WrittenCopy> {
  const folder = join(dataDir, 'peer');
  if (!existsSync(join(folder, 'store', 'CURRENT')))
    throw new LedgerError('FILE_UNREADABLE', `${dataDir} holds no ledger`);
  const store = await openUnlessRunning(folder);
  if (store === undefined) return writeChunks(liveEntries(folder), target, earlier);
  try {
    return await writeChunks(store.entries(WHOLE), target, earlier);
  } finally {
    await store.close();
  }
}

/**
 * Brings a copied store back into a data folder that has none; when it resolves, it is on the disk.
 * @throws LedgerError BACKUP_DAMAGED with every chunk that is not as it was, KEY_TAKEN where there is a store already
 */
export async function restoreStore(source: string, copy: StoreCopy, dataDir: string): Promise<void> {
  const folder = join(dataDir, 'peer');
  if (existsSync(join(folder, 'store'))) throw new LedgerError('KEY_TAKEN', `${dataDir} holds a ledger already`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const store = await Store.open(folder);
  try {
    for await (const entries of readChunks(source, copy))
      await store.write(entries.map(([key, value]) => ({ type: 'put' as const, key, value })));
  } finally {
    await store.close();
  }
}
