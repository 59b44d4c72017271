import type { Command } from 'commander';
import { readProbe } from '../backup/probe-file';
import { restore, type Restored } from '../backup/restore';
import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import { withExample, type Register } from '../tool';

interface RestoreCommandOptions {
  readonly data: string;
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

async function run(context: Context, backup: string, options: RestoreCommandOptions): Promise<number> {
  const probes = await Promise.all((options.checkpoint ?? []).map((file) => readProbe(file, options.policy)));
  const counter = context.output.counter('Verifying', 'blocks');
  try {
    const restored = await restore({
      backup,
      dataDir: options.data,
      probes,
      nothingLater: options.nothingLater === true,
      signal: context.io.signal,
      onProgress: (blocks) => {
        counter.update(blocks);
      },
    });
    counter.stop();
    const { manifest, report, missingKeys } = restored;
    context.output.result({ folder: options.data, manifest, log: report.log, missingKeys }, () =>
      formatRestored(restored, options.data),
    );
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
    .requiredOption('--data <folder>', 'data folder to make')
    .option('--checkpoint <file...>', 'the latest signed checkpoint that anybody saw')
    .option('--policy <file>', 'the pinned policy that the checkpoints must be signed under')
    .option('--nothing-later', 'answer for it that no checkpoint beyond the backup was ever given out')
    .action(function (this: Command, backup: string, options: RestoreCommandOptions) {
      return tool.run(this, (context) => run(context, backup, options));
    });
  withExample(command, 'carbon-ledger restore backups/2026-11-21 --data data/restored --checkpoint latest.note');
};
