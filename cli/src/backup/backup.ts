import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { LedgerError } from '@carbon-ledger/core';
import { makeFolder } from '../files/make-folder';
import { copyFiles, isPrivateKey, listFiles } from './files';
import { dataOf, writeManifest, type Manifest } from './manifest';
import { verifyFolder } from './verification';

export interface BackupOptions {
  readonly dataDir: string;
  /** Folder to make; must not be there. */
  readonly target: string;
  readonly withKeys: boolean;
  /** RFC 3339. */
  readonly now: string;
  readonly signal: AbortSignal;
  readonly onProgress: (blocks: number) => void;
}

async function fill(options: BackupOptions, folder: string): Promise<Manifest> {
  const { dataDir, withKeys, now, signal, onProgress } = options;
  const { copyLedgerStore } = await import('@carbon-ledger/embedded-peer');
  const data = dataOf(folder);
  // The store first: what the guard signed before it was copied cannot be ahead of it, because the folder is locked.
  const store = await copyLedgerStore(dataDir, data);
  const all = await listFiles(dataDir);
  const files = await copyFiles(
    dataDir,
    data,
    all.filter((file) => withKeys || !isPrivateKey(file)),
  );
  const { ledger, height, log } = await verifyFolder({ dataDir: data, probes: [], signal, onProgress });
  const withoutKeys = withKeys ? [] : all.filter(isPrivateKey);
  const manifest: Manifest = {
    schema: 'carbon-ledger/backup/v1',
    ledger,
    createdAt: now,
    height,
    log,
    store,
    files,
    withoutKeys,
  };
  await writeManifest(folder, manifest);
  return manifest;
}

/**
 * Copies a ledger that is stopped, and verifies the copy: it gets its name only when fsck found it in order. The
 * projection is left out, since blocks give it anew.
 * @throws LedgerError FOLDER_LOCKED, FILE_UNREADABLE, KEY_TAKEN; the code of what fsck finds
 */
export async function backup(options: BackupOptions): Promise<Manifest> {
  const { target } = options;
  if (existsSync(target)) throw new LedgerError('KEY_TAKEN', `${target} is there already`);
  const draft = `${target}.new`;
  await rm(draft, { recursive: true, force: true });
  await makeFolder(draft, 0o700);
  try {
    const manifest = await fill(options, draft);
    await rename(draft, target);
    return manifest;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}
