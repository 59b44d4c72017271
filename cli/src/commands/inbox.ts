import { markTitle } from '@carbon-ledger/core';
import type { ActionView, AnswerOf, DutyView, QueryIn } from '@carbon-ledger/client-sdk';
import { Option, type Command } from 'commander';
import type { Context } from '../context';
import { parseRecordType } from '../filing/facts';
import { languageOf, type Language } from '../output/language';
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

function dutyColumns({ output: { style } }: Context, language: Language): readonly Column<DutyView>[] {
  return [
    { title: 'UNTIL', value: ({ until, counted }) => `${until ?? '–'}${counted === 'weekdays' ? ' ?' : ''}` },
    {
      title: 'LATE',
      value: ({ late }) => (late === undefined ? '' : `${String(late)} d`),
      align: 'right',
      paint: (text, { late }) => (late === undefined ? text : style.bad(text)),
    },
    { title: 'WHAT', value: ({ title }) => title[language] },
    { title: 'KEY', value: ({ key }) => key },
    { title: 'STATE', value: ({ state, stateTitle }) => stateTitle?.[language] ?? state ?? '' },
    {
      title: 'MARKS',
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
const noCalendar =
  '\n? counted Monday to Friday: the working days of a year that it runs through are not on the ledger';

function formatInbox(context: Context, { items, total, late, complete, next }: AnswerOf<'getInbox'>): string {
  const more = next === undefined ? '' : `, more: --cursor ${next}`;
  const part = complete ? '' : ' (more waits than an inbox looks at)';
  const guessed = items.some(({ counted }) => counted === 'weekdays') ? noCalendar : '';
  const count = `${String(total)} to do, ${String(late)} late${more}${part}${guessed}`;
  return items.length === 0
    ? count
    : `${formatTable(dutyColumns(context, languageOf(context.io.env)), items)}\n${count}`;
}

const who = ({ by }: ActionView): string => [...new Set(by.map(({ kind, as }) => `${kind} (${as})`))].join(', ');

async function actions(context: Context, name: string, options: { readonly trialKeys?: boolean }): Promise<number> {
  const reader = context.party ?? (name.includes('/') ? name.split('/')[0] : undefined);
  const service = await context.service({ reader, trialKeys: options.trialKeys === true });
  const found = await service.actions(name);
  const language = languageOf(context.io.env);
  const columns: readonly Column<ActionView>[] = [
    { title: 'STEP', value: ({ step, awaited }) => (awaited ? `${step} *` : step) },
    { title: 'WHAT', value: ({ title }) => title[language] },
    { title: 'LEADS TO', value: ({ to, toTitle }) => `${to} ${toTitle?.[language] ?? ''}`.trim() },
    { title: 'YOU', value: ({ yours }) => (yours === undefined ? '' : yours ? 'yes' : 'no') },
    { title: 'BY', value: who },
  ];
  context.output.result(found, () => {
    const { key, state, stateTitle, isCurrent } = found;
    const title = state === '-' ? 'nothing filed yet' : `${state} ${stateTitle?.[language] ?? ''}`.trim();
    const head = `${key}: ${isCurrent ? title : 'a later version stands in its place'}`;
    return found.actions.length === 0 ? head : `${head}\n${formatTable(columns, found.actions)}\n* is waited for`;
  });
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
