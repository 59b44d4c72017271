import { markTitle, messageInChinese, type Title } from '@carbon-ledger/core';
import type { ActionView, AnswerOf, DutyView, QueryIn } from '@carbon-ledger/client-sdk';
import { Option, type Command } from 'commander';
import type { Context } from '../context';
import { parseRecordType } from '../filing/facts';
import type { Language } from '../output/language';
import { exitCodes } from '../output/problem';
import { formatTable, type Column } from '../output/table';
import { withExample, type Register } from '../tool';

type Query = QueryIn<'getInbox'>;

interface InboxOptions extends Pick<Query, 'state' | 'text' | 'until' | 'sort' | 'order' | 'cursor'> {
  readonly type?: string;
  readonly late?: boolean;
  readonly csv?: boolean;
  readonly limit: string;
  readonly trialKeys?: boolean;
}

/** Headings of both tables. */
const heads = {
  until: { en: 'UNTIL', zh: '期限' },
  late: { en: 'LATE', zh: '逾期' },
  what: { en: 'WHAT', zh: '事项' },
  key: { en: 'KEY', zh: '业务键' },
  state: { en: 'STATE', zh: '状态' },
  marks: { en: 'MARKS', zh: '标记' },
  step: { en: 'STEP', zh: '步骤' },
  leadsTo: { en: 'LEADS TO', zh: '转为' },
  you: { en: 'YOU', zh: '本方可办' },
  by: { en: 'BY', zh: '办理方' },
} as const satisfies Readonly<Record<string, Title>>;

function dutyColumns({ output: { style } }: Context, language: Language): readonly Column<DutyView>[] {
  return [
    {
      title: heads.until[language],
      value: ({ until, counted }) => `${until ?? '–'}${counted === 'weekdays' ? ' ?' : ''}`,
    },
    {
      title: heads.late[language],
      value: ({ late }) => (late === undefined ? '' : `${String(late)} ${language === 'zh' ? '天' : 'd'}`),
      align: 'right',
      paint: (text, { late }) => (late === undefined ? text : style.bad(text)),
    },
    { title: heads.what[language], value: ({ title }) => title[language] },
    { title: heads.key[language], value: ({ key }) => key },
    { title: heads.state[language], value: ({ state, stateTitle }) => stateTitle?.[language] ?? state ?? '' },
    {
      title: heads.marks[language],
      value: ({ marks = [] }) =>
        marks
          .filter(({ mark }) => mark !== 'late')
          .map((mark) => markTitle(mark)[language])
          .join(', '),
      paint: (text) => style.warn(text),
    },
  ];
}

async function inbox(context: Context, options: InboxOptions): Promise<number> {
  const party = context.requireParty();
  const service = await context.service({ reader: party, trialKeys: options.trialKeys === true });
  const { state, text, until, sort, order, cursor, limit, type, late } = options;
  const query: Query = {
    ...{ state, text, until, sort, order, cursor, limit },
    ...(type === undefined ? {} : { type: parseRecordType(type) }),
    ...(late === true ? { late: 'true' as const } : {}),
  };
  if (options.csv === true) {
    context.output.data(await service.csv('getInbox', query));
    return exitCodes.yes;
  }
  const found = await service.inbox(query);
  context.output.result(found, () => formatInbox(context, found));
  return exitCodes.yes;
}

/** What a question mark behind a day says. */
const noCalendar: Title = {
  en: '? counted Monday to Friday: the working days of a year that it runs through are not on the ledger',
  zh: '? 按周一至周五计算：所跨年度的工作日历不在账本上',
};

function formatInbox(context: Context, found: AnswerOf<'getInbox'>): string {
  const { items, total, late, complete, next } = found;
  const more =
    next === undefined ? '' : context.inWords({ en: `, more: --cursor ${next}`, zh: `，下一页：--cursor ${next}` });
  const part = complete
    ? ''
    : context.inWords({ en: ' (more waits than an inbox looks at)', zh: '（待办过多，未全部列出）' });
  const counts = context.inWords({
    en: `${String(total)} to do, ${String(late)} late`,
    zh: `待办 ${String(total)} 项，其中逾期 ${String(late)} 项`,
  });
  const guessed = items.some(({ counted }) => counted === 'weekdays') ? `\n${context.inWords(noCalendar)}` : '';
  const count = `${counts}${more}${part}${guessed}`;
  return items.length === 0 ? count : `${formatTable(dutyColumns(context, context.language), items)}\n${count}`;
}

