import type { CommittedSubmission } from '@carbon-ledger/client-sdk';
import { recordTypeNames } from '@carbon-ledger/core';
import { Option, type Command } from 'commander';
import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import type { Column } from '../output/table';
import { withExample, type Register } from '../tool';
import { printList, queryOf, withPages } from './listing';

const columns: readonly Column<CommittedSubmission>[] = [
  { title: 'LOG', value: ({ first }) => String(first), align: 'right' },
  { title: 'ANCHORED', value: ({ anchoredAt }) => anchoredAt },
  { title: 'PARTY', value: ({ submission }) => submission.party },
  { title: 'RECORDS', value: ({ submission }) => String(submission.records.length), align: 'right' },
  { title: 'OF', value: ({ submission }) => [...new Set(submission.records.map(({ type }) => type))].join(' ') },
  { title: 'TRANSACTION', value: ({ txId }) => txId },
];

async function submissions(context: Context, options: object): Promise<number> {
  const query = queryOf('listSubmissions', options);
  const service = await context.service();
  await printList(
    context,
    { service, name: 'listSubmissions', query },
    { columns, none: { en: 'no submission', zh: '没有提交' } },
  );
  return exitCodes.yes;
}

export const registerSubmissions: Register = (program, tool) => {
  const command = withPages(
    program
      .command('submissions')
      .summary('what was submitted, by whom and when')
      .description('List committed submissions in the order of the log, each with its party and its records.')
      .option('--party <USCC>', 'the party that signed it')
      .addOption(new Option('--type <type>', 'with a record of this type').choices(recordTypeNames))
      .addOption(
        new Option('--status <status>', 'with a record that stands so').choices([
          'current',
          'open',
          'superseded',
          'withdrawn',
        ]),
      )
      .option('--from <index>', 'log index to begin at'),
  ).action(function (this: Command, options: object) {
    return tool.run(this, (context) => submissions(context, options));
  });
  withExample(command, 'carbon-ledger submissions --party 91140000MA0FAKE01X --order desc --limit 20');
};
