import type { BodyIn, WebhookView } from '@carbon-ledger/client-sdk';
import { LedgerError, recordTypeNames } from '@carbon-ledger/core';
import { Option, type Command } from 'commander';
import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import { plainText } from '../output/style';
import { formatTable, type Column } from '../output/table';
import type { Service } from '../service/service';
import { withExample, type Register } from '../tool';

interface TrialOption {
  readonly trialKeys?: boolean;
}

interface AddOptions extends TrialOption {
  readonly type?: BodyIn<'registerWebhook'>['types'];
  readonly subject?: readonly string[];
  readonly state?: readonly string[];
  readonly from?: string;
}

function ownService(context: Context, { trialKeys }: TrialOption): Promise<Service> {
  return context.service({ reader: context.requireParty(), trialKeys: trialKeys === true });
}

/** @throws LedgerError USAGE */
function parseFrom(text: string | undefined): { readonly from?: number } {
  if (text === undefined) return {};
  if (/^(?:0|[1-9][0-9]{0,14})$/.test(text)) return { from: Number(text) };
  throw new LedgerError('USAGE', `--from ${text} is no log index`);
}

const columns: readonly Column<WebhookView>[] = [
  { title: 'WEBHOOK', value: ({ id }) => id },
  { title: 'STATE', value: ({ state }) => state },
  { title: 'NEXT', value: ({ position }) => String(position), align: 'right' },
  { title: 'TOLD', value: ({ delivered }) => String(delivered), align: 'right' },
  { title: 'FAILURES', value: ({ failures }) => String(failures), align: 'right' },
  { title: 'LAST FAILURE', value: ({ lastFailure }) => plainText(lastFailure?.reason ?? '') },
  { title: 'URL', value: ({ url }) => plainText(url) },
];

/** What was given up is a no: whoever asks by a program hears of it. */
async function list(context: Context, options: TrialOption): Promise<number> {
  const items = await (await ownService(context, options)).webhooks.list();
  context.output.result({ items }, () =>
    items.length === 0
      ? { en: 'no webhook', zh: '没有通知地址' }[context.language]
      : formatTable(columns, items, context.language),
  );
  return items.some(({ state }) => state === 'disabled') ? exitCodes.no : exitCodes.yes;
}

async function add(context: Context, url: string, options: AddOptions): Promise<number> {
  const { type, subject, state, from } = options;
  const service = await ownService(context, options);
  const { webhook, secret } = await service.webhooks.register({
    url,
    ...(type === undefined ? {} : { types: type }),
    ...(subject === undefined ? {} : { subjects: [...subject] }),
    ...(state === undefined ? {} : { states: [...state] }),
    ...parseFrom(from),
  });
  context.output.result({ webhook, secret }, () =>
    context.language === 'zh'
      ? [`通知 ${webhook.id}`, `秘密 ${secret}`, '秘密只显示这一次。'].join('\n')
      : [`webhook ${webhook.id}`, `secret  ${secret}`, 'The secret is shown this once.'].join('\n'),
  );
  return exitCodes.yes;
}

async function resume(
  context: Context,
  id: string,
  options: TrialOption & { readonly from?: string },
): Promise<number> {
  const { from } = parseFrom(options.from);
  const { webhook } = await (await ownService(context, options)).webhooks.resume(id, from);
  context.output.result({ webhook }, () =>
    context.language === 'zh'
      ? `${id} 自日志序号 ${String(webhook?.position)} 起继续`
      : `${id} goes on from ${String(webhook?.position)}`,
  );
  return exitCodes.yes;
}

async function remove(context: Context, id: string, options: TrialOption): Promise<number> {
  await (await ownService(context, options)).webhooks.remove(id);
  context.output.result({ status: 'removed', id }, () =>
    context.language === 'zh' ? `${id} 已删除` : `${id} is removed`,
  );
  return exitCodes.yes;
}

const trialOption = ['--trial-keys', 'sign with the trial key of the party (trial ledgers only)'] as const;
const fromOption = ['--from <index>', 'log index of the first record that is told'] as const;

export const registerWebhooks: Register = (program, tool) => {
  const parent = program
    .command('webhooks')
    .summary('have records told to an address as they are committed')
    .description(
      'Addresses of the party of --as to which the service tells records as they are committed, signed as Standard Webhooks; each order is signed with its key.',
    );
  const adding = parent
    .command('add')
    .description('Register an address. The secret with which what is told is signed is shown once.')
    .argument('<url>', 'http or https URL')
    .addOption(new Option('--type <types...>', 'only records of these types').choices(recordTypeNames))
    .option('--subject <USCC...>', 'only records about these parties')
    .option('--state <codes...>', 'only what brings a record to one of these states (docs/lifecycles.md)')
    .option(...fromOption)
    .option(...trialOption)
    .action(function (this: Command, url: string, options: AddOptions) {
      return tool.run(this, (context) => add(context, url, options));
    });
  withExample(
    adding,
    'carbon-ledger webhooks add https://lims.example/ledger --as 91140100MA0FAKE2XU --state RETURNED ACCEPTED',
  );
  const listing = parent
    .command('list')
    .description('List them and how delivery goes; exits 1 where one was given up.')
    .option(...trialOption)
    .action(function (this: Command, options: TrialOption) {
      return tool.run(this, (context) => list(context, options));
    });
  withExample(listing, 'carbon-ledger webhooks list --as 91140100MA0FAKE2XU');
  const resuming = parent
    .command('resume')
    .description('Go on with one that was given up, or tell again from a log index on.')
    .argument('<webhook>', 'its id')
    .option(...fromOption)
    .option(...trialOption)
    .action(function (this: Command, id: string, options: TrialOption & { readonly from?: string }) {
      return tool.run(this, (context) => resume(context, id, options));
    });
  withExample(resuming, 'carbon-ledger webhooks resume whk_0123… --from 0 --as 91140100MA0FAKE2XU');
  const removing = parent
    .command('remove')
    .description('Remove one; nothing is told to it any more.')
    .argument('<webhook>', 'its id')
    .option(...trialOption)
    .action(function (this: Command, id: string, options: TrialOption) {
      return tool.run(this, (context) => remove(context, id, options));
    });
  withExample(removing, 'carbon-ledger webhooks remove whk_0123… --as 91140100MA0FAKE2XU');
  withExample(parent, 'carbon-ledger webhooks add https://lims.example/ledger --as 91140100MA0FAKE2XU');
};
