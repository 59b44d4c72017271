import path from 'node:path';
import { LedgerError } from '@carbon-ledger/core/errors';
import type { StoppedService } from '@carbon-ledger/gateway-api';
import type { Command } from 'commander';
import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import { withExample, type Tool } from '../tool';

interface RotateOptions {
  readonly data: readonly string[];
  readonly shared?: string;
  readonly output?: string;
}

async function rotateSessions(context: Context, service: StoppedService): Promise<number> {
  const { rotateSessionKey } = await import('@carbon-ledger/gateway-api');
  await rotateSessionKey(service);
  context.output.result({ rotated: 'sessions' }, () => 'New session key: everybody signs in anew.');
  return exitCodes.yes;
}

const ADVICE =
  'Give the handover to everybody who pinned the policy (carbon-ledger log --handover FILE). With it, receipts that were given out hold as before, and the old key signs nothing that is larger. Take a backup now: one of before holds the old key.';

async function rotateLog(context: Context, service: StoppedService, output: string | undefined): Promise<number> {
  if (output === undefined)
    throw new LedgerError(
      'USAGE',
      'say where the handover is to be written: -o FILE. Without it nobody learns the key',
    );
  const { rotateLogKey } = await import('@carbon-ledger/gateway-api');
  const { from, to, size } = await rotateLogKey(service, path.resolve(output));
  context.output.note(ADVICE);
  context.output.result({ rotated: 'log', from, to, size, handover: output }, () =>
    [`old key ${from}`, `new key ${to}`, `from size ${String(size)}`, `handover ${output}`].join('\n'),
  );
  return exitCodes.yes;
}

function rotate(context: Context, what: string, { data, shared, output }: RotateOptions): Promise<number> {
  const service = {
    dataDirs: data.map((folder) => path.resolve(folder)),
    sharedDir: shared === undefined ? undefined : path.resolve(shared),
  };
  if (what === 'sessions') return rotateSessions(context, service);
  if (what === 'log') return rotateLog(context, service, output);
  throw new LedgerError('USAGE', `${JSON.stringify(what)} is no key of a service: log or sessions`);
}

/** Keys of a service, not of a party: beside them because people look for both under one word. */
export function registerKeysRotate(keys: Command, tool: Tool): void {
  const command = keys
    .command('rotate')
    .description(
      'Give a stopped service another key. `log`: the old key signs that the new one takes its place, and is removed; what was signed last stays known, and whoever pinned the policy takes the new key by `log --handover`. `sessions`: everybody signs in anew.',
    )
    .argument('<what>', 'log or sessions')
    .requiredOption(
      '--data <folder...>',
      'data folder of the service; of several gateways on one shared folder, of each',
    )
    .option('--shared <folder>', 'the folder that several gateways share (serve --shared)')
    .option('-o, --output <file>', 'where the handover of the log is written')
    .action(function (this: Command, what: string, options: RotateOptions) {
      return tool.run(this, (context) => rotate(context, what, options));
    });
  withExample(command, 'carbon-ledger keys rotate log --data data/ledger -o handover.note');
}
