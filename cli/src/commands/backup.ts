import type { Command } from 'commander';
import { backup } from '../backup/backup';
import type { Manifest } from '../backup/manifest';
import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import { withExample, type Register } from '../tool';

interface BackupCommandOptions {
  readonly data: string;
  readonly output: string;
  readonly keys: boolean;
}

function formatManifest(manifest: Manifest, target: string): string {
  const { ledger, height, log, files, withoutKeys } = manifest;
  return [
    `Copied to ${target} and verified.`,
    `ledger ${ledger}`,
    `${String(height)} blocks, ${String(log.size)} records, ${String(files.length)} other files`,
    `log root ${log.root}`,
    ...(withoutKeys.length > 0 ? [`left out: ${String(withoutKeys.length)} private keys; keep them elsewhere`] : []),
  ].join('\n');
}

async function run(context: Context, { data, output, keys }: BackupCommandOptions): Promise<number> {
  const counter = context.output.counter('Verifying', 'blocks');
  try {
    const manifest = await backup({
      dataDir: data,
      target: output,
      withKeys: keys,
      now: context.now(),
      signal: context.io.signal,
      onProgress: (blocks) => {
        counter.update(blocks);
      },
    });
    counter.stop();
    if (keys) context.output.note('The backup holds private keys: keep it as safe as the data folder itself.');
    context.output.result({ folder: output, manifest }, () => formatManifest(manifest, output));
    return exitCodes.yes;
  } finally {
    counter.stop();
  }
}

export const registerBackup: Register = (program, tool) => {
  const command = program
    .command('backup')
    .summary('copy a ledger that is stopped, and verify the copy')
    .description(
      'Copy the blocks, state, private data, identities, guard and keys of an embedded ledger that is stopped, with a manifest of digests, and verify the copy as fsck does. The projection is left out: blocks give it anew. The folder gets its name only when the copy is in order.',
    )
    .requiredOption('--data <folder>', 'data folder of the ledger')
    .requiredOption('-o, --output <folder>', 'folder to make')
    .option('--no-keys', 'leave private keys out; they must be kept elsewhere')
    .action(function (this: Command, options: BackupCommandOptions) {
      return tool.run(this, (context) => run(context, options));
    });
  withExample(command, 'carbon-ledger backup --data data/ledger -o backups/2026-11-21');
};
