import {
  LedgerError,
  lifecycleState,
  messageInChinese,
  parseBusinessKey,
  type AccountChange,
  type FootprintChange,
  type Impact,
  type ImpactedFigure,
  type Title,
} from '@carbon-ledger/core';
import type { Command } from 'commander';
import type { Context } from '../context';
import type { Language } from '../output/language';
import { exitCodes } from '../output/problem';
import { formatTable, type Column } from '../output/table';
import { noteStanding } from '../verification/standing';
import { withExample, type Register } from '../tool';
import { tellImpactByParty } from './impact-by-party';
import { accountTitle, heads, notComputed, notKnown, signed, sumLine, tonnesTitle } from './impact-words';

interface ImpactOptions {
  readonly assume: string;
  readonly all?: boolean;
  readonly price?: string;
  readonly byParty?: boolean;
}

function figureColumns(language: Language): readonly Column<ImpactedFigure>[] {
  const lost: Title = { en: 'lost', zh: '无法计算' };
  return [
    { title: heads.figure[language], value: (one) => one.figure },
    { title: heads.now[language], value: (one) => one.now, align: 'right' },
    { title: heads.then[language], value: (one) => one.then ?? lost[language], align: 'right' },
    { title: heads.change[language], value: (one) => (one.delta === null ? '' : signed(one.delta)), align: 'right' },
    { title: heads.unit[language], value: (one) => one.unit },
  ];
}

function accountColumns(language: Language): readonly Column<AccountChange>[] {
  return [
    { title: heads.party[language], value: ({ party }) => party },
    { title: heads.year[language], value: ({ year }) => year },
    { title: heads.account[language], value: ({ account }) => accountTitle(account, language) },
    {
      title: heads.changeInTonnes[language],
      value: ({ change_t }) => (change_t === null ? notKnown[language] : signed(change_t)),
      align: 'right',
    },
  ];
}

function footprintColumns(language: Language): readonly Column<FootprintChange>[] {
  const then = ({ then_tCO2e }: FootprintChange): string => then_tCO2e ?? notComputed[language];
  return [
    { title: heads.footprint[language], value: ({ key }) => key },
    { title: heads.nowInTonnes[language], value: ({ now_tCO2e }) => now_tCO2e, align: 'right' },
    { title: heads.thenInTonnes[language], value: then, align: 'right' },
    {
      title: heads.changeInTonnes[language],
      value: ({ change_t }) => (change_t === null ? '' : signed(change_t)),
      align: 'right',
    },
  ];
}

function changeWords(delta: string | null, { hidden = 0 }: Impact, language: Language): string {
  if (delta !== null) return signed(delta);
  return (hidden > 0 ? notKnown : notComputed)[language];
}

function formatImpact(impact: Impact, all: boolean, language: Language): string {
  const tonnes = impact.figures.filter((one) => all || one.unit === 'tCO2' || one.unit === 't');
  const sums = Object.entries(impact.tonnes).map(([name, delta]) =>
    sumLine(tonnesTitle(name, language), changeWords(delta, impact, language)),
  );
  const ofPlants: Title = { en: 'change of the plants, in tonnes:', zh: '各企业变动（吨）：' };
  return [
    headLine(impact)[language],
    takingBackLine(impact)[language],
    plantsLine(impact)[language],
    ofPlants[language],
    ...sums,
    ...moneyLines(impact, language),
    ...(impact.footprints === undefined ? [] : ['', formatTable(footprintColumns(language), impact.footprints)]),
    ...(impact.accounts.length === 0 ? [] : ['', formatTable(accountColumns(language), impact.accounts)]),
    ...(tonnes.length === 0 ? [] : ['', formatTable(figureColumns(language), tonnes)]),
  ].join('\n');
}

function headLine({ key, assume, figures, records }: Impact): Title {
  const falling = String(records.filter(({ falls }) => falls).length);
  const fall = falling === '0' ? '' : `, of which ${falling} could not stand without it`;
  const fallZh = falling === '0' ? '' : `，其中 ${falling} 条离开它不能成立`;
  const [some, all] = [String(figures.length), String(records.length)];
  return {
    en: `If ${key} were ${assume}: ${some} figures of ${all} records that rest on it${fall}`,
    zh: `假如 ${key} 被撤回：影响以其为依据的 ${all} 条记录、${some} 个数据项${fallZh}`,
  };
}

function plantsLine({ plants }: Impact): Title {
  return { en: `plants: ${plants.join(', ') || 'none'}`, zh: `涉及企业：${plants.join('、') || '无'}` };
}

/** By what it may be taken back; corrections are open to nearly every kind of party, so who they are is not listed. */
function takingBackLine({ key, takenBackBy }: Impact): Title {
  if (takenBackBy.length === 0)
    return {
      en: 'as it stands nobody takes it back: another step follows on it',
      zh: '现状下任何一方都不能撤回：须由后续步骤处理',
    };
  const steps = takenBackBy.map(({ step, to }) => `${step} → ${to}`);
  const kind = parseBusinessKey(key).kind;
  const stepsZh = takenBackBy.map(
    ({ step, to }) => `${messageInChinese(step) ?? step}（转为“${lifecycleState(kind, to)?.title.zh ?? to}”）`,
  );
  return { en: `taken back by: ${steps.join(', ')}`, zh: `可撤回的方式：${stepsZh.join('、')}` };
}

function moneyLines(impact: Impact, language: Language): string[] {
  const { money } = impact;
  if (money === undefined) return [];
  const of: Title = {
    en: `${money.of} at ${money.price}`,
    zh: `${tonnesTitle(money.of, 'zh')}，每吨 ${money.price} 元`,
  };
  const yuan: Title = { en: 'CNY', zh: '元' };
  const change = changeWords(money.change_CNY, impact, language);
  return [
    sumLine(yuan[language], `${change} (${of[language]})`),
    ...money.parties.map(({ party, change_CNY }) =>
      sumLine(party, `${changeWords(change_CNY, impact, language)} ${yuan[language]}`),
    ),
  ];
}

/** @returns of how many records the figures are closed */
function tellImpact({ output, language }: Context, found: Impact, all: boolean): number {
  output.result(found, () => formatImpact(found, all, language));
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
    context.inWords({
      en: `无法判定: figures of ${String(hidden)} records are not open to you: what it comes to is not known (--as).`,
      zh: `无法判定：${String(hidden)} 条记录的数据项未向您公开，影响未知（请用 --as 指明主体）。`,
    }),
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
