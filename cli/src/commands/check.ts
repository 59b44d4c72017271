import {
  checkPlantYear,
  readPlantYearLeniently,
  type PlantYearCheck,
  type PlantYearDifference,
} from '@carbon-ledger/core';
import type { Command } from 'commander';
import type { Context } from '../context';
import { readJsonFile } from '../files/write-file';
import { anchoredPlantYear } from '../importing/anchored-plant-year';
import { enterpriseOf } from '../importing/import-plant-year';
import { exitCodes } from '../output/problem';
import { plainText } from '../output/style';
import { withExample, type Register } from '../tool';

function formatImpact(impact: PlantYearDifference['impact']): string {
  const parts = Object.entries(impact).map(
    ([name, delta]: [string, string | null]) => `${name} ${delta ?? 'cannot be computed'}`,
  );
  return parts.filter((part) => !part.endsWith(' 0')).join(', ');
}

function formatDifference(context: Context, difference: PlantYearDifference): string {
  const { record, figure, anchored, found, rules, firstBreak, impact } = difference;
  const { style } = context.output;
  const cost = formatImpact(impact);
  return [
    style.bold(`${record}#${figure}`),
    `  anchored ${style.good(plainText(anchored ?? 'nothing'))}, found ${style.bad(plainText(found ?? 'nothing'))}`,
    ...(rules.length > 0 ? [`  rules ${rules.join(', ')}`] : []),
    plainText(
      `  chain breaks at ${firstBreak.figure} (${firstBreak.step}): expected ${firstBreak.expected}, got ${firstBreak.got}`,
    ),
    ...(cost === '' ? [] : [`  downstream: ${cost}`]),
  ].join('\n');
}

function formatCheck(context: Context, check: PlantYearCheck): string {
  const { style } = context.output;
  if (check.status === 'same') return style.good('same 一致: the file says what the ledger says');
  const count = check.differences.length;
  const all = check.differences.map((difference) => formatDifference(context, difference));
  return [style.bad(`differs 不一致: ${String(count)} ${count === 1 ? 'difference' : 'differences'}`), ...all].join(
    '\n',
  );
}

async function check(context: Context, file: string): Promise<number> {
  const plantYear = readPlantYearLeniently(await readJsonFile(file));
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
      'Compare a plant-year file with the ledger and name every difference: record, figure, anchored and found value, the first step at which the chain breaks, the rules that speak, and what it costs downstream (t, allowances). Exits 0 where both say the same, 1 where they differ.',
    )
    .argument('<file>', 'the plant-year file')
    .action(function (this: Command, file: string) {
      return tool.run(this, (context) => check(context, file));
    });
  withExample(command, 'carbon-ledger check plant-year plant-2024.json');
  withExample(parent, 'carbon-ledger check plant-year plant-2024.json');
};
