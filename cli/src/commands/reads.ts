import path from 'node:path';
import type { ReadLine, ReadLogCheck } from '@carbon-ledger/auditor/stored';
import { LedgerError } from '@carbon-ledger/core';
import type { AnswerOf } from '@carbon-ledger/client-sdk';
import type { Command } from 'commander';
import type { Context } from '../context';
import type { Language } from '../output/language';
import { exitCodes } from '../output/problem';
import { plainText } from '../output/style';
import { formatTable, type Column } from '../output/table';
import { withExample, type Register } from '../tool';

interface ReadsOptions {
  readonly data?: string;
  readonly guard?: string;
  readonly reader?: string;
  readonly about?: string;
  readonly all?: boolean;
  readonly limit: string;
  readonly trialKeys?: boolean;
}

type Shown = Pick<ReadLine, 'at' | 'party' | 'route' | 'purpose'> & {
  readonly records: readonly { readonly record: string }[];
};

const MOST_NAMED = 2;

const columns: readonly Column<Shown>[] = [
  { title: 'AT', value: ({ at }) => at },
  { title: 'PARTY', value: ({ party }) => party },
  { title: 'BY', value: ({ route }) => route },
  { title: 'FOR', value: ({ purpose }) => plainText(purpose ?? '') },
  { title: 'RECORDS', value: ({ records }) => String(records.length), align: 'right' },
  {
    title: 'WHICH',
    value: ({ records }) =>
      records
        .slice(0, MOST_NAMED)
        .map(({ record }) => record.slice(0, 16))
        .join(' ') + (records.length > MOST_NAMED ? ' …' : ''),
  },
];

function parseLimit(text: string): number {
  if (/^[1-9][0-9]{0,6}$/.test(text)) return Number(text);
  throw new LedgerError('USAGE', `--limit ${text} is no number`);
}

/** Who looked at the records of the party of `--as`, by the gateway that is asked. */
async function ofParty(context: Context, options: ReadsOptions): Promise<number> {
  const service = await context.service({ reader: context.requireParty(), trialKeys: options.trialKeys === true });
  const most = parseLimit(options.limit);
  const items: AnswerOf<'listReads'>['items'] = [];
  for (let cursor: string | undefined, more = true; more && items.length < most; more = cursor !== undefined) {
    const others = options.all === true ? ('false' as const) : ('true' as const);
    const page = await service.call('listReads', { query: { others, ...(cursor === undefined ? {} : { cursor }) } });
    items.push(...page.items);
    cursor = page.next;
  }
  const shown = items.slice(0, most);
  context.output.result({ items: shown }, () =>
    shown.length === 0
      ? { en: 'nobody', zh: '无人查看' }[context.language]
      : formatTable(columns, shown, context.language),
  );
  return exitCodes.yes;
}

function isAsked({ reader, about }: ReadsOptions, { party, records }: ReadLine): boolean {
  const isAbout = about === undefined || records.some(({ subject, issuer }) => subject === about || issuer === about);
  return isAbout && (reader === undefined || party === reader);
}

/** The log as it lies in a gateway's folder: its newest lines, and whether its chain holds. */
async function ofFolder(context: Context, data: string, options: ReadsOptions): Promise<number> {
  const { checkReadLog, readHead, readLines } = await import('@carbon-ledger/auditor/stored');
  const folder = path.join(data, 'reads');
  const kept = readHead(path.join(options.guard ?? path.join(data, 'guard'), 'last-read.json'));
  const check = await checkReadLog(folder, kept);
  const most = parseLimit(options.limit);
  const items: ReadLine[] = [];
  for await (const { line } of readLines(folder)) {
    if (line === undefined || !isAsked(options, line)) continue;
    items.push(line);
    if (items.length > most) items.shift();
  }
  items.reverse();
  const isWhole = check.faults.length === 0;
  context.output.result({ status: isWhole ? 'whole' : 'broken', ...check, items }, () =>
    formatFolder(check, items, context.language),
  );
  return isWhole ? exitCodes.yes : exitCodes.no;
}

function formatFolder(
  { faults, lines, removed, head }: ReadLogCheck,
  items: readonly ReadLine[],
  language: Language,
): string {
  const count = { lines: String(lines), removed: String(removed), n: String(head.n) };
  const isWhole = faults.length === 0;
  const told = {
    en: `${count.lines} lines${removed === 0 ? '' : `, ${count.removed} before them removed when their time was over`}; ${isWhole ? 'the chain is whole' : 'THE CHAIN IS BROKEN'}; head ${count.n} ${head.hash}`,
    zh: `${count.lines} 行${removed === 0 ? '' : `，此前 ${count.removed} 行已到期删除`}；${isWhole ? '哈希链完整' : '哈希链断开'}；日志头 ${count.n} ${head.hash}`,
  };
  return [
    ...(items.length === 0 ? [] : [formatTable(columns, items, language)]),
    told[language],
    ...faults.map(({ file, line, message }) => plainText(`  ${file}:${String(line)} ${message}`)),
  ].join('\n');
}

export const registerReads: Register = (program, tool) => {
  const command = program
    .command('reads')
    .summary('who looked at private figures')
    .description(
      "Who looked at private figures of the records of the party of --as, by the gateway that is asked, newest first. With --data, for its operator: the log in a gateway's folder, all of it, and whether its chain of hashes is whole; exits 1 where it is not.",
    )
    .option('--all', 'also what the party looked at itself')
    .option('--data <folder>', "data folder of a gateway: its operator's look at the log itself")
    .option('--guard <folder>', 'with --data: folder in which the head of the log is kept apart (default its guard)')
    .option('--reader <USCC>', 'with --data: only what this party looked at')
    .option('--about <USCC>', 'with --data: only records about this party, or filed by it')
    .option('--limit <n>', 'how many, the newest', '100')
    .option('--trial-keys', 'sign in with the trial key of the party (trial ledgers only)')
    .action(function (this: Command, options: ReadsOptions) {
      return tool.run(this, (context) =>
        options.data === undefined ? ofParty(context, options) : ofFolder(context, options.data, options),
      );
    });
  withExample(command, 'carbon-ledger reads --as 91140000MA0FAKE01X', 'carbon-ledger reads --data data/gateway');
};
