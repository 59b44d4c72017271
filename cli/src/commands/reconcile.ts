import {
  dayOfRun,
  findingKinds,
  isDay,
  LedgerError,
  reconciled,
  rulesOnLedger,
  type RulesRecord,
  type FindingKind,
  type ReconciliationReport,
  type ReconciliationRules,
  type Source,
} from '@carbon-ledger/core';
import type { Command } from 'commander';
import type { Context } from '../context';
import { paperLanguage } from '../output/paper-language';
import { exitCodes } from '../output/problem';
import { anchorReport } from '../reconciliation/anchor';
import { factsFile, ledgerSource, type FactSource } from '../reconciliation/facts';
import { readFiles, readProfile, type ExchangeFile } from '../reconciliation/inputs';
import {
  changesSince,
  readReport,
  readRules,
  reconcileFiles,
  writeReport,
  type RunOptions,
} from '../reconciliation/run';
import { lookOnce, watchFolder, type Look, type WatchRun } from '../reconciliation/watch';
import { withExample, type Register } from '../tool';

/**
 * For `keepHeapSmall`. Left alone, the collector lets the memory of a process grow to four times of what is in use: 650 MB instead of
 * 380 for a day of 100,000 rows, and no faster.
 */
const HEAP_PERCENT = 50;

interface ReconcileOptions {
  readonly ccer: readonly string[];
  readonly allowance: readonly string[];
  readonly forms: readonly string[];
  readonly year: string;
  readonly asOf?: string;
  readonly facts?: string;
  readonly ledger: boolean;
  readonly profile?: string;
  readonly rules?: string;
  readonly previous?: string;
  readonly output?: string;
  readonly xlsx?: string;
  readonly pdf?: string;
  readonly language: string;
  readonly watch?: string;
  readonly once?: boolean;
  readonly every: string;
  readonly anchor?: boolean;
  readonly trialKeys?: boolean;
}

/** Of the file that is named, else of the parameter tables on the ledger, else those that came with the program. */
async function rulesOf(
  context: Context,
  { year, rules, facts, ledger }: ReconcileOptions,
): Promise<ReconciliationRules> {
  const read = await readRules(rules);
  if (rules !== undefined || facts !== undefined || !ledger) return read;
  const service = await context.service();
  const said: RulesRecord[] = [];
  for (const type of ['parameter', 'working-days'] as const)
    for await (const { record, doubts } of service.eachRecord({ status: 'current', type }))
      said.push({ record, doubts });
  return rulesOnLedger(read, year, said);
}

async function runOptions(context: Context, options: ReconcileOptions): Promise<RunOptions> {
  const { asOf, year } = options;
  if (asOf !== undefined && !isDay(asOf)) throw new LedgerError('USAGE', `--as-of ${asOf} is not a day (YYYY-MM-DD)`);
  const rules = await rulesOf(context, options);
  return { year, asOf: asOf ?? dayOfRun(context.io.now().toISOString(), rules), rules };
}

async function factSource(context: Context, { facts, ledger }: ReconcileOptions): Promise<FactSource | undefined> {
  if (facts !== undefined) return factsFile(facts);
  return ledger ? ledgerSource(await context.service()) : undefined;
}

function filesOf({ ccer, allowance, forms }: ReconcileOptions): ExchangeFile[] {
  const sided: readonly (readonly [Source, readonly string[]])[] = [
    ['cancellations', ccer],
    ['bookings', allowance],
    ['applications', forms],
  ];
  return sided.flatMap(([source, paths]) => paths.map((path) => ({ path, source })));
}

function told({ totals, digest, enterprises }: ReconciliationReport): string {
  const lines = Object.entries(totals.kinds).map(([kind, count]) => {
    const { title, rule } = findingKinds[kind as FindingKind];
    return `  ${String(count).padStart(7)}  ${kind}  ${title.zh} (${rule})`;
  });
  return [
    `cancelled ${totals.cancelled} t · booked ${totals.booked} t · applied for ${totals.applied} t · ${String(enterprises.length)} enterprises`,
    ...lines,
    `digest  ${digest}`,
  ].join('\n');
}

async function reconcileOnce(context: Context, options: ReconcileOptions): Promise<number> {
  const files = filesOf(options);
  if (files.length === 0)
    throw new LedgerError('USAGE', 'give the files of at least one side: --ccer, --allowance, --forms');
  const language = paperLanguage(options.language);
  const run = await runOptions(context, options);
  const before = options.previous === undefined ? undefined : await readReport(options.previous);
  const bar = context.output.progress('Reading', files.length, 'files');
  const read = await readFiles(files, await readProfile(options.profile), (done) => {
    bar.update(done);
  }).finally(() => {
    bar.stop();
  });
  const source = await factSource(context, options);
  const report = await reconcileFiles(context.output, context.io.signal, read, source, run);
  const changes = changesSince(before, report);
  const { output: json, xlsx, pdf } = options;
  const places = { json, xlsx, pdf, language, isTrial: source?.isTrial };
  await writeReport(places, report, changes);
  for (const { file, sheet, row, note } of read.notes) context.output.note(`${file} ${sheet} ${String(row)}: ${note}`);
  const { totals, digest, enterprises } = report;
  const anchored =
    options.anchor === true
      ? await anchorReport(context, report, options.output, options.trialKeys === true)
      : undefined;
  const more = { ...(changes ? { changes } : {}), ...(anchored ? { anchored } : {}) };
  context.output.result({ year: run.year, asOf: run.asOf, totals, enterprises, digest, ...more }, () =>
    [
      told(report),
      ...(changes ? [`changed since then: ${String(changes.length)}`] : []),
      ...(anchored ? [`anchored  ${anchored.key}\n${anchored.record}`] : []),
    ].join('\n'),
  );
  return exitOf(context, report);
}

