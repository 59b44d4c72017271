import { RETENTION_YEARS } from '@carbon-ledger/core';
import type { Command } from 'commander';
import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import { formatTable, type Column } from '../output/table';
import type { DueTransaction } from '../service/service';
import { withExample, type Register } from '../tool';

interface RetentionOptions {
  readonly years: string;
  readonly purge?: boolean;
}

const columns: readonly Column<DueTransaction>[] = [
  { title: 'TRANSACTION', value: ({ txId }) => txId },
  { title: 'ANCHORED', value: ({ anchoredAt }) => anchoredAt },
  { title: 'RECORDS', value: ({ records }) => String(records), align: 'right' },
];

async function retention(context: Context, options: RetentionOptions): Promise<number> {
  const service = await context.service();
  const due: DueTransaction[] = [];
  const purges: string[] = [];
  for await (const page of service.due(Number(options.years))) {
    due.push(...page);
    if (options.purge === true && page.length > 0) purges.push(await service.purge(Number(options.years), page));
  }
  context.output.result({ years: Number(options.years), transactions: due, purges }, () => {
    const { language } = context;
    const isPurged = options.purge === true;
    const none = {
      en: `No private figures were kept ${options.years} years.`,
      zh: `没有保留满 ${options.years} 年的非公开数据项。`,
    };
    const told = {
      en: `${isPurged ? 'Purged' : 'Kept long enough'}: private figures of ${String(due.length)} transactions`,
      zh: `${isPurged ? '已清除' : '保留期已满'}：${String(due.length)} 笔交易的非公开数据项`,
    };
    return due.length === 0 ? none[language] : [told[language], formatTable(columns, due, language)].join('\n');
  });
  return exitCodes.yes;
}

export const registerRetention: Register = (program, tool) => {
  const command = program
    .command('retention')
    .summary('private figures whose retention is over, and their purge')
    .description(
      'Lists the transactions whose private figures were kept long enough; with --purge every member of the collection forgets these figures for ever. Records, hashes, roots and receipts stay. Only the founding authority may (--as).',
    )
    .option('--years <years>', 'years that figures are kept; the law asks for 5', String(RETENTION_YEARS))
    .option('--purge', 'purge them')
    .action(function (this: Command, options: RetentionOptions) {
      return tool.run(this, (context) => retention(context, options));
    });
  withExample(command, 'carbon-ledger retention --as 11100000MA0TRYA01Y --purge');
};