const MOST_FILERS = 4;
const filers: Title = { en: 'its issuer or an authority above it', zh: '其签署方或上级主管部门' };

function who({ by }: ActionView, language: Language): string {
  const inWords = (kind: string, as: string): string => {
    const filer = `${kind} (${as})`;
    return language === 'zh' ? (messageInChinese(filer) ?? filer) : filer;
  };
  // Corrections are open to nearly every kind of party: a cell does not list them.
  if (by.length > MOST_FILERS) return filers[language];
  return [...new Set(by.map(({ kind, as }) => inWords(kind, as)))].join(language === 'zh' ? '、' : ', ');
}

const yours: Readonly<Record<Language, readonly [yes: string, no: string]>> = { en: ['yes', 'no'], zh: ['是', '否'] };

function actionColumns(language: Language): readonly Column<ActionView>[] {
  const [yes, no] = yours[language];
  return [
    { title: heads.step[language], value: ({ step, awaited }) => (awaited ? `${step} *` : step) },
    { title: heads.what[language], value: ({ title }) => title[language] },
    { title: heads.leadsTo[language], value: ({ to, toTitle }) => `${to} ${toTitle?.[language] ?? ''}`.trim() },
    { title: heads.you[language], value: (one) => (one.yours === undefined ? '' : one.yours ? yes : no) },
    { title: heads.by[language], value: (one) => who(one, language) },
  ];
}

function formatActions(context: Context, found: AnswerOf<'getActions'>): string {
  const { key, state, stateTitle, isCurrent } = found;
  const nothing = context.inWords({ en: 'nothing filed yet', zh: '尚未提交' });
  const title = state === '-' ? nothing : `${state} ${stateTitle?.[context.language] ?? ''}`.trim();
  const later = context.inWords({ en: 'a later version stands in its place', zh: '已由后一版替代' });
  const head = `${key}: ${isCurrent ? title : later}`;
  const awaited = context.inWords({ en: '* is waited for', zh: '* 为待办步骤' });
  return found.actions.length === 0
    ? head
    : `${head}\n${formatTable(actionColumns(context.language), found.actions)}\n${awaited}`;
}

async function actions(context: Context, name: string, options: { readonly trialKeys?: boolean }): Promise<number> {
  const reader = context.party ?? (name.includes('/') ? name.split('/')[0] : undefined);
  const service = await context.service({ reader, trialKeys: options.trialKeys === true });
  const found = await service.actions(name);
  context.output.result(found, () => formatActions(context, found));
  return exitCodes.yes;
}

export const registerInbox: Register = (program, tool) => {
  const command = program
    .command('inbox')
    .summary('what the party must do next, nearest day first')
    .description('What the party of --as must do next, until when, nearest first; what is late is marked.')
    .option('--type <type>', 'only what is done by filing a record of this type')
    .option('--late', 'only what is late')
    .option('--state <code>', 'only what waits in this state')
    .option('--text <words>', 'somewhere in its business key or its words')
    .option('--until <day>', 'only what is due on this day or before')
    .addOption(
      new Option('--sort <order>', 'nearest day, business key, longest wait').choices(['until', 'key', 'since']),
    )
    .addOption(new Option('--order <order>', 'forth or back').choices(['asc', 'desc']))
    .option('--limit <n>', 'how many on a page (1 to 500)', '50')
    .option('--cursor <cursor>', 'where the page before said to go on')
    .option('--csv', 'as CSV')
    .option('--trial-keys', 'sign in with the trial key of the party (trial ledgers only)')
    .action(function (this: Command, options: InboxOptions) {
      return tool.run(this, (context) => inbox(context, options));
    });
  withExample(command, 'carbon-ledger inbox --as 91140000MA0FAKE01X');

  const actionsCommand = program
    .command('actions')
    .summary('what may be done with a record now, and by whom')
    .description(
      'What may be done now with a record or a business key, and by whom; with --as also whether that party may.',
    )
    .argument('<record>', 'record id (rec:…) or business key USCC/UNIT/PERIOD/KIND')
    .option('--trial-keys', 'sign in with the trial key of the party (trial ledgers only)')
    .action(function (this: Command, name: string, options: { readonly trialKeys?: boolean }) {
      return tool.run(this, (context) => actions(context, name, options));
    });
  withExample(actionsCommand, 'carbon-ledger actions 91140000MA0FAKE01X/U1/2024-03/monthly-evidence');
};
