import {
  bookDigest,
  canonicalize,
  coalPower,
  coalPowerParameters,
  explanationOf,
  type Fault,
  LedgerError,
  screenBooks,
  shelvedScreening,
  type RuleSet,
  type ScreeningFinding,
  type ScreeningRun,
  type ScreeningScope,
} from '@carbon-ledger/core';
import { learnLedger, screenLedger } from '@carbon-ledger/client-sdk';
import { bookOfPlantYear, readPlantYearLeniently } from '@carbon-ledger/plant-year';
import type { Command } from 'commander';
import type { Context } from '../context';
import { encodingHelp, parseEncoding } from '../files/encoding';
import { readJsonFile } from '../files/read-file';
import { enterpriseOf } from '../importing/year-file';
import { writeWhole } from '../files/write-file';
import { exitCodes, problemWords, type ProblemWords } from '../output/problem';
import { formatFaults } from '../output/file-faults';
import { plainText } from '../output/style';
import { formatTable, type Column } from '../output/table';
import { packReader } from '../inspection/pack-reader';
import { openedPack } from '../inspection/source';
import { anchorResults, type AnchoredResult } from '../screening/anchor';
import { openState } from '../screening/state';
import type { Service } from '../service/service';
import { withExample, type Register } from '../tool';

interface ScreenOptions {
  readonly plant?: string;
  readonly region?: string;
  readonly all?: boolean;
  readonly year?: string;
  readonly state?: string;
  readonly here?: boolean;
  readonly pack?: string;
  readonly policy?: string;
  readonly anchor?: boolean;
  readonly explain?: string;
  /** Where to write the part of the rule set that is learnt. */
  readonly learn?: string;
  readonly output?: string;
  readonly trialKeys?: boolean;
  readonly encoding: string;
}

const columnsIn = ({ told }: ProblemWords): readonly Column<ScreeningFinding>[] => [
  { title: 'RULE', value: ({ rule }) => rule },
  { title: '', value: ({ severity, explained }) => (explained === undefined ? severity : told('explained')) },
  { title: 'RECORD', value: ({ at }) => plainText(at) },
  { title: 'FOUND', value: ({ got }) => plainText(told(got)) },
  { title: 'ALLOWED', value: ({ limit }) => plainText(told(limit)) },
];

/** Rules that could be run nowhere, with what they lack. */
function notRun({ result }: ScreeningRun, { language, told: say }: ProblemWords): string[] {
  const idle = Object.entries(result.rules).filter(
    ([, { ran, notRun: why }]) => ran === 0 && Object.keys(why).length > 0,
  );
  if (idle.length === 0) return [];
  const lines = idle.map(
    ([rule, { notRun: why }]) => `  ${rule}: ${plainText(Object.keys(why).slice(0, 2).map(say).join('; '))}`,
  );
  const told = { en: `${String(idle.length)} rules were not run:`, zh: `${String(idle.length)} 条规则未运行：` };
  return ['', told[language], ...lines];
}

function formatRun(run: ScreeningRun, words: ProblemWords): string {
  const { language } = words;
  const { counts, enterprises, ruleSet, findings } = run.result;
  const digest = ruleSet.digest.slice(0, 16);
  const told = {
    en: [
      `${String(enterprises)} ${enterprises === 1 ? 'enterprise' : 'enterprises'}, ${String(run.looked)} looked at: ${String(counts.B)} block, ${String(counts.W)} need an explanation, ${String(counts.I)} inform, ${String(counts.explained)} are explained`,
      `rule set ${ruleSet.id} ${digest}, digest of the result ${run.digest}`,
    ],
    zh: [
      `企业 ${String(enterprises)} 家，已查看 ${String(run.looked)} 家：阻断 ${String(counts.B)}，须说明 ${String(counts.W)}，提示 ${String(counts.I)}，已说明 ${String(counts.explained)}`,
      `规则集 ${ruleSet.id} ${digest}，结果摘要 ${run.digest}`,
    ],
  };
  return [
    ...told[language],
    ...(findings.length === 0 ? [] : ['', formatTable(columnsIn(words), findings, language)]),
    ...notRun(run, words),
  ].join('\n');
}

