import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { canonicalize } from '@carbon-ledger/core';
import type { StoreCopy } from '@carbon-ledger/embedded-peer';
import { runInProcess } from '../../cli/src/testing/test-io';
import { blockKey } from '../../embedded-peer/src/ledger/keys';
import { flipPart, ordererSignature } from './blocks';
import { flipped, swap, withPeerStore, type Disk } from './disk';
import type { Sighting } from './observe';
import { describeAttacks, type Attack } from './table';
import type { World } from './world';

// The checker threads of fsck run from built files; here everything is checked in the test's own thread.
jest.spyOn(os, 'availableParallelism').mockReturnValue(0);

interface Failure {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly faults: readonly { readonly path: string }[];
  };
}

async function run(...argv: readonly string[]): Promise<Sighting[]> {
  const { code, stderr } = await runInProcess([...argv, '--json']);
  if (code === 0) return [];
  const { error } = JSON.parse(stderr) as Failure;
  return [
    {
      by: 'restore',
      code: error.code,
      place: (error.faults[0]?.path ?? '').replace(/^store\/.*/, 'store'),
      message: error.message,
    },
  ];
}

async function backupOf(world: World, from = world.honest): Promise<string> {
  const target = join(world.copy(), 'backup');
  const made = await runInProcess(['backup', '--data', world.copy(from), '-o', target]);
  if (made.code !== 0) throw new Error(made.stderr);
  return target;
}

interface Restoring {
  readonly options?: (world: World, folder: string) => readonly string[];
  readonly seen: readonly string[];
  readonly disclosed?: string;
}

/** A backup in the attacker's hands, and its restoration. */
function restoring(
  what: string,
  attack: (backup: string, world: World) => Promise<void> | void,
  { options = () => ['--nothing-later'], ...rest }: Restoring,
  from: (world: World) => string = (world) => world.honest,
): Attack {
  return {
    what,
    ...rest,
    act: async (world) => {
      const backup = await backupOf(world, from(world));
      await attack(backup, world);
      const target = join(world.copy(), 'restored');
      return run('restore', backup, '--data', target, ...options(world, target));
    },
  };
}

const manifestOf = (backup: string): string => join(backup, 'manifest.json');

function rewriteManifest(backup: string, make: (text: string) => string): void {
  writeFileSync(manifestOf(backup), make(readFileSync(manifestOf(backup), 'utf8')));
}

/** The store of the backup after an attack on it as on a folder, and the manifest made to fit: who can write the one can write the other. */
async function rewriteStore(backup: string, world: World, attack: (disk: Disk) => Promise<void>): Promise<void> {
  const { copyStore, restoreStore } = await import('@carbon-ledger/embedded-peer');
  const store = join(backup, 'store');
  const manifest = JSON.parse(readFileSync(manifestOf(backup), 'utf8')) as { readonly store: StoreCopy };
  const folder = join(world.copy(), 'unpacked');
  await restoreStore(store, manifest.store, folder);
  await withPeerStore(folder, attack);
  rmSync(store, { recursive: true });
  const { entries, digest, chunks } = await copyStore(folder, store);
  writeFileSync(manifestOf(backup), JSON.stringify({ ...manifest, store: { entries, digest, chunks } }));
}

/** The file of the store that holds it all: the ledger is small. */
function chunkOf(backup: string): string {
  const [name = ''] = readdirSync(join(backup, 'store'));
  return join(backup, 'store', name);
}

const flipBlock = (disk: Disk): Promise<void> =>
  flipPart(disk, 6, (block) => ordererSignature(block).signature.subarray(-16));

const kept = (world: World, target: string): readonly string[] => {
  const [note, policy] = [`${target}.note`, `${target}.policy`];
  writeFileSync(note, world.note);
  writeFileSync(policy, canonicalize({ ...world.policy }));
  return ['--checkpoint', note, '--policy', policy];
};

describeAttacks('backups', [
  restoring(
    'a bit flipped in the store of the backup',
    (backup) => {
      const file = chunkOf(backup);
      writeFileSync(file, flipped(readFileSync(file), 1000));
    },
    { seen: ['restore BACKUP_DAMAGED store'] },
  ),
  restoring(
    'a bit flipped in an orderer’s signature in the backup, with the manifest made to fit',
    (backup, world) => rewriteStore(backup, world, flipBlock),
    { seen: ['restore BLOCK_UNSIGNED block 6 · metadata.SIGNATURES'] },
  ),
  restoring(
    'two blocks of the backup swapped, with the manifest made to fit',
    (backup, world) => rewriteStore(backup, world, (disk) => swap(disk, blockKey(5), blockKey(6))),
    { seen: ['restore BLOCK_CHAIN_BROKEN block 5 · header.number'] },
  ),
  restoring(
    'a bit flipped in a certificate of the backup',
    (backup) => {
      const file = join(backup, 'data', 'peer', 'identities', 'orderer', 'orderer.pem');
      writeFileSync(file, flipped(readFileSync(file), 60));
    },
    { seen: ['restore BACKUP_DAMAGED peer/identities/orderer/orderer.pem'] },
  ),
  restoring(
    'the guard of the backup cut short',
    (backup) => {
      const file = join(backup, 'data', 'guard', 'last-signed.jsonl');
      writeFileSync(file, readFileSync(file).subarray(0, 20));
    },
    { seen: ['restore BACKUP_DAMAGED guard/last-signed.jsonl'] },
  ),
  restoring(
    'a file of the backup deleted',
    (backup) => {
      rmSync(join(backup, 'data', 'peer', 'identities', 'orderer', 'orderer.pem'));
    },
    { seen: ['restore BACKUP_DAMAGED'] },
  ),
  restoring(
    'the store of the backup deleted',
    (backup) => {
      rmSync(join(backup, 'store'), { recursive: true });
    },
    { seen: ['restore BACKUP_DAMAGED store'] },
  ),
  restoring(
    'the manifest of the backup cut in half',
    (backup) => {
      rewriteManifest(backup, (text) => text.slice(0, text.length / 2));
    },
    { seen: ['restore BACKUP_DAMAGED'] },
  ),
  restoring(
    'another log root in the manifest of the backup',
    (backup) => {
      rewriteManifest(backup, (text) => text.replace(/"root": "[0-9a-f]{4}/, '"root": "0000'));
    },
    { seen: ['restore BACKUP_DAMAGED log.root'] },
  ),
  restoring(
    'an older backup, where the guard of the old machine is at hand',
    () => undefined,
    {
      options: (world, target) => {
        mkdirSync(join(target, 'guard'), { recursive: true });
        copyFileSync(join(world.honest, 'guard', 'last-signed.jsonl'), join(target, 'guard', 'last-signed.jsonl'));
        return [];
      },
      seen: ['restore ROLLED_BACK restored/guard/last-signed.jsonl:2'],
    },
    (world) => world.older,
  ),
  restoring(
    'an older backup, where somebody kept a checkpoint',
    () => undefined,
    { options: kept, seen: ['restore ROLLED_BACK restored.note'] },
    (world) => world.older,
  ),
  restoring(
    'an older backup, where nothing is known',
    () => undefined,
    { options: () => [], seen: ['restore ROLLED_BACK'] },
    (world) => world.older,
  ),
  restoring(
    'an older backup, and whoever restores it answers for it that nothing came later',
    () => undefined,
    {
      seen: [],
      disclosed:
        'Nobody can tell from the backup alone. Whoever holds a receipt or checkpoint of the lost records can: see auditor and witness above.',
    },
    (world) => world.older,
  ),
]);
