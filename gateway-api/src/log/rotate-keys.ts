import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  canonicalize,
  formatVkey,
  fromHex,
  LedgerError,
  noteSigner,
  parsePolicy,
  signHandover,
  statedPolicy,
  type NoteSigner,
  type Policy,
} from '@carbon-ledger/core';
import { readOrCreateSecret, replaceSecret, Store } from '@carbon-ledger/auditor/stored';
import { RETIRED_KEYS, retireKey, statedRetired } from './retired-keys';
import { readLast, RollbackGuard, type SignedSize } from './rollback-guard';

/** Folders of a service that is stopped: of each gateway its own, and the one that they share. */
export interface StoppedService {
  readonly dataDirs: readonly string[];
  readonly sharedDir?: string | undefined;
}

export interface Rotated {
  /** C2SP verifier keys. */
  readonly from: string;
  readonly to: string;
  /** The last size that the old key signed. */
  readonly size: number;
}

const guardOf = (dataDir: string): string => join(dataDir, 'guard', 'last-signed.jsonl');

function keyFile({ dataDirs: [first = '.'], sharedDir }: StoppedService, name: string): string {
  return join(sharedDir ?? first, 'keys', name);
}

/** Nobody starts a gateway meanwhile. @throws LedgerError FOLDER_LOCKED where one runs */
async function whileStopped<T>({ dataDirs }: StoppedService, act: () => T): Promise<T> {
  const held: Store[] = [];
  try {
    for (const location of dataDirs.map((folder) => join(folder, 'projection')))
      if (existsSync(join(location, 'CURRENT'))) held.push(await Store.open(location));
    return act();
  } finally {
    for (const store of held) await store.close();
  }
}

/** @throws LedgerError USAGE for a folder in which no service ever ran */
function assertKept(file: string): void {
  if (!existsSync(file)) throw new LedgerError('USAGE', `there is no ${file}: no service ran there yet`);
}

/** Sessions end: everybody signs in anew. @throws LedgerError FOLDER_LOCKED, USAGE */
export function rotateSessionKey(service: StoppedService): Promise<void> {
  const file = keyFile(service, 'sessions.key');
  return whileStopped(service, () => {
    assertKept(file);
    replaceSecret(file);
  });
}

/** The last checkpoint that any of the gateways signed. */
function lastSigned({ dataDirs }: StoppedService): SignedSize {
  const signed = dataDirs.flatMap((folder) => readLast(guardOf(folder)) ?? []);
  const last = signed.toSorted((a, b) => b.size - a.size)[0];
  if (last === undefined) throw new LedgerError('USAGE', 'the log was never signed: there is no key to hand over');
  return last;
}

/**
 * A new key for the log. The old one signs last that the new one takes its place (`carbon-ledger/log-key-handover/v1`),
 * which is written to `handoverFile`; then it is gone, and the policy says up to which size it signed. Every guard keeps size and root. Cut short at any point, it is
 * finished by doing it again.
 * @throws LedgerError FOLDER_LOCKED, USAGE, STORE_CORRUPT, IDENTITY_DAMAGED
 */
export function rotateLogKey(service: StoppedService, handoverFile: string): Promise<Rotated> {
  return whileStopped(service, () => {
    const file = keyFile(service, 'log.key');
    assertKept(file);
    const last = lastSigned(service);
    const signerOf = (key: string): NoteSigner => noteSigner(last.origin, 'ed25519', readOrCreateSecret(key));
    const [from, to] = [signerOf(file), signerOf(`${file}.next`)];
    const [fromKey, toKey] = [formatVkey(from.key), formatVkey(to.key)];
    for (const folder of service.dataDirs) RollbackGuard.assertSignedBy(guardOf(folder), [fromKey, toKey]);
    const checkpoint = { origin: last.origin, size: BigInt(last.size), rootHash: fromHex(last.root) };
    writeSafely(handoverFile, signHandover(checkpoint, from, to));
    for (const folder of service.dataDirs) {
      RollbackGuard.handOver(guardOf(folder), toKey);
    }
    const retired = retireKey(keyFile(service, RETIRED_KEYS), { logKey: fromKey, size: String(last.size) });
    for (const folder of service.dataDirs)
      renewPolicy(join(folder, 'policy.json'), { logKey: toKey, ...statedRetired(retired) });
    renameSync(`${file}.next`, file);
    return { from: fromKey, to: toKey, size: last.size };
  });
}

/** What the service wrote for others to pin; it writes it anew at its start. */
function renewPolicy(file: string, keys: Pick<Policy, 'logKey' | 'retiredLogKeys'>): void {
  if (!existsSync(file)) return;
  const policy = { ...statedPolicy(readFileSync(file)), ...keys };
  parsePolicy(policy);
  writeSafely(file, canonicalize(policy));
}

function writeSafely(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, text, { flush: true });
  renameSync(`${file}.new`, file);
}