/** @throws LedgerError USAGE */
function scopeOf({ plant, region, all, year }: ScreenOptions): ScreeningScope {
  const named = [plant, region, all].filter((one) => one !== undefined);
  if (named.length !== 1) throw new LedgerError('USAGE', 'say what to screen: a file, --plant, --region or --all');
  if (year === undefined || !/^[0-9]{4}$/.test(year)) throw new LedgerError('USAGE', 'say which year: --year YYYY');
  if (plant !== undefined) return { of: 'plant', code: plant, year };
  return region === undefined ? { of: 'all', year } : { of: 'region', code: region, year };
}

/** 事前: what a file alone shows, before anything of it is filed, and without any service. No rule speaks on what cannot be read. */
async function screenFile(file: string, encoding: string): Promise<Screened> {
  const plantYear = readPlantYearLeniently(await readJsonFile(file, parseEncoding(encoding)));
  const { year } = plantYear;
  const book = bookOfPlantYear(plantYear, { methodology: coalPower(year), parameters: coalPowerParameters(year) });
  const source = { uscc: book.uscc, digest: bookDigest(book), load: () => Promise.resolve(book) };
  const scope: ScreeningScope = { of: 'file', code: enterpriseOf(plantYear), year };
  const run = await screenBooks({ rules: shelvedScreening(), scope, books: () => [source] });
  return { run, unreadable: plantYear.unreadable };
}

/** In the service, or here from the ledger alone: both come to the same digest. */
async function runOver(service: Service, scope: ScreeningScope, { state, here }: ScreenOptions): Promise<ScreeningRun> {
  if (state === undefined && here !== true) return service.screen(scope);
  const kept = state === undefined ? undefined : await openState(state);
  const run = await screenLedger(service.screeningReader(), { scope, ...(kept ? { memory: kept.memory } : {}) });
  await kept?.save();
  return run;
}

interface Screened {
  readonly run: ScreeningRun;
  readonly anchored?: readonly AnchoredResult[];
  /** Values of the file that are no number or day. */
  readonly unreadable?: readonly Fault[];
}

async function screenAnchored(context: Context, options: ScreenOptions): Promise<Screened> {
  const scope = scopeOf(options);
  if (options.pack !== undefined) {
    const reader = packReader(await openedPack(context, options.pack, options.policy));
    return { run: await screenLedger(reader, { scope }) };
  }
  const reader = scope.of === 'plant' ? { reader: scope.code } : {};
  const service = await context.service({ ...reader, trialKeys: options.trialKeys === true });
  const run = await runOver(service, scope, options);
  if (options.anchor !== true) return { run };
  return { run, anchored: await anchorResults(context, service, service.screeningReader(), run) };
}

/** The part of the rule set whose limits are learnt, from the records of the year. */
async function learn(context: Context, file: string, options: ScreenOptions): Promise<number> {
  const scope = scopeOf(options);
  const reader = scope.of === 'plant' ? { reader: scope.code } : {};
  const service = await context.service({ ...reader, trialKeys: options.trialKeys === true });
  const content = await learnLedger(service.screeningReader(), { scope });
  await writeWhole(file, `${canonicalize({ content })}\n`);
  const told = learntIn(content);
  context.output.result({ file, learnt: told }, () =>
    told.length === 0
      ? `${file}: nothing was learnt 未学得关系`
      : told
          .map(({ rule, about, records, digest }) => `${rule}  ${about}  ${String(records)} records  ${digest}`)
          .join('\n'),
  );
  return told.length === 0 ? exitCodes.cannotTell : exitCodes.yes;
}

interface LearntRelation {
  readonly rule: string;
  /** Fuel, kind and class. */
  readonly about: string;
  readonly records: number;
  readonly digest: string;
}

/** One for each line that was learnt: the one of its intercept. */
function learntIn({ rules }: RuleSet): LearntRelation[] {
  return rules.flatMap(({ id: rule, parameters }) =>
    (parameters?.['intercept'] ?? []).flatMap(
      ({ learnt, fuel = [], kind = [], class: ofClass = [] }): LearntRelation[] =>
        learnt === undefined
          ? []
          : [{ rule, about: [...fuel, ...kind, ...ofClass].join(' '), records: learnt.records, digest: learnt.digest }],
    ),
  );
}

