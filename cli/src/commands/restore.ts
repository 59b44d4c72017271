import type { Command } from 'commander';
import { LedgerError } from '@carbon-ledger/core';
import { drill, type Drilled } from '../backup/drill';
import { readProbe } from '../backup/probe-file';
import { restore, type Restored } from '../backup/restore';
import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import { withExample, type Register } from '../tool';
import { readPinned } from './audit';

interface RestoreCommandOptions {
  readonly data?: string;
  readonly drill?: boolean;
  readonly checkpoint?: readonly string[];
  readonly policy?: string;
  readonly nothingLater?: boolean;
}

function formatRestored({ manifest, report, missingKeys }: Restored, dataDir: string): string {
  const keys = missingKeys.map((file) => `  ${file}`);
  return [
    `Restored to ${dataDir} and verified; it continues from record ${String(report.log.size)}.`,
    `ledger ${report.ledger}, backup of ${manifest.createdAt}`,
    `${String(report.height)} blocks, log root ${report.log.root}`,
    ...(keys.length > 0 ? ['Put these private keys back before it is started:', ...keys] : []),
  ].join('\n');
}

function formatDrilled({ manifest, report, confirmed, since }: Drilled, backup: string): string {
  return [
    `${backup} can be restored: it was, into a folder for the purpose, verified, and removed again.`,
    `ledger ${report.ledger}, backup of ${manifest.createdAt}`,
    `${String(report.height)} blocks, ${String(report.log.size)} records, log root ${report.log.root}`,
    ...confirmed.map(({ source, size }) => `leads to ${source}: ${String(size)} records, the same root`),
    ...(since > 0 ? [`${String(since)} records were signed since: a restoration from it would be refused`] : []),
  ].join('\n');
}

type Common = Parameters<typeof drill>[0] & Pick<Parameters<typeof restore>[0], 'policy'>;

interface Answer {
  readonly value: unknown;
  readonly text: () => string;
}

async function runDrill(common: Common): Promise<Answer> {
  const drilled = await drill(common);
  const { manifest, report, confirmed, since } = drilled;
  return {
    value: { manifest, log: report.log, confirmed, since },
    text: () => formatDrilled(drilled, common.backup),
  };
}

async function runRestore(common: Common, options: RestoreCommandOptions): Promise<Answer> {
  const { data } = options;
  if (data === undefined)
    throw new LedgerError('USAGE', 'say where to restore to (--data FOLDER), or try whether it can be done (--drill)');
  const restored = await restore({ ...common, dataDir: data, nothingLater: options.nothingLater === true });
  const { manifest, report, missingKeys } = restored;
  return {
    value: { folder: data, manifest, log: report.log, missingKeys },
    text: () => formatRestored(restored, data),
  };
}

function assertOnePurpose({ data, drill: isDrill, nothingLater }: RestoreCommandOptions): void {
  if (isDrill === true && (data !== undefined || nothingLater === true))
    throw new LedgerError(
      'USAGE',
      '--drill restores nothing for good: it goes with neither --data nor --nothing-later',
    );
}

async function run(context: Context, backup: string, options: RestoreCommandOptions): Promise<number> {
  assertOnePurpose(options);
  const policy = options.policy === undefined ? undefined : await readPinned(options.policy);
  const probes = await Promise.all((options.checkpoint ?? []).map((file) => readProbe(file, policy)));
  const counter = context.output.counter('Verifying', 'blocks');
  const onProgress = (blocks: number): void => {
    counter.update(blocks);
  };
  const common = { backup, probes, policy, signal: context.io.signal, onProgress };
  try {
    const { value, text } = await (options.drill === true ? runDrill(common) : runRestore(common, options));
    counter.stop();
    context.output.result(value, text);
    return exitCodes.yes;
  } finally {
    counter.stop();
  }
}

export const registerRestore: Register = (program, tool) => {
  const command = program
    .command('restore')
    .summary('bring a ledger back from a backup, or refuse')
    .description(
      'Bring a ledger back from a backup into a folder that holds none. It is verified first, against its manifest and as fsck does, and against everything that is known to have been signed: the guard folder of the old machine, if it is put into the new data folder, and checkpoints that others saw. A backup that is behind one of them is refused, because to go on from it would be to sign a second history.',
    )
    .argument('<backup>', 'folder that backup made')
    .option('--data <folder>', 'data folder to make')
    .option('--drill', 'restore into a folder for the purpose, verify it, remove it again: to know that it can be done')
    .option('--checkpoint <file...>', 'the latest signed checkpoint that anybody saw')
    .option(
      '--policy <file>',
      'the pinned policy that the checkpoints must be signed under; a backup whose log key gave its place is refused',
    )
    .option('--nothing-later', 'answer for it that no checkpoint beyond the backup was ever given out')
    .action(function (this: Command, backup: string, options: RestoreCommandOptions) {
      return tool.run(this, (context) => run(context, backup, options));
    });
  withExample(command, 'carbon-ledger restore backups/2026-11-21 --data data/restored --checkpoint latest.note');
};
