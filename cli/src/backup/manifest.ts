import { LedgerError, parseStrict } from '@carbon-ledger/core';
import path from 'node:path';
import { z } from 'zod';
import { readBytes } from '../files/read-file';
import { writeWhole } from '../files/write-file';

const hexDigest = z.string().regex(/^[0-9a-f]{64}$/);

const manifestSchema = z.strictObject({
  schema: z.literal('carbon-ledger/backup/v1'),
  /** Hex hash of the genesis block's header. */
  ledger: hexDigest,
  createdAt: z.string(),
  /** Number of blocks. */
  height: z.int().min(1),
  log: z.strictObject({ size: z.int().min(0), root: hexDigest }),
  /** The peer's store: entries in key order, in files below `store/` that are named by their SHA-256. */
  store: z.strictObject({
    entries: z.int().min(1),
    digest: hexDigest,
    chunks: z.array(z.strictObject({ sha256: hexDigest, size: z.int().min(1) })).min(1),
  }),
  /** Every other file, by its path below `data/`, with forward slashes. */
  files: z.array(
    z.strictObject({
      path: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/),
      size: z.int().min(0),
      sha256: hexDigest,
    }),
  ),
  /** Files with private keys that were left out. */
  withoutKeys: z.array(z.string()),
});

/** What a backup says of itself. Whoever can change it can change the backup: keep the log root elsewhere to be sure. */
export type Manifest = z.infer<typeof manifestSchema>;

const NAME = 'manifest.json';

/** Files of the data folder, at their places in it. */
export function dataOf(backup: string): string {
  return path.join(backup, 'data');
}

/** The peer's store, in chunks. */
export function storeOf(backup: string): string {
  return path.join(backup, 'store');
}

export async function writeManifest(backup: string, manifest: Manifest): Promise<void> {
  await writeWhole(path.join(backup, NAME), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** @throws LedgerError BACKUP_DAMAGED, FILE_UNREADABLE */
export async function readManifest(backup: string): Promise<Manifest> {
  const file = path.join(backup, NAME);
  const result = manifestSchema.safeParse(parseText(await readBytes(file), file));
  if (result.success) return result.data;
  throw new LedgerError('BACKUP_DAMAGED', `${file} is no manifest of a backup`);
}

function parseText(bytes: Uint8Array, file: string): unknown {
  try {
    return parseStrict(bytes);
  } catch (cause) {
    throw new LedgerError('BACKUP_DAMAGED', `${file} cannot be read`, { cause });
  }
}
