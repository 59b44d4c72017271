import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { LedgerError } from '@carbon-ledger/core';
import { makeFolder } from '../files/make-folder';
import { copyFiles, isPrivateKey, listFiles } from './files';
import { dataOf, readManifest, storeOf, writeManifest, type Manifest } from './manifest';
import { unpack } from './unpack';
import { verifyFolder } from './verification';

export interface BackupOptions {
  readonly dataDir: string;
  /** Folder to make; must not be there. */
  readonly target: string;
  /** An earlier backup, whose unchanged parts are taken in place of writing them again. */
  readonly since?: string | undefined;
  readonly withKeys: boolean;
  /** RFC 3339. */
  readonly now: string;
  readonly signal: AbortSignal;
  readonly onProgress: (blocks: number) => void;
}

export interface MadeBackup {
  readonly manifest: Manifest;
  /** Bytes of the store, and those of them that the earlier backup had. */
  readonly bytes: number;
  readonly reused: number;
}

type Copied = Pick<Manifest, 'store' | 'files' | 'withoutKeys'> & { readonly reused: number };

/**
 * Files first, the store after them: whatever the guard remembers was committed before it was signed, so a store that is read
 * later holds it, also while the service goes on.
 */
async function copyParts({ dataDir, since, withKeys }: BackupOptions, folder: string): Promise<Copied> {
  const { copyStore } = await import('@carbon-ledger/embedded-peer');
  const all = await listFiles(dataDir);
  const wanted = all.filter((file) => withKeys || !isPrivateKey(file));
  const files = await copyFiles(dataDir, dataOf(folder), wanted);
  const earlier = since === undefined ? undefined : storeOf(since);
  const { reused, ...store } = await copyStore(dataDir, storeOf(folder), earlier);
  return {
    store: { ...store, chunks: [...store.chunks] },
    files,
    withoutKeys: withKeys ? [] : all.filter(isPrivateKey),
    reused,
  };
}

/** What was copied is unpacked as a restoration would unpack it, and goes through fsck. */
async function verified(
  folder: string,
  parts: Copied,
  { signal, onProgress }: BackupOptions,
): Promise<Pick<Manifest, 'ledger' | 'height' | 'log'>> {
  const scratch = path.join(folder, 'verifying');
  await unpack(folder, parts, scratch);
  const { ledger, height, log } = await verifyFolder({ dataDir: scratch, probes: [], signal, onProgress });
  await rm(scratch, { recursive: true });
  return { ledger, height, log };
}

async function fill(options: BackupOptions, folder: string): Promise<MadeBackup> {
  const { reused, ...parts } = await copyParts(options, folder);
  const facts = await verified(folder, { ...parts, reused }, options);
  const manifest: Manifest = { schema: 'carbon-ledger/backup/v1', ...facts, createdAt: options.now, ...parts };
  await writeManifest(folder, manifest);
  return { manifest, bytes: parts.store.chunks.reduce((sum, { size }) => sum + size, 0), reused };
}

function assertLedger(dataDir: string): void {
  if (!existsSync(path.join(dataDir, 'peer', 'store', 'CURRENT')))
    throw new LedgerError('FILE_UNREADABLE', `${dataDir} holds no ledger`);
}

/**
 * Copies a ledger as of one block, and verifies the copy: it gets its name only when fsck found it in order. Where a service
 * runs on the folder it is read through that service, which goes on. The projection is left out, since blocks give it anew.
 * @throws LedgerError FOLDER_LOCKED, FILE_UNREADABLE, KEY_TAKEN, UNREACHABLE where the service ended meanwhile; BACKUP_DAMAGED
 *   where the earlier one is none; the code of what fsck finds
 */
export async function backup(options: BackupOptions): Promise<MadeBackup> {
  const { dataDir, target, since } = options;
  assertLedger(dataDir);
  if (existsSync(target)) throw new LedgerError('KEY_TAKEN', `${target} is there already`);
  if (since !== undefined) await readManifest(since);
  const draft = `${target}.new`;
  await rm(draft, { recursive: true, force: true });
  await makeFolder(draft, 0o700);
  try {
    const made = await fill(options, draft);
    await rename(draft, target);
    return made;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}
