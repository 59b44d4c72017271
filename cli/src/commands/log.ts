import type { Command } from 'commander';
import type { Context } from '../context';
import { writeWhole } from '../files/write-file';
import { exitCodes } from '../output/problem';
import { takeHandover } from '../receipts/take-handover';
import { withExample, type Register } from '../tool';

interface LogOptions {
  readonly policy?: boolean;
  readonly handover?: readonly string[];
  readonly from?: string;
  readonly output?: string;
}

async function log(context: Context, { handover, ...options }: LogOptions): Promise<number> {
  if (handover !== undefined) return takeHandover(context, { ...options, handover });
  const service = await context.service();
  const value = options.policy === true ? await service.policy() : await service.checkpoint();
  const text = typeof value === 'string' ? value : `${JSON.stringify(value, null, 2)}\n`;
  if (options.output !== undefined) {
    await writeWhole(options.output, text);
    context.output.note(`Written to ${options.output}.`);
  }
  const answer = typeof value === 'string' ? { checkpoint: value } : { policy: value };
  if (context.output.json || options.output === undefined) context.output.result(answer, () => text.trimEnd());
  return exitCodes.yes;
}

export const registerLog: Register = (program, tool) => {
  const command = program
    .command('log')
    .summary('the signed checkpoint of the log, or the policy to pin')
    .description(
      'Show the last signed checkpoint of the transparency log (C2SP signed note). With --policy, the verification policy: which log key and witnesses to trust. Pin it once, from a source that you trust, and keep it.',
    )
    .option('--policy', 'the verification policy instead of the checkpoint')
    .option(
      '--handover <file...>',
      "take over the log's new key on the word of the pinned one (keys rotate log); asks no service",
    )
    .option('--from <file>', 'the policy from which the handover goes on, in place of the pinned one')
    .option('-o, --output <file>', 'write it to a file')
    .action(function (this: Command, options: LogOptions) {
      return tool.run(this, (context) => log(context, options));
    });
  withExample(command, 'carbon-ledger log --policy -o policy.json');
};