const exits = { same: exitCodes.yes, differs: exitCodes.no, undecidable: exitCodes.cannotTell } as const;

function exitOf(context: Context, report: ReconciliationReport): number {
  const verdict = reconciled(report);
  if (verdict === 'undecidable') context.output.note('无法判定: the files have no row: nothing was compared.');
  return exits[verdict];
}

/** Nothing there is no agreement, and what was reconciled before has its answer again. */
function tellOnce(context: Context, look: Look): number {
  if (look.done === 'nothing') {
    context.output.result({ status: look.done }, () => 'no files there');
    return exitCodes.cannotTell;
  }
  if (look.done === 'reported') tellLook(context, look);
  else
    context.output.result(
      { status: look.done, digest: look.report.digest, totals: look.report.totals },
      () => `reconciled already\n${told(look.report)}`,
    );
  return exitOf(context, look.report);
}

function tellLook(context: Context, look: Look): void {
  if (look.done !== 'reported') return;
  const { json, xlsx, pdf, report } = look;
  context.output.result(
    { json, xlsx, pdf, digest: report.digest, totals: report.totals },
    () => `${json}\n${told(report)}`,
  );
}

/** @throws LedgerError USAGE for what is no number of seconds between 1 and a day */
function parseSeconds(text: string): number {
  const seconds = /^[0-9]{1,5}$/.test(text) ? Number(text) : 0;
  if (seconds >= 1 && seconds <= 86_400) return seconds;
  throw new LedgerError('USAGE', `--every ${text}: write seconds, 1 to 86400`);
}

async function watch(context: Context, folder: string, options: ReconcileOptions): Promise<number> {
  const language = paperLanguage(options.language);
  const profile = await readProfile(options.profile);
  const run = async (): Promise<WatchRun> => ({
    ...{ folder, profile, language, output: context.output, signal: context.io.signal },
    options: await runOptions(context, options),
    source: () => factSource(context, options),
  });
  if (options.once !== true) {
    await watchFolder(run, parseSeconds(options.every) * 1000, (look) => {
      tellLook(context, look);
    });
    return exitCodes.interrupted;
  }
  return tellOnce(context, await lookOnce(await run()));
}

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

export const registerReconcile: Register = (program, tool) => {
  const command = program
    .command('reconcile')
    .summary('compare the files of both registries and the provinces with each other and the ledger')
    .description(
      'Compare cancellations of the CCER registry, bookings of the allowance registry, the provinces’ applications (XLSX or CSV) and the ledger, row by row and by enterprise. Exit code 0 where everything matches or only waits, 3 where there is no row to compare, 1 otherwise.',
    )
    .option('--ccer <file>', 'cancellations of the CCER registry; may be repeated', collect, [])
    .option('--allowance <file>', 'bookings of the allowance registry; may be repeated', collect, [])
    .option('--forms <file>', 'applications collected by a province; may be repeated', collect, [])
    .requiredOption('--year <YYYY>', 'compliance year: rows that name none are of it')
    .option(
      '--as-of <day>',
      'the day of the run (default: today in Asia/Shanghai once the exchange file is closed, before that yesterday)',
    )
    .option('--facts <file>', 'what the ledger says, as "export offsets" wrote it, instead of asking the service')
    .option('--no-ledger', 'compare the files with each other only')
    .option('--profile <file>', 'JSON with the headers of other systems: {"cancellations": {"qty": "核销数"}}')
    .option(
      '--rules <file>',
      'JSON with the rules by compliance year, instead of those of the parameter tables on the ledger',
    )
    .option('--previous <file>', 'report (JSON) of an earlier run, to tell what changed')
    .option('-o, --output <file>', 'where to write the report as JSON')
    .option('--xlsx <file>', 'where to write the report as a workbook')
    .option('--pdf <file>', 'where to write it as a report for people (对账报告, PDF/A-3)')
    .option('--language <language>', 'of that report: zh or en', 'zh')
    .option('--anchor', 'put the digest of the report on the ledger, as the registry or province of --as; needs -o')
    .option('--trial-keys', 'sign with the trial key of the party (trial ledgers only)')
    .option(
      '--watch <folder>',
      'reconcile what is put into a folder, reports in its folder "reports"; the same files once',
    )
    .option('--once', 'with --watch: look once and end')
    .option('--every <seconds>', 'with --watch: seconds between looks', '30')
    .action(function (this: Command, options: ReconcileOptions) {
      return tool.run(this, (context) => {
        context.io.keepHeapSmall(HEAP_PERCENT);
        return options.watch === undefined ? reconcileOnce(context, options) : watch(context, options.watch, options);
      });
    });
  withExample(
    command,
    'carbon-ledger reconcile --ccer 注销记录.xlsx --allowance 抵销登记.csv --forms 申请汇总.xlsx --year 2024 \\',
    '    -o report.json --xlsx report.xlsx',
  );
};
