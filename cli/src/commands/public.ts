import type { AnswerOf } from '@carbon-ledger/client-sdk';
import { Option, type Command } from 'commander';
import type { Context } from '../context';
import type { Language } from '../output/language';
import { exitCodes } from '../output/problem';
import { plainText } from '../output/style';
import { formatTable, type Column } from '../output/table';
import { withExample, type Register, type Tool } from '../tool';
import { printCsv, printList, queryOf, withPages } from './listing';
import { registerAssessments } from './public-assessments';
import { emitter, emitters, type PublicList, type YearOptions } from './public-emitters';

type Institution = AnswerOf<'listInstitutions'>['items'][number];
type Rule = AnswerOf<'getRulesInForce'>['rules'][number];
type Completeness = AnswerOf<'getCompleteness'>;

const institutionColumns: readonly Column<Institution>[] = [
  { title: 'USCC', value: ({ uscc }) => uscc },
  { title: 'NAME', value: ({ name }) => plainText(name) },
  { title: 'STATUS', value: ({ status }) => status },
  {
    title: 'QUALIFICATIONS',
    value: ({ qualifications }) =>
      qualifications
        .map(({ kind, number, scope, validTo }) => `${kind} ${number} (${scope.join(' ')}) to ${validTo ?? '–'}`)
        .join('; '),
  },
];

async function institutions(context: Context, options: PublicList & { readonly kind: string }): Promise<number> {
  const { kind } = options;
  const query = queryOf('listInstitutions', options);
  const service = await context.service();
  if (options.csv === true) await printCsv(context, service, 'listInstitutions', query);
  else
    await printList(
      context,
      { service, name: 'listInstitutions', query, about: { kind } },
      { columns: institutionColumns, none: { en: `no such ${kind} is on this ledger`, zh: '账本上没有此类机构' } },
    );
  return exitCodes.yes;
}

const counts = ['withdrawn', 'replaced', 'late', 'findings', 'screened'] as const;

async function institution(context: Context, uscc: string): Promise<number> {
  const found = await (await context.service()).call('getInstitution', { params: { uscc } });
  const { conduct } = found;
  context.output.result(found, () =>
    [
      plainText(`${uscc}  ${found.name}  ${found.kind}  ${found.status}`),
      `filed      ${String(conduct.filed)}, ${conduct.hitsPerReport} screening findings on each`,
      ...counts.map((name) =>
        `${name.padEnd(10)} ${String(conduct[name].count)}  ${conduct[name].records.join(' ')}`.trimEnd(),
      ),
      ...(conduct.complete ? [] : ['incomplete 不完整: more was filed, or rests on it, than was looked at']),
    ].join('\n'),
  );
  return exitCodes.yes;
}

const ruleColumns: readonly Column<Rule>[] = [
  { title: 'TYPE', value: ({ type }) => type },
  { title: 'KEY', value: ({ key }) => key },
  { title: 'VERSION', value: ({ version }) => String(version), align: 'right' },
  { title: 'SINCE', value: ({ anchoredAt }) => anchoredAt },
];

async function rules(context: Context, { year }: YearOptions): Promise<number> {
  const found = await (await context.service()).call('getRulesInForce', { query: { year } });
  context.output.result(found, () =>
    // Headers over nothing leave open whether anything was looked at.
    found.rules.length === 0
      ? plainText({ en: `no rule of ${year} is on this ledger`, zh: `账本上没有 ${year} 年度的规则` }[context.language])
      : formatTable(ruleColumns, found.rules, context.language),
  );
  return exitCodes.yes;
}

interface CompletenessOptions extends YearOptions {
  readonly plant?: string;
  readonly lab?: string;
  readonly trialKeys?: boolean;
}

const marks = { missing: '–', late: 'L', backDated: 'B', default: 'D', doubted: '?' } as const;

/** `·` in order, `–` missing, `L` late, `B` dated back, `D` on the default value, `?` its record is in doubt. */
function formatCompleteness({ plants, totals }: Completeness, language: Language): string {
  const lines = plants.flatMap(({ uscc, units }) =>
    units.map(({ unit, months }) => {
      const told = months.map((month) => {
        if (month.state === 'missing') return marks.missing;
        const flags = (['late', 'backDated', 'default'] as const)
          .filter((flag) => month[flag])
          .map((flag) => marks[flag]);
        return [...flags, ...(month.doubts === undefined ? [] : [marks.doubted])].join('') || '·';
      });
      return `${uscc}  ${unit.padEnd(6)} ${told.join(' ')}`;
    }),
  );
  const { months, missing, late, backDated, defaults, defaultCost_t } = totals;
  const told = {
    en: `${String(months)} months: ${String(missing)} missing, ${String(late)} late, ${String(backDated)} dated back, ${String(defaults)} on default values (${defaultCost_t} t more)`,
    zh: `${String(months)} 个月：缺报 ${String(missing)}，迟报 ${String(late)}，倒签 ${String(backDated)}，使用默认值 ${String(defaults)}（多 ${defaultCost_t} 吨）`,
  };
  return [...lines, told[language]].join('\n');
}

