import type { Command } from 'commander';
import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import type { LedgerInfo } from '../service/service';
import { withExample, type Register } from '../tool';

async function status(context: Context): Promise<number> {
  const ledger = await (await context.service()).ledger();
  const lines: readonly (readonly [string, string])[] = [
    ['service', context.url],
    ['ledger', ledger.ledger],
    ['kind', ledger.trial ? 'TRIAL: its parties sign with keys that anybody can make' : 'production'],
    ['deployment', `${ledger.deployment}, organisation ${ledger.organisation}, channel ${ledger.channel}`],
    ['height', `${ledger.height} blocks`],
    ['log', `${String(ledger.logSize)} records`],
    ['checkpoint', ledger.checkpointAt ?? 'none yet'],
    ['version', ledger.version],
    ...tookOver(ledger.earlier),
  ];
  context.output.result({ url: context.url, ...ledger }, () =>
    lines.map(([name, value]) => `${name.padEnd(11)} ${value}`).join('\n'),
  );
  return exitCodes.yes;
}

function tookOver(earlier: LedgerInfo['earlier']): (readonly [string, string])[] {
  if (earlier === undefined) return [];
  const { ledger, size, complete } = earlier;
  const state = complete ? 'all of them are here' : 'NOT ALL HERE: run carbon-ledger import ledger again';
  return [['took over', `${String(size)} records of ledger ${ledger}; ${state}`]];
}

export const registerStatus: Register = (program, tool) => {
  const command = program
    .command('status')
    .description('Show which ledger this is, its height, the size of its log and the time of its last checkpoint.')
    .action(function (this: Command) {
      return tool.run(this, status);
    });
  withExample(command, 'carbon-ledger status');
};