async function writeFiles({ result }: ScreeningRun, { output, explain }: ScreenOptions): Promise<void> {
  if (output !== undefined) await writeWhole(output, canonicalize(result));
  if (explain === undefined) return;
  const content = explanationOf(result.findings);
  if (content.items.length === 0) throw new LedgerError('NOT_FOUND', 'nothing asks for an explanation');
  await writeWhole(explain, `${JSON.stringify(content, null, 2)}\n`);
}

function toldAnchored(anchored: readonly AnchoredResult[] | undefined): string {
  return (anchored ?? [])
    .map(({ key, record, already }) => `\n${key}${already ? '  already' : ''}\n${record}`)
    .join('');
}

async function screen(context: Context, file: string | undefined, options: ScreenOptions): Promise<number> {
  if (options.learn !== undefined) return learn(context, options.learn, options);
  if ((file ?? options.pack) !== undefined && options.anchor === true)
    throw new LedgerError('USAGE', '--anchor is for what the service has: --plant, --region or --all, and no file');
  const screened =
    file === undefined ? await screenAnchored(context, options) : await screenFile(file, options.encoding);
  const { run, anchored, ...read } = screened;
  await writeFiles(run, options);
  const words = await problemWords(context.language);
  const more = { ...read, ...(anchored === undefined ? {} : { anchored }) };
  context.output.result({ digest: run.digest, looked: run.looked, empty: run.empty, ...more, result: run.result }, () =>
    [formatRun(run, words), ...unseen(screened)].join('\n').concat(toldAnchored(anchored)),
  );
  return exitOf(screened);
}

/** What no rule could look at, and why. */
function unseen({ run, unreadable = [] }: Screened): string[] {
  const { empty, result } = run;
  const { hidden, scope } = result;
  return [
    ...formatFaults(unreadable),
    ...(empty === 0 ? [] : [`undecidable 无法判定: ${String(empty)} without a record of ${scope.year} to look at`]),
    ...(hidden === 0 ? [] : [`undecidable 无法判定: the figures of ${String(hidden)} records are not open to you`]),
  ];
}

/** Nobody is found clean of whom nothing was seen. */
function exitOf({ run, unreadable = [] }: Screened): number {
  const { counts, hidden, enterprises } = run.result;
  if (counts.B + counts.W + unreadable.length > 0) return exitCodes.no;
  return hidden > 0 || run.empty === enterprises ? exitCodes.cannotTell : exitCodes.yes;
}

export const registerScreen: Register = (program, tool) => {
  const command = program
    .command('screen')
    .summary('screen what is anchored, or a file before it is filed')
    .description(
      'Run the screening rules over one plant, a region or everything that is anchored and open to you, or over a plant-year file without any service. The same records and the same rule set give the same digest, whoever asks. Exits 0 where nothing blocks or needs an explanation, 1 where something does or a value of the file cannot be read, 3 where nothing of the year, or not all of it, is open to be looked at.',
    )
    .argument('[file]', 'a plant-year file: screened as it stands, before it is filed')
    .option('--plant <USCC>', 'one plant')
    .option('--region <code>', 'the enterprises of a region (GB/T 2260)')
    .option('--all', 'every enterprise')
    .option('--year <YYYY>', 'the year that is screened, with the one before')
    .option('--state <file>', 'what the last run left: only what changed since is looked at')
    .option('--here', 'read the ledger and run the rules here, instead of asking the service: the digest is the same')
    .option('--pack <file>', 'what "inspect pack" took along, without network')
    .option('--policy <file>', 'the pinned policy under which the pack is checked')
    .option('-o, --output <file>', 'where to write the result, as the canonical JSON that has the digest')
    .option('--anchor', 'file what was found, one screening-result an enterprise, as the party of --as')
    .option('--explain <file>', 'where to write an explanation of what blocks or warns, to be filled with reasons')
    .option(
      '--learn <file>',
      'do not screen: learn relations from the records of the year, and write the part of the rule set with them, to be filed',
    )
    .option('--trial-keys', 'sign with the trial key of the party (trial ledgers only)')
    .option('--encoding <name>', encodingHelp, 'utf-8')
    .action(function (this: Command, file: string | undefined, options: ScreenOptions) {
      return tool.run(this, (context) => screen(context, file, options));
    });
  withExample(
    command,
    'carbon-ledger screen plant-2024.json',
    'carbon-ledger screen --region 140000 --year 2024 --anchor --as 11140000MB0FAKE14J',
  );
};
