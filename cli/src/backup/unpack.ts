import { isLedgerError, LedgerError, systemError, type Fault } from '@carbon-ledger/core';
import type { FsckReport } from '@carbon-ledger/auditor';
import { makeFolder } from '../files/make-folder';
import { assertFiles, copyFiles } from './files';
import { dataOf, storeOf, type Manifest } from './manifest';

function damaged(backup: string): (cause: unknown) => never {
  return (cause) => {
    const said = systemError(cause) ?? (isLedgerError(cause) ? cause : undefined);
    // A disk that is full, a file that may not be read: the backup is none the worse for it.
    if (said !== undefined && said.code !== 'FILE_UNREADABLE') throw said;
    const reason = said === undefined ? '' : `: ${said.message}`;
    throw new LedgerError('BACKUP_DAMAGED', `${backup} lacks a file${reason}`, { cause });
  };
}

/**
 * Makes a data folder of a backup, each part of it held to what the manifest says.
 * @throws LedgerError BACKUP_DAMAGED with every part that is not as it was, DISK_FULL
 */
export async function unpack(
  backup: string,
  { files, store }: Pick<Manifest, 'files' | 'store'>,
  target: string,
): Promise<void> {
  const { restoreStore } = await import('@carbon-ledger/embedded-peer');
  await makeFolder(target, 0o700);
  const names = files.map(({ path: name }) => name);
  assertFiles(await copyFiles(dataOf(backup), target, names).catch(damaged(backup)), files, backup);
  await restoreStore(storeOf(backup), store, target);
}

type Facts = Pick<Manifest, 'ledger' | 'height' | 'log'>;

/** @throws LedgerError BACKUP_DAMAGED with each fact of the manifest that is not so */
export function assertSameLedger(report: FsckReport, manifest: Manifest, backup: string): void {
  const facts: [string, (of: Facts) => string | number][] = [
    ['ledger', ({ ledger }) => ledger],
    ['height', ({ height }) => height],
    ['log.size', ({ log }) => log.size],
    ['log.root', ({ log }) => log.root],
  ];
  const faults = facts.flatMap(([name, of]): Fault[] =>
    of(report) === of(manifest)
      ? []
      : [{ path: name, code: 'BACKUP_DAMAGED', message: `it is ${String(of(report))}, not ${String(of(manifest))}` }],
  );
  if (faults.length > 0)
    throw new LedgerError('BACKUP_DAMAGED', `${backup} holds another ledger than its manifest says`, { faults });
}
