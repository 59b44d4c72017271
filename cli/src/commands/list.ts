import { markNames, markTitle, markWords, recordWords, type Mark } from '@carbon-ledger/core';
import { type AnchoredRecordView, type AnswerOf, type QueryIn } from '@carbon-ledger/client-sdk';
import { Option, type Command } from 'commander';
import type { Context } from '../context';
import { languageOf } from '../output/language';
import { exitCodes } from '../output/problem';
import { formatTable, type Column } from '../output/table';
import { withExample, type Register } from '../tool';
import { printCsv, queryOf } from './listing';

type Query = QueryIn<'listRecords'>;
type Page = AnswerOf<'listRecords'>;

interface ListOptions extends Omit<Query, 'limit'> {
  readonly limit: string;
  readonly csv?: boolean;
}

/** Of lateness the days too: it is what a list is read for. */
function briefly(mark: Mark): string {
  return mark.mark === 'late' ? markWords(mark).en : markTitle(mark).en;
}

const columns: readonly Column<AnchoredRecordView>[] = [
  { title: 'ANCHORED', value: ({ anchoredAt }) => anchoredAt },
  { title: 'STATE', value: ({ state, status }) => (status === 'superseded' ? `${state} (superseded)` : state) },
  { title: 'MARKS', value: ({ marks = [] }) => marks.map(briefly).join(', ') },
  { title: 'V', value: ({ record }) => String(record.version), align: 'right' },
  { title: 'KEY', value: ({ key }) => key },
  { title: 'RECORD', value: ({ id }) => id },
];

function formatPage({ items, next }: Page): string {
  const more = next === undefined ? [] : [`more: --cursor ${next}`];
  const table = items.length === 0 ? 'no record' : formatTable(columns, items);
  return [table, ...more].join('\n');
}

async function list(context: Context, options: ListOptions): Promise<number> {
  const query = queryOf('listRecords', options);
  const service = await context.service(context.party === undefined ? {} : { reader: context.party });
  if (options.csv === true) {
    await printCsv(context, service, 'listRecords', query);
    return exitCodes.yes;
  }
  const page = await service.list(query);
  context.output.result(page, () => formatPage(page));
  return exitCodes.yes;
}

async function show(context: Context, name: string): Promise<number> {
  const service = await context.service({
    reader: context.party ?? (name.includes('/') ? name.split('/')[0] : undefined),
  });
  const found = await service.recordNamed(name);
  context.output.result(found, () => formatRecord(context, found));
  return exitCodes.yes;
}

function formatRecord(
  context: Context,
  { id, record, figures, state, status, changedBy, marks = [], anchoredAt, figuresAccess }: AnchoredRecordView,
): string {
  const standing = [
    id,
    `${state} (${status})${changedBy === undefined ? '' : `, by ${changedBy}`}`,
    `anchored ${anchoredAt}`,
    ...marks.map((mark) => context.output.style.warn(markLine(mark))),
    ...(figuresAccess === 'hidden' ? ['private figures are not open to you'] : []),
  ];
  return [...standing, '', ...recordWords(record, figures ?? [])[languageOf(context.io.env)]].join('\n');
}

function markLine(mark: Mark): string {
  const { zh, en } = markWords(mark);
  return `${zh} ${en}`;
}

function withFilters(command: Command): Command {
  return command
    .option('--type <type>', 'type of record')
    .option('--state <code>', 'state in which the current version stands: FILED, RETURNED …')
    .addOption(new Option('--status <status>', 'how it stands').choices(['current', 'open', 'superseded', 'withdrawn']))
    .addOption(new Option('--mark <mark>', 'only what bears this mark').choices(markNames))
    .option('--party <USCC>', 'the party that it is about')
    .option('--issuer <USCC>', 'the party that signed it')
    .option('--unit <unit>', 'unit, PLANT for the plant')
    .option('--period <period>', 'YYYY or YYYY-MM')
    .option('--since <time>', 'anchored since then: a day (Asia/Shanghai) or an instant')
    .option('--until <time>', 'anchored until then')
    .option('--changed-since <time>', 'brought to where it stands since then')
    .option('--changed-until <time>', 'brought to where it stands until then')
    .addOption(new Option('--sort <order>', 'by business key, or as anchored').choices(['key', 'anchored']))
    .addOption(new Option('--order <order>', 'forth or back').choices(['asc', 'desc']))
    .option('--limit <n>', 'how many on a page (1 to 500)', '50')
    .option('--cursor <cursor>', 'where the page before said to go on')
    .option('--csv', 'as CSV');
}

export const registerList: Register = (program, tool) => {
  const listCommand = withFilters(
    program
      .command('list')
      .summary('records by type, party, state, time …')
      .description('List records by type, state, party, unit, period and time, page by page.')
      .option('--text <words>', 'somewhere in the record as it was signed'),
  ).action(function (this: Command, options: ListOptions) {
    return tool.run(this, (context) => list(context, options));
  });
  withExample(listCommand, 'carbon-ledger list --type monthly-evidence --state RETURNED --changed-since 2024-03-01');

  const searchCommand = withFilters(
    program
      .command('search')
      .summary('records in which a text stands')
      .description('Find records in which a text stands, in what was signed or in the business key; newest first.')
      .argument('<text>', 'what to look for; capitals count for nothing'),
  ).action(function (this: Command, text: string, options: ListOptions) {
    const newest = { sort: 'anchored', order: 'desc' } as const;
    return tool.run(this, (context) => list(context, { ...newest, ...options, text }));
  });
  withExample(searchCommand, 'carbon-ledger search 采样 --type review');

  const showCommand = program
    .command('show')
    .summary('one record in words')
    .description(
      'Show one record in words: its fields, figures as far as they are open, citations, and where it stands.',
    )
    .argument('<record>', 'record id (rec:…) or business key USCC/UNIT/PERIOD/KIND')
    .action(function (this: Command, name: string) {
      return tool.run(this, (context) => show(context, name));
    });
  withExample(showCommand, 'carbon-ledger show 91140000MA0FAKE01X/U1/2024-03/monthly-evidence');
};
