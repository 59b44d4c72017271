import {
  assertIdentified,
  type ChainBreak,
  checkPlantYear,
  isSectorYear,
  type PlantYearCheck,
  type PlantYearDifference,
  readPlantYearLeniently,
} from '@carbon-ledger/plant-year';
import type { Command } from 'commander';
import type { Context } from '../context';
import { encodingHelp, parseEncoding } from '../files/encoding';
import { readJsonFile } from '../files/read-file';
import { anchoredPlantYear } from '../importing/anchored-plant-year';
import { enterpriseOf } from '../importing/year-file';
import { checkSector } from './check-sector';
import { formatFaults } from '../output/file-faults';
import { plainText } from '../output/style';
import { withExample, type Register } from '../tool';
import { formatShared, sharedReports } from '../verification/also-in';
import { formatEnded } from '../verification/standing';
import { exitOfCheck, formatDoubted } from '../verification/why-in-doubt';

interface CheckOptions {
  readonly encoding: string;
}

/** What a change of this record can cost at all: the month only of a month, the unit only of a unit of the plant. */
function isOwn(name: string, record: string, enterprise: string): boolean {
  const [uscc, unit = '', period = ''] = record.split('/');
  if (name.startsWith('month')) return period.length === 7;
  return !name.startsWith('unit') || (unit !== '-' && uscc === enterprise);
}

function formatImpact({ record, impact }: PlantYearDifference, enterprise: string): string {
  const parts = Object.entries(impact ?? {}).filter(
    ([name, delta]) => Number(delta ?? NaN) !== 0 && (delta !== null || isOwn(name, record, enterprise)),
  );
  return parts.map(([name, delta]: [string, string | null]) => `${name} ${delta ?? 'cannot be computed'}`).join(', ');
}

function formatBreak({ figure, step, expected, got }: ChainBreak): string {
  return `  chain breaks at ${figure} (${step}): expected ${expected ?? 'nothing'}, got ${got ?? 'nothing'}`;
}

function formatValues(context: Context, { record, anchored, found, ended }: PlantYearDifference): string {
  const { style } = context.output;
  const here = found === null ? 'nothing' : quoted(found);
  if (ended === null) return `  anchored ${style.good(plainText(anchored ?? 'nothing'))}, found ${style.bad(here)}`;
  return formatEnded(context, record, here, ended);
}

function formatDifference(context: Context, difference: PlantYearDifference, enterprise: string): string {
  const { record, figure, unread, rules, firstBreak } = difference;
  const cost = formatImpact(difference, enterprise);
  return [
    context.output.style.bold(plainText(`${record}#${figure}`)),
    formatValues(context, difference),
    ...(unread === null ? [] : [`  not compared: ${unread}`]),
    ...(rules.length > 0 ? [`  rules ${rules.join(', ')}`] : []),
    ...(firstBreak === null ? [] : [plainText(formatBreak(firstBreak))]),
    ...(cost === '' ? [] : [`  downstream: ${cost}`]),
  ].join('\n');
}

/** What does not show, as spaces at an end, is shown. */
function quoted(text: string): string {
  const isPlain = text !== '' && text.trim() === text && plainText(text) === text;
  return isPlain ? text : plainText(JSON.stringify(text));
}

/** What was not seen, and what would show it. */
function formatHidden(hidden: readonly string[]): string {
  const records = hidden.length === 1 ? 'one record' : `${String(hidden.length)} records`;
  return `the figures of ${records} are not open to you, or not kept at this gateway: they were not compared (--as the enterprise, or an authority of its region)`;
}

function formatCheck(context: Context, check: PlantYearCheck, enterprise: string): string {
  const { style } = context.output;
  const { status, differences, faults, hidden, doubted } = check;
  if (status === 'same') return style.good('same 一致: the file says what the ledger says');
  const unseen = [...formatDoubted(doubted), ...(hidden.length === 0 ? [] : [formatHidden(hidden)])];
  if (status === 'questioned')
    return [style.bad('same, and in doubt 一致但记录存疑: nothing differs that can be seen'), ...unseen].join('\n');
  if (status === 'undecidable')
    return [style.warn('undecidable 无法判定: nothing differs that can be seen'), ...unseen].join('\n');
  const count = differences.length;
  const all = differences.map((difference) => formatDifference(context, difference, enterprise));
  const title = `differs 不一致: ${String(count)} ${count === 1 ? 'difference' : 'differences'}`;
  return [style.bad(title), ...formatFaults(faults), ...all, ...unseen].join('\n');
}

async function check(context: Context, file: string, { encoding }: CheckOptions): Promise<number> {
  const value = await readJsonFile(file, parseEncoding(encoding));
  if (isSectorYear(value)) return checkSector(context, value);
  const plantYear = readPlantYearLeniently(value);
  assertIdentified(plantYear);
  const enterprise = enterpriseOf(plantYear);
  const service = await context.service({ reader: enterprise });
  const anchored = await anchoredPlantYear(service, plantYear);
  const found = checkPlantYear(plantYear, anchored);
  const shared = await sharedReports(anchored.records, (items) => service.verify(items));
  context.output.result({ ...found, shared }, () =>
    [formatCheck(context, found, enterprise), ...shared.flatMap(formatShared)].join('\n'),
  );
  return exitOfCheck[found.status];
}

export const registerCheck: Register = (program, tool) => {
  const parent = program
    .command('check')
    .summary('compare a plant-year file with the ledger')
    .description('Compare a file with what is anchored.');
  const command = parent
    .command('plant-year')
    .description(
      'Compare a plant-year file, or a sector-year file of any methodology, with the ledger and name every difference: record, figure, anchored and found value, the first step at which the chain breaks, the rules that speak, and what it costs downstream (t, allowances). Exits 0 where both say the same, 1 where they differ or a record of the file is in doubt, 3 where figures are not open and nothing else differs.',
    )
    .argument('<file>', 'the plant-year file')
    .option('--encoding <name>', encodingHelp, 'utf-8')
    .action(function (this: Command, file: string, options: CheckOptions) {
      return tool.run(this, (context) => check(context, file, options));
    });
  withExample(command, 'carbon-ledger check plant-year plant-2024.json');
  withExample(parent, 'carbon-ledger check plant-year plant-2024.json');
};