function merged(year: string, pages: readonly Completeness[]): Completeness {
  const [first] = pages;
  const plants = pages.flatMap((page) => page.plants);
  if (pages.length === 1 && first !== undefined) return first;
  const sum = (name: 'months' | 'missing' | 'late' | 'backDated' | 'defaults'): number =>
    pages.reduce((total, { totals }) => total + totals[name], 0);
  const cost = pages.reduce((total, { totals }) => total + Math.round(Number(totals.defaultCost_t) * 100), 0);
  const counted = { months: sum('months'), missing: sum('missing'), late: sum('late'), backDated: sum('backDated') };
  return {
    ...{ year, plants },
    totals: { ...counted, defaults: sum('defaults'), defaultCost_t: (cost / 100).toFixed(2) },
  };
}

async function completeness(context: Context, options: CompletenessOptions): Promise<number> {
  const { year, plant, region, lab } = options;
  const service = await context.service({
    ...(plant === undefined ? {} : { reader: plant }),
    trialKeys: options.trialKeys === true,
  });
  const asked = {
    ...{ year, limit: 100 },
    ...(plant === undefined ? {} : { party: plant }),
    ...(region === undefined ? {} : { region }),
    ...(lab === undefined ? {} : { lab }),
  };
  const pages: Completeness[] = [];
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const query = { ...asked, ...(cursor === undefined ? {} : { cursor }) };
    const page = await service.call('getCompleteness', { query });
    pages.push(page);
    cursor = page.next;
  }
  const found = merged(year, pages);
  context.output.result(found, () => formatCompleteness(found, context.language));
  if (found.totals.months === 0) {
    context.output.note('无法判定: no unit of an enterprise is known here of which months could be missing.');
    return exitCodes.cannotTell;
  }
  return found.totals.missing === 0 ? exitCodes.yes : exitCodes.no;
}

function registerCompleteness(program: Command, tool: Tool): void {
  const command = program
    .command('completeness')
    .summary('twelve months a unit: missing, late, dated back, on default values')
    .description(
      'Twelve months a unit, of a plant, a region or a laboratory, with what default values cost. Exits 1 where a month is missing, 3 where no unit is known of which one could be.',
    )
    .requiredOption('--year <YYYY>', 'the year')
    .option('--plant <USCC>', 'one plant')
    .option('--region <code>', 'the enterprises of a region (GB/T 2260)')
    .option('--lab <USCC>', 'only units that this laboratory tested')
    .option('--trial-keys', 'act with the trial key of the party (trial ledgers only)')
    .action(function (this: Command, options: CompletenessOptions) {
      return tool.run(this, (context) => completeness(context, options));
    });
  withExample(command, 'carbon-ledger completeness --region 140000 --year 2024 --as 11140000MB0FAKE14J');
}

/** What the rules make public; no party is needed. */
export const registerPublic: Register = (program, tool) => {
  const parent = program
    .command('public')
    .summary('what the rules make public: key emitters, institutions, rules')
    .description(
      'Look up what the rules make public. No party and no key is needed; every answer names the records on which it rests.',
    );
  withExample(parent, 'carbon-ledger public emitters --year 2024');
  const listOf = (command: Command): Command =>
    withPages(command, ['uscc', 'name', 'anchored'])
      .option('--region <code>', 'a region (GB/T 2260)')
      .option('--cursor <cursor>', 'where the page before said to go on')
      .option('--csv', 'a page as CSV');
  withExample(
    listOf(
      parent
        .command('emitters')
        .summary('key emitters of a year')
        .requiredOption('--year <YYYY>', 'the year')
        .option('--sector <sector>', 'of a sector: power, steel, cement, aluminium')
        .addOption(
          new Option('--status <status>', 'how the surrender stands').choices([
            'none',
            'surrendered',
            'cleared',
            'default',
          ]),
        ),
    ).action(function (this: Command, options: PublicList & YearOptions) {
      return tool.run(this, (context) => emitters(context, options));
    }),
    'carbon-ledger public emitters --year 2024 --status surrendered --sort name',
  );
  withExample(
    parent
      .command('emitter')
      .summary('one key emitter')
      .argument('<USCC>')
      .requiredOption('--year <YYYY>', 'the year')
      .action(function (this: Command, uscc: string, options: YearOptions) {
        return tool.run(this, (context) => emitter(context, uscc, options));
      }),
    'carbon-ledger public emitter 91140000MA0FAKE01X --year 2024',
  );
  withExample(
    listOf(
      parent
        .command('institutions')
        .summary('laboratories or verifiers')
        .addOption(new Option('--kind <kind>', 'which of them').choices(['lab', 'verifier']).makeOptionMandatory())
        .addOption(
          new Option('--status <status>', 'how its registration stands').choices(['active', 'suspended', 'ended']),
        ),
    ).action(function (this: Command, options: PublicList & { readonly kind: string }) {
      return tool.run(this, (context) => institutions(context, options));
    }),
    'carbon-ledger public institutions --kind lab --text 2404',
  );
  withExample(
    parent
      .command('institution')
      .summary('a laboratory or verifier with its record of conduct')
      .argument('<USCC>')
      .action(function (this: Command, uscc: string) {
        return tool.run(this, (context) => institution(context, uscc));
      }),
    'carbon-ledger public institution 91140100MA0FAKE2XU',
  );
  registerAssessments(parent, tool);
  withExample(
    parent
      .command('rules')
      .summary('methodologies, parameters and other rules of a year')
      .requiredOption('--year <YYYY>', 'the year')
      .action(function (this: Command, options: YearOptions) {
        return tool.run(this, (context) => rules(context, options));
      }),
    'carbon-ledger public rules --year 2024',
  );
  registerCompleteness(program, tool);
};
