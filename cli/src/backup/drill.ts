import path from 'node:path';
import { originOf } from '@carbon-ledger/core';
import type { Finding, FsckReport, Probe } from '@carbon-ledger/auditor';
import { readManifest, type Manifest } from './manifest';
import { assertSameLedger, unpack } from './unpack';
import { assertInOrder, verifyFolder } from './verification';

export interface DrillOptions {
  readonly backup: string;
  /** Checkpoints that others saw. */
  readonly probes: readonly Probe[];
  readonly signal: AbortSignal;
  readonly onProgress: (blocks: number) => void;
}

export interface Drilled {
  readonly manifest: Manifest;
  readonly report: FsckReport;
  /** Checkpoints that the backup leads to. */
  readonly confirmed: readonly Probe[];
  /** Records that were signed since: a restoration of today would lack them. */
  readonly since: number;
}

/** A checkpoint of this ledger that is beyond the backup is no fault of it, but tells how old it is. */
function isLater({ ledger, log }: Manifest): (probe: Probe) => boolean {
  return ({ origin, size }) => origin === originOf(ledger) && size > log.size;
}

/** Identities and keys to each other and to the first block; where keys were left out, there is nothing to hold. */
async function checkKeys(scratch: string, { withoutKeys }: Manifest): Promise<readonly Finding[]> {
  if (withoutKeys.length > 0) return [];
  const { openLedgerReader } = await import('@carbon-ledger/embedded-peer');
  const { checkFolder } = await import('@carbon-ledger/auditor');
  const source = await openLedgerReader(scratch);
  return checkFolder({ source, gatewayDir: scratch, peerDir: scratch }).finally(() => source.close());
}

async function drillIn(folder: string, { backup, probes, signal, onProgress }: DrillOptions): Promise<Drilled> {
  const manifest = await readManifest(backup);
  const scratch = path.join(folder, 'data');
  await unpack(backup, manifest, scratch);
  const later = probes.filter(isLater(manifest));
  const confirmed = probes.filter((probe) => !later.includes(probe));
  const report = await verifyFolder({ dataDir: scratch, probes: confirmed, signal, onProgress });
  assertSameLedger(report, manifest, backup);
  assertInOrder(await checkKeys(scratch, manifest), backup);
  return { manifest, report, confirmed, since: Math.max(0, ...later.map(({ size }) => size - manifest.log.size)) };
}

/**
 * Restores a backup into a folder for the purpose, verifies it as a restoration does, holds it to checkpoints that others saw,
 * and removes the folder again, whatever came out.
 * @throws LedgerError BACKUP_DAMAGED, CHECKPOINT_MISMATCH, FILE_UNREADABLE; the code of what fsck finds
 */
export async function drill(options: DrillOptions): Promise<Drilled> {
  const { TemporaryFolder } = await import('@carbon-ledger/auditor/stored');
  const folder = await TemporaryFolder.make('drill');
  try {
    return await drillIn(folder.path, options);
  } finally {
    await folder.remove();
  }
}
