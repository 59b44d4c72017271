import type { Command } from 'commander';
import { backup, type MadeBackup } from '../backup/backup';
import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import { withExample, type Register } from '../tool';

interface BackupCommandOptions {
  readonly data: string;
  readonly output: string;
  readonly since?: string;
  readonly keys: boolean;
}

const MIB = 1024 * 1024;
const inMib = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`;

function formatMade({ manifest, bytes, reused }: MadeBackup, target: string, since: string | undefined): string {
  const { ledger, height, log, files, withoutKeys } = manifest;
  return [
    `Copied to ${target} and verified.`,
    `ledger ${ledger}`,
    `${String(height)} blocks, ${String(log.size)} records, ${String(files.length)} other files`,
    `log root ${log.root}`,
    ...(since === undefined ? [] : [`${inMib(bytes - reused)} written, ${inMib(reused)} taken from ${since}`]),
    ...(withoutKeys.length > 0 ? [`left out: ${String(withoutKeys.length)} private keys; keep them elsewhere`] : []),
  ].join('\n');
}

async function run(context: Context, { data, output, since, keys }: BackupCommandOptions): Promise<number> {
  const counter = context.output.counter('Verifying', 'blocks');
  try {
    const made = await backup({
      dataDir: data,
      target: output,
      since,
      withKeys: keys,
      now: context.now(),
      signal: context.io.signal,
      onProgress: (blocks) => {
        counter.update(blocks);
      },
    });
    counter.stop();
    if (keys) context.output.note('The backup holds private keys: keep it as safe as the data folder itself.');
    const { manifest, bytes, reused } = made;
    context.output.result({ folder: output, manifest, bytes, reused }, () => formatMade(made, output, since));
    return exitCodes.yes;
  } finally {
    counter.stop();
  }
}

export const registerBackup: Register = (program, tool) => {
  const command = program
    .command('backup')
    .summary('copy a ledger, also while it runs, and verify the copy')
    .description(
      'Copy the blocks, state, private data, identities, guard and keys of an embedded ledger as of one block, with a manifest of digests, and verify the copy as fsck does. A service that runs on the folder goes on: run this as its user on its machine. The projection is left out: blocks give it anew. The folder gets its name only when the copy is in order.',
    )
    .requiredOption('--data <folder>', 'data folder of the ledger')
    .requiredOption('-o, --output <folder>', 'folder to make')
    .option('--since <backup>', 'an earlier backup, whose unchanged parts are linked, not written again')
    .option('--no-keys', 'leave private keys out; they must be kept elsewhere')
    .action(function (this: Command, options: BackupCommandOptions) {
      return tool.run(this, (context) => run(context, options));
    });
  withExample(command, 'carbon-ledger backup --data data/ledger -o backups/2026-11-21');
};
