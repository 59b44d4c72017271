import type { Fault } from '@carbon-ledger/core';
import {
  assertIdentified,
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
import { exitCodes } from '../output/problem';
import { plainText } from '../output/style';
import { withExample, type Register } from '../tool';

interface CheckOptions {
  readonly encoding: string;
}

/** What a change of this record can cost at all: the month only of a month, the unit only of a unit. */
function isOwn(name: string, record: string): boolean {
  const [, unit = '', period = ''] = record.split('/');
  if (name.startsWith('month')) return period.length === 7;
  return !name.startsWith('unit') || unit !== '-';
}

function formatImpact({ record, impact }: PlantYearDifference): string {
  const parts = Object.entries(impact ?? {}).filter(
    ([name, delta]) => Number(delta ?? NaN) !== 0 && (delta !== null || isOwn(name, record)),
  );
  return parts.map(([name, delta]: [string, string | null]) => `${name} ${delta ?? 'cannot be computed'}`).join(', ');
}

function formatDifference(context: Context, difference: PlantYearDifference): string {
  const { record, figure, anchored, found, unread, rules, firstBreak } = difference;
  const { style } = context.output;
  const cost = formatImpact(difference);
  const broken =
    firstBreak === null
      ? []
      : [
          `  chain breaks at ${firstBreak.figure} (${firstBreak.step}): expected ${firstBreak.expected}, got ${firstBreak.got}`,
        ];
  return [
    style.bold(plainText(`${record}#${figure}`)),
    `  anchored ${style.good(plainText(anchored ?? 'nothing'))}, found ${style.bad(found === null ? 'nothing' : quoted(found))}`,
    ...(unread === null ? [] : [`  not compared: ${unread}`]),
    ...(rules.length > 0 ? [`  rules ${rules.join(', ')}`] : []),
    ...broken.map(plainText),
    ...(cost === '' ? [] : [`  downstream: ${cost}`]),
  ].join('\n');
}

/** What does not show, as spaces at an end, is shown. */
function quoted(text: string): string {
  const isPlain = text !== '' && text.trim() === text && plainText(text) === text;
  return isPlain ? text : plainText(JSON.stringify(text));
}

function formatFault({ path, message, details }: Fault): string {
  const got = details?.['got'];
  return plainText(`  ${path}: ${typeof got === 'string' ? `${JSON.stringify(got)} is ` : ''}${message}`);
}

function formatFaults(faults: readonly Fault[]): string[] {
  const count = faults.length === 1 ? 'one value' : `${String(faults.length)} values`;
  return faults.length === 0 ? [] : [`the file cannot be read at ${count}:`, ...faults.map(formatFault)];
}

function formatCheck(context: Context, check: PlantYearCheck): string {
  const { style } = context.output;
  if (check.status === 'same') return style.good('same 一致: the file says what the ledger says');
  const count = check.differences.length;
  const all = check.differences.map((difference) => formatDifference(context, difference));
  const title = `differs 不一致: ${String(count)} ${count === 1 ? 'difference' : 'differences'}`;
  return [style.bad(title), ...formatFaults(check.faults), ...all].join('\n');
}

async function check(context: Context, file: string, { encoding }: CheckOptions): Promise<number> {
  const value = await readJsonFile(file, parseEncoding(encoding));
  if (isSectorYear(value)) return checkSector(context, value);
  const plantYear = readPlantYearLeniently(value);
  assertIdentified(plantYear);
  const service = await context.service({ reader: enterpriseOf(plantYear) });
  const found = checkPlantYear(plantYear, await anchoredPlantYear(service, plantYear));
  context.output.result(found, () => formatCheck(context, found));
  return found.status === 'same' ? exitCodes.yes : exitCodes.no;
}

export const registerCheck: Register = (program, tool) => {
  const parent = program
    .command('check')
    .summary('compare a plant-year file with the ledger')
    .description('Compare a file with what is anchored.');
  const command = parent
    .command('plant-year')
    .description(
      'Compare a plant-year file, or a sector-year file of any methodology, with the ledger and name every difference: record, figure, anchored and found value, the first step at which the chain breaks, the rules that speak, and what it costs downstream (t, allowances). Exits 0 where both say the same, 1 where they differ.',
    )
    .argument('<file>', 'the plant-year file')
    .option('--encoding <name>', encodingHelp, 'utf-8')
    .action(function (this: Command, file: string, options: CheckOptions) {
      return tool.run(this, (context) => check(context, file, options));
    });
  withExample(command, 'carbon-ledger check plant-year plant-2024.json');
  withExample(parent, 'carbon-ledger check plant-year plant-2024.json');
};
