import {
  lifecycleOf,
  markNames,
  markTitle,
  markWords,
  processes,
  recordTypes,
  recordWords,
  type Mark,
  type Title,
} from '@carbon-ledger/core';
import { type AnchoredRecordView, type AnswerOf, type QueryIn } from '@carbon-ledger/client-sdk';
import { Option, type Command } from 'commander';
import type { Context } from '../context';
import { languageOf, type Language } from '../output/language';
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
function briefly(mark: Mark, language: Language): string {
  return (mark.mark === 'late' ? markWords(mark) : markTitle(mark))[language];
}

const words = {
  anchored: { en: 'ANCHORED', zh: '锚定时间' },
  state: { en: 'STATE', zh: '状态' },
  marks: { en: 'MARKS', zh: '标记' },
  version: { en: 'V', zh: '版' },
  key: { en: 'KEY', zh: '业务键' },
  record: { en: 'RECORD', zh: '记录' },
  none: { en: 'no record', zh: '没有记录' },
  more: { en: 'more', zh: '下一页' },
  since: { en: 'anchored', zh: '锚定于' },
  by: { en: 'by', zh: '依据' },
  hidden: { en: 'private figures are not open to you', zh: '其非公开数据项不对您开放' },
} as const satisfies Readonly<Record<string, Title>>;

/** How a version stands: codes in English, as filters take them; their titles in Chinese. */
const statuses = {
  current: '现行',
  open: '待重新提交',
  superseded: '已被替代',
  withdrawn: '已撤回',
} as const satisfies Readonly<Record<AnchoredRecordView['status'], string>>;

/** In Chinese with its code, by which lists are narrowed. */
function stateIn({ state, record }: AnchoredRecordView, language: Language): string {
  const title = lifecycleOf({ types: recordTypes, processes }, record.kind).states[state]?.title.zh;
  return language === 'en' || title === undefined ? state : `${title}（${state}）`;
}

const statusIn = (status: AnchoredRecordView['status'], language: Language): string =>
  language === 'zh' ? statuses[status] : status;

function columnsIn(language: Language): readonly Column<AnchoredRecordView>[] {
  const superseded = (view: AnchoredRecordView): string =>
    view.status === 'superseded' ? ` (${statusIn(view.status, language)})` : '';
  return [
    { title: words.anchored[language], value: ({ anchoredAt }) => anchoredAt },
    { title: words.state[language], value: (view) => `${stateIn(view, language)}${superseded(view)}` },
    {
      title: words.marks[language],
      value: ({ marks = [] }) => marks.map((mark) => briefly(mark, language)).join(language === 'zh' ? '、' : ', '),
    },
    { title: words.version[language], value: ({ record }) => String(record.version), align: 'right' },
    { title: words.key[language], value: ({ key }) => key },
    { title: words.record[language], value: ({ id }) => id },
  ];
}

function formatPage({ items, next }: Page, language: Language): string {
  const more = next === undefined ? [] : [`${words.more[language]}: --cursor ${next}`];
  const table = items.length === 0 ? words.none[language] : formatTable(columnsIn(language), items);
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
  context.output.result(page, () => formatPage(page, languageOf(context.io.env)));
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

function formatRecord(context: Context, found: AnchoredRecordView): string {
  const { id, record, figures, status, changedBy, marks = [], anchoredAt, figuresAccess } = found;
  const language = languageOf(context.io.env);
  const changed = changedBy === undefined ? '' : `, ${words.by[language]} ${changedBy}`;
  const standing = [
    id,
    `${stateIn(found, language)} (${statusIn(status, language)})${changed}`,
    `${words.since[language]} ${anchoredAt}`,
    ...marks.map((mark) => context.output.style.warn(markLine(mark, language))),
    ...(figuresAccess === 'hidden' ? [words.hidden[language]] : []),
  ];
  return [...standing, '', ...recordWords(record, figures ?? [])[language]].join('\n');
}

function markLine(mark: Mark, language: Language): string {
  const { zh, en } = markWords(mark);
  return language === 'zh' ? zh : `${zh} ${en}`;
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
