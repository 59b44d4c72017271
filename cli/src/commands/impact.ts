import { LedgerError, type AccountChange, type Impact, type ImpactedFigure } from '@carbon-ledger/core';
import type { Command } from 'commander';
import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import { formatTable, type Column } from '../output/table';
import { noteStanding } from '../verification/standing';
import { withExample, type Register } from '../tool';
import { tellImpactByParty } from './impact-by-party';

interface ImpactOptions {
  readonly assume: string;
  readonly all?: boolean;
  readonly price?: string;
  readonly byParty?: boolean;
}

const columns: readonly Column<ImpactedFigure>[] = [
  { title: 'FIGURE', value: (one) => one.figure },
  { title: 'NOW', value: (one) => one.now, align: 'right' },
  { title: 'THEN', value: (one) => one.then ?? 'lost', align: 'right' },
  { title: 'CHANGE', value: (one) => (one.delta === null ? '' : signed(one.delta)), align: 'right' },
  { title: 'UNIT', value: (one) => one.unit },
];

function signed(delta: string | null): string {
  if (delta === null) return 'cannot be computed any more';
  return delta.startsWith('-') || delta === '0' ? delta : `+${delta}`;
}

function told(delta: string | null, { hidden = 0 }: Impact): string {
  return delta === null && hidden > 0 ? 'not known 未知' : signed(delta);
}

const accountColumns: readonly Column<AccountChange>[] = [
  { title: 'PARTY', value: ({ party }) => party },
  { title: 'YEAR', value: ({ year }) => year },
  { title: 'ACCOUNT', value: ({ account }) => account },
  { title: 'CHANGE t', value: ({ change_t }) => (change_t === null ? 'not known' : signed(change_t)), align: 'right' },
];

function formatImpact(impact: Impact, all: boolean): string {
  const tonnes = impact.figures.filter((one) => all || one.unit === 'tCO2' || one.unit === 't');
  const sums = Object.entries(impact.tonnes).map(([name, delta]) => `  ${name.padEnd(22)} ${told(delta, impact)}`);
  return [
    headLine(impact),
    takingBackLine(impact),
    `plants: ${impact.plants.join(', ') || 'none'}`,
    'change of the plants, in tonnes:',
    ...sums,
    ...moneyLines(impact),
    ...(impact.accounts.length === 0 ? [] : ['', formatTable(accountColumns, impact.accounts)]),
    ...(tonnes.length === 0 ? [] : ['', formatTable(columns, tonnes)]),
  ].join('\n');
}

function headLine({ key, assume, figures, records }: Impact): string {
  const falling = records.filter(({ falls }) => falls).length;
  const fall = falling === 0 ? '' : `, of which ${String(falling)} could not stand without it`;
  return `If ${key} were ${assume}: ${String(figures.length)} figures of ${String(records.length)} records that rest on it${fall}`;
}

/** By what it may be taken back; corrections are open to nearly every kind of party, so who they are is not listed. */
function takingBackLine({ takenBackBy }: Impact): string {
  return takenBackBy.length === 0
    ? 'as it stands nobody takes it back: another step follows on it'
    : `taken back by: ${takenBackBy.map(({ step, to }) => `${step} → ${to}`).join(', ')}`;
}

function moneyLines(impact: Impact): string[] {
  const { money } = impact;
  if (money === undefined) return [];
  return [
    `  ${'CNY'.padEnd(22)} ${told(money.change_CNY, impact)} (${money.of} at ${money.price})`,
    ...money.parties.map(({ party, change_CNY }) => `  ${party.padEnd(22)} ${signed(change_CNY)} CNY`),
  ];
}

/** @returns of how many records the figures are closed */
function tellImpact({ output }: Context, found: Impact, all: boolean): number {
  output.result(found, () => formatImpact(found, all));
  return found.hidden ?? 0;
}

async function impact(context: Context, name: string, options: ImpactOptions): Promise<number> {
  if (options.assume !== 'withdrawn') throw new LedgerError('USAGE', '--assume knows only: withdrawn');
  const service = await context.service({ reader: name.includes('/') ? name.split('/')[0] : undefined });
  const record = await service.recordNamed(name);
  noteStanding(context, record);
  const hidden =
    options.byParty === true
      ? await tellImpactByParty(context, service, record.id, options.price)
      : tellImpact(context, await service.impact(record.id, options.price), options.all === true);
  if (hidden === 0) return exitCodes.yes;
  context.output.note(
    `无法判定: figures of ${String(hidden)} records are not open to you: what it comes to is not known (--as).`,
  );
  return exitCodes.cannotTell;
}

export const registerImpact: Register = (program, tool) => {
  const command = program
    .command('impact')
    .summary('what a record costs downstream, in tonnes')
    .description(
      'What would change if a record were withdrawn: figures, accounts and plants that rest on it, in tonnes, and by whom it may be taken back. A month without its test report falls to the default carbon content.',
    )
    .argument('<record>', 'record id (rec:…) or business key USCC/UNIT/PERIOD/KIND')
    .option('--assume <state>', 'what to assume of the record', 'withdrawn')
    .option('--price <CNY>', 'price of a tonne: what the change comes to in money')
    .option('--by-party', 'party by party, as it is found, and what all come to: for what thousands rest on')
    .option('--all', 'show every figure, not only tonnes')
    .action(function (this: Command, name: string, options: ImpactOptions) {
      return tool.run(this, (context) => impact(context, name, options));
    });
  withExample(command, 'carbon-ledger impact 91140000MA0FAKE01X/U1/2024-03/test-report --assume withdrawn');
};
