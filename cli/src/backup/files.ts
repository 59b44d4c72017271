import { createHash } from 'node:crypto';
import { mkdir, open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { readNamed } from '@carbon-ledger/auditor/stored';
import { LedgerError, type Fault } from '@carbon-ledger/core';
import type { Manifest } from './manifest';

export type BackupFile = Manifest['files'][number];

/** What a data folder holds besides the peer's store. The projection is not among it: blocks give it anew. */
const PARTS = [
  'peer/identities',
  'guard',
  'keys',
  'webhooks',
  'reads',
  'outside',
  'certificates',
  'policy.json',
] as const;

/** A database of its own, open while the service runs: what a witness remembers must not be set back by a copy either. */
const WITNESSED = 'outside/witnessed';

/** Half a file of a service that runs: it gets its name when it is whole. */
function isDraft(name: string): boolean {
  return name.startsWith('.') || /\.(new|tmp)$/.test(name);
}

async function listUnder(root: string, relative: string): Promise<string[]> {
  const entries = await readdir(path.join(root, relative), { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return [];
  const found: string[] = [];
  for (const entry of entries) {
    const below = `${relative}/${entry.name}`;
    if (below === WITNESSED || isDraft(entry.name)) continue;
    found.push(...(entry.isDirectory() ? await listUnder(root, below) : [below]));
  }
  return found;
}

/** Paths below a data folder, with forward slashes, sorted. */
export async function listFiles(dataDir: string): Promise<string[]> {
  const names = await readdir(dataDir);
  const single = PARTS.filter((part) => names.includes(part) && part.includes('.'));
  const folders = PARTS.filter((part) => !part.includes('.'));
  const lists = await Promise.all(folders.map((part) => listUnder(dataDir, part)));
  return [...single, ...lists.flat()].sort();
}

/** Private keys: of the log, of sessions, of every identity, and the secrets of webhooks. */
export function isPrivateKey(file: string): boolean {
  return file.endsWith('.key') || (file.startsWith('webhooks/') && !file.endsWith('.progress.json'));
}

/** Copies one file with its mode so that it is on the disk when the promise resolves, and tells what was copied. */
async function copyOne(from: string, to: string, file: string): Promise<BackupFile> {
  const [source, target] = [path.join(from, file), path.join(to, file)];
  const bytes = await readNamed(source);
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  const handle = await open(target, 'wx', (await stat(source)).mode & 0o777);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { path: file, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

export async function copyFiles(from: string, to: string, files: readonly string[]): Promise<BackupFile[]> {
  const copied: BackupFile[] = [];
  for (const file of files) copied.push(await copyOne(from, to, file));
  return copied;
}

/** Holds copied files to the manifest. @throws LedgerError BACKUP_DAMAGED with a fault for every file */
export function assertFiles(copied: readonly BackupFile[], listed: Manifest['files'], backup: string): void {
  const found = new Map(copied.map((file) => [file.path, file]));
  const faults = listed.flatMap(({ path: name, sha256 }): Fault[] =>
    found.get(name)?.sha256 === sha256
      ? []
      : [{ path: name, code: 'BACKUP_DAMAGED', message: 'it is not the file that the manifest names' }],
  );
  if (faults.length > 0) throw new LedgerError('BACKUP_DAMAGED', backup, { faults });
}
