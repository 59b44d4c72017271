import { LedgerError, recordTypeNames, type RecordType } from '@carbon-ledger/core';
import type { ListSheet } from '@carbon-ledger/spreadsheets';
import type { Command } from 'commander';
import type { Context } from '../context';
import { writeWhole } from '../files/write-file';
import { exitCodes } from '../output/problem';
import { eachFactOfLedger } from '../reconciliation/facts';
import type { Service } from '../service/service';
import { completenessList, figureList, recordList, traceList, type ListedRecord } from '../sheets/lists';
import { listBytes } from '../sheets/write-list';
import { withExample, type Tool } from '../tool';

interface ListOptions {
  readonly output: string;
  readonly party?: string;
  readonly type?: string;
  readonly unit?: string;
  readonly period?: string;
}

function parseType(text: string): RecordType {
  const type = recordTypeNames.find((name) => name === text);
  if (type === undefined) throw new LedgerError('USAGE', `--type ${text} is not one of ${recordTypeNames.join(', ')}`);
  return type;
}

/** Figures that are not public may be among them: readable by the owner only. */
async function write(context: Context, file: string, lists: readonly ListSheet[]): Promise<number> {
  await writeWhole(file, listBytes(file, lists), { isPrivate: true });
  const rows = lists[0]?.rows.length ?? 0;
  context.output.result({ file, rows }, () => `${file}  ${String(rows)} rows`);
  return exitCodes.yes;
}

function recordsOf(service: Service, options: ListOptions): Promise<ListedRecord[]> {
  const { party, type, unit, period } = options;
  return service.currentRecords({
    ...(party === undefined ? {} : { party }),
    ...(type === undefined ? {} : { type: parseType(type) }),
    ...(unit === undefined ? {} : { unit }),
    ...(period === undefined ? {} : { period }),
  });
}

function openService(context: Context): Promise<Service> {
  return context.service(context.party === undefined ? {} : { reader: context.party });
}

async function exportRecords(context: Context, options: ListOptions): Promise<number> {
  const records = await recordsOf(await openService(context), options);
  return write(context, options.output, [recordList(records), figureList(records)]);
}

async function exportFigures(context: Context, options: ListOptions): Promise<number> {
  return write(context, options.output, [figureList(await recordsOf(await openService(context), options))]);
}

async function exportTrace(context: Context, figure: string, { output }: ListOptions): Promise<number> {
  const reader = context.party ?? figure.slice(0, 18);
  const service = await context.service({ reader });
  return write(context, output, [traceList(await service.trace(figure))]);
}

/** What `reconcile --facts` reads, one JSON object a line. */
async function exportOffsets(context: Context, { output }: ListOptions): Promise<number> {
  const lines: string[] = [];
  await eachFactOfLedger(await openService(context), (fact) => {
    lines.push(JSON.stringify(fact));
  });
  await writeWhole(output, `${lines.join('\n')}\n`);
  context.output.result({ file: output, facts: lines.length }, () => `${output}  ${String(lines.length)} facts`);
  return exitCodes.yes;
}

interface CompletenessOptions extends ListOptions {
  readonly party: string;
  readonly year: string;
}

async function exportCompleteness(context: Context, { party, year, output }: CompletenessOptions): Promise<number> {
  const service = await openService(context);
  const plans = await service.currentRecords({ party, type: 'quality-control-plan', period: year });
  const evidence = await service.currentRecords({ party, type: 'monthly-evidence' });
  return write(context, output, [completenessList(year, plans, evidence)]);
}

function listCommand(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(`${description} XLSX or CSV (UTF-8 with byte order mark), by the ending of the file.`)
    .requiredOption('-o, --output <file>', 'where to write it: .xlsx or .csv');
}

function withQuery(command: Command): Command {
  return command
    .option('--party <USCC>', 'only records about this party')
    .option('--type <type>', 'only records of this type')
    .option('--unit <unit>', 'only this unit')
    .option('--period <period>', 'only this period');
}

/** `export records | figures | trace | completeness`. */
export function registerLists(parent: Command, tool: Tool): void {
  const example = (command: Command, line: string): Command => withExample(command, `carbon-ledger export ${line}`);
  example(
    withQuery(
      listCommand(
        parent,
        'records',
        'Write a list of the current records, with their figures as far as they are open.',
      ),
    ),
    'records --party 91140000MA0FAKE01X -o records.xlsx',
  ).action(function (this: Command, options: ListOptions) {
    return tool.run(this, (context) => exportRecords(context, options));
  });
  example(
    withQuery(
      listCommand(parent, 'figures', 'Write a list of the figures that are open, each with the place where it stands.'),
    ),
    'figures --party 91140000MA0FAKE01X --period 2024-01 -o figures.csv',
  ).action(function (this: Command, options: ListOptions) {
    return tool.run(this, (context) => exportFigures(context, options));
  });
  example(
    listCommand(parent, 'trace', 'Write a trace as a list.').argument('<figure>', 'address of the figure'),
    'trace 91140000MA0FAKE01X/U1/2024/annual-report#emission_tCO2 -o trace.xlsx',
  ).action(function (this: Command, figure: string, options: ListOptions) {
    return tool.run(this, (context) => exportTrace(context, figure, options));
  });
  const offsets = parent
    .command('offsets')
    .description(
      'Write what the ledger says of accounts, obligations, facilities and cancellations, for "reconcile --facts".',
    )
    .requiredOption('-o, --output <file>', 'where to write it: one JSON object a line');
  example(offsets, 'offsets -o facts.jsonl').action(function (this: Command, options: ListOptions) {
    return tool.run(this, (context) => exportOffsets(context, options));
  });
  example(
    listCommand(parent, 'completeness', 'Write twelve months a unit: which evidence is there.')
      .requiredOption('--party <USCC>', 'the plant')
      .requiredOption('--year <YYYY>', 'report year'),
    'completeness --party 91140000MA0FAKE01X --year 2024 -o completeness.xlsx',
  ).action(function (this: Command, options: CompletenessOptions) {
    return tool.run(this, (context) => exportCompleteness(context, options));
  });
}
