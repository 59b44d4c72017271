import { existsSync } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { readGiven } from '@carbon-ledger/auditor/stored';
import { LedgerError, statedPolicy, type Policy } from '@carbon-ledger/core';
import type { FsckReport, Probe } from '@carbon-ledger/auditor';
import { makeFolder } from '../files/make-folder';
import { readManifest, type Manifest } from './manifest';
import { assertSameLedger, unpack } from './unpack';
import { verifyFolder } from './verification';

export interface RestoreOptions {
  readonly backup: string;
  /** Must hold no ledger. A guard that is there is obeyed: it remembers what was signed after the backup. */
  readonly dataDir: string;
  /** Checkpoints that others saw, the latest that is known. */
  readonly probes: readonly Probe[];
  /** What verifiers have pinned: whose word the log's key is now. */
  readonly policy: Policy | undefined;
  /** Somebody answers for it that no checkpoint beyond the backup was ever given out. */
  readonly nothingLater: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (blocks: number) => void;
}

export interface Restored {
  readonly manifest: Manifest;
  readonly report: FsckReport;
  /** Files with private keys that must be put back before the ledger can run. */
  readonly missingKeys: readonly string[];
}

async function assertNoLedger(dataDir: string): Promise<void> {
  const names = existsSync(dataDir) ? await readdir(dataDir) : [];
  const others = names.filter((name) => name !== 'guard');
  if (others.length > 0)
    throw new LedgerError('KEY_TAKEN', `${dataDir} is not empty (${others.join(', ')}): restore into a new folder`);
}

/**
 * Without the guard of the machine that failed, and without a checkpoint that somebody saw, nobody can tell whether later
 * records were signed: then to go on from the backup could be to sign a second history.
 */
function assertSomethingKnown(guarded: readonly Probe[], { probes, nothingLater }: RestoreOptions): void {
  if (guarded.length + probes.length > 0 || nothingLater) return;
  throw new LedgerError(
    'ROLLED_BACK',
    'nothing tells whether checkpoints were given out after this backup: give the latest one that anybody saw (--checkpoint), the guard folder of the old machine in the new data folder, or answer for it with --nothing-later',
  );
}

/**
 * A backup of before a handover brings a key back whose time is over: what it signs nobody takes, and the one in its place
 * is lost.
 */
async function assertKeyHasItsTurn(draft: string, policy: Policy | undefined): Promise<void> {
  const file = path.join(draft, 'policy.json');
  if (policy?.retiredLogKeys === undefined || !existsSync(file)) return;
  const { logKey } = statedPolicy(await readGiven(file));
  const over = policy.retiredLogKeys.find((one) => one.logKey === logKey);
  if (over === undefined) return;
  throw new LedgerError(
    'ROLLED_BACK',
    `the log key of this backup gave its place to another one at ${over.size} records: restore a backup that was made since`,
  );
}

/** The journal of the machine that failed goes behind that of the backup, if it is further: the service reads the last line. */
async function mergeGuards(dataDir: string, draft: string): Promise<void> {
  const { guardFile, readGuard } = await import('@carbon-ledger/auditor');
  const [old, own] = [await readGuard(dataDir), await readGuard(draft)];
  if ((old.probes.at(-1)?.size ?? -1) < (own.probes.at(-1)?.size ?? 0)) return;
  await makeFolder(path.dirname(guardFile(draft)), 0o700);
  const handle = await open(guardFile(draft), 'a', 0o600);
  try {
    await handle.writeFile(await readGiven(guardFile(dataDir)));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The old folder holds nothing but a guard, which the draft has taken over. */
async function moveIntoPlace(draft: string, dataDir: string): Promise<void> {
  await rm(dataDir, { recursive: true, force: true });
  await rename(draft, dataDir);
}

async function restoreInto(draft: string, options: RestoreOptions): Promise<Restored> {
  const { backup, dataDir, signal, onProgress } = options;
  const { readGuard } = await import('@carbon-ledger/auditor');
  const manifest = await readManifest(backup);
  const guarded = (await readGuard(dataDir)).probes;
  assertSomethingKnown(guarded, options);
  await unpack(backup, manifest, draft);
  await assertKeyHasItsTurn(draft, options.policy);
  const probes = [...guarded, ...options.probes];
  const report = await verifyFolder({ dataDir: draft, probes, signal, onProgress });
  assertSameLedger(report, manifest, backup);
  await mergeGuards(dataDir, draft);
  await moveIntoPlace(draft, dataDir);
  return { manifest, report, missingKeys: manifest.withoutKeys };
}

/**
 * Brings a ledger back: it continues exactly where its last signature stands, or it is refused and nothing is left behind.
 * @throws LedgerError BACKUP_DAMAGED, ROLLED_BACK, CHECKPOINT_MISMATCH, KEY_TAKEN; the code of what fsck finds
 */
export async function restore(options: RestoreOptions): Promise<Restored> {
  await assertNoLedger(options.dataDir);
  const draft = `${options.dataDir}.restoring`;
  await rm(draft, { recursive: true, force: true });
  try {
    return await restoreInto(draft, options);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
