import {
  assertUscc,
  isDecimalText,
  LedgerError,
  type CrossCheckReport,
  type CrossCheckTolerance,
} from '@carbon-ledger/core';
import type { Command } from 'commander';
import type { Context } from '../context';
import { crossCheck, readCrossCheckProfile, writeCrossCheck } from '../cross-check/run';
import { exitCodes } from '../output/problem';
import { plainText } from '../output/style';
import { sayingOf } from '../verification/why-in-doubt';
import { withExample, type Register } from '../tool';

interface CrossCheckCommand {
  readonly source: string;
  readonly profile: string;
  readonly year: string;
  readonly party?: string;
  readonly tolerance?: string;
  readonly toleranceShare?: string;
  readonly output?: string;
  readonly xlsx?: string;
  readonly trialKeys?: boolean;
}

function decimalOption(name: string, text: string): string {
  if (isDecimalText(text) && !text.startsWith('-')) return text;
  throw new LedgerError('USAGE', `--${name} ${text}: write a decimal number of 0 or more`);
}

function toleranceOf({ tolerance, toleranceShare }: CrossCheckCommand): CrossCheckTolerance {
  return {
    ...(tolerance === undefined ? {} : { absolute: decimalOption('tolerance', tolerance) }),
    ...(toleranceShare === undefined ? {} : { share: decimalOption('tolerance-share', toleranceShare) }),
  };
}

function placesOf({ places }: CrossCheckReport['answers'][number]): string {
  return places.map(({ sheet, row, cell }) => `${sheet}!${cell === '' ? String(row) : cell}`).join(' ');
}

/** What is compared, and how far it is apart. */
function comparedOf({ outside, anchored, difference, share }: CrossCheckReport['answers'][number]): string[] {
  const by = share === undefined ? '' : ` (${share})`;
  return [
    ...(outside === undefined && anchored === undefined ? [] : [`${outside ?? '–'} ≠ ${anchored ?? '–'}`]),
    ...(difference === undefined ? [] : [`by ${difference}${by}`]),
  ];
}

/** A line for each answer that is not MATCHED, and the counts. */
function told({ answers, totals, digest }: CrossCheckReport): string {
  const lines = answers
    .filter(({ kind }) => kind !== 'MATCHED')
    .map((answer) => {
      const { kind, figure, fault, doubts = [] } = answer;
      const words = [
        ...[kind, placesOf(answer), figure ?? ''],
        ...(fault === undefined ? [] : [`${JSON.stringify(fault.found)}: ${fault.expected}`]),
        ...comparedOf(answer),
        ...(doubts.length === 0 ? [] : [`in doubt 存疑: ${doubts.map(sayingOf).join('; ')}`]),
      ];
      return plainText(words.filter((word) => word !== '').join('  '));
    });
  const counts = Object.entries(totals.kinds).map(([kind, count]) => `${String(count).padStart(7)}  ${kind}`);
  return [...lines, ...counts, `digest  ${digest}`].join('\n');
}

/** A file without a row of this year says nothing of what is anchored. */
const nothingCompared = '无法判定: no reading of the file is about this year and party: nothing was compared.';

async function run(context: Context, file: string, options: CrossCheckCommand): Promise<number> {
  const { source, year, party } = options;
  if (!/^[0-9]{4}$/.test(year)) throw new LedgerError('USAGE', `--year ${year} is no year (YYYY)`);
  if (party !== undefined) assertUscc(party);
  const profile = await readCrossCheckProfile(options.profile, source, toleranceOf(options));
  const service = await context.service({
    ...(party === undefined ? {} : { reader: party }),
    trialKeys: options.trialKeys === true,
  });
  const asked = { source, file, year, profile, ...(party === undefined ? {} : { party }) };
  const { report, notes } = await crossCheck(service, asked);
  await writeCrossCheck(options, report);
  for (const note of notes) context.output.note(note);
  context.output.result(report, () => told(report));
  if (report.answers.length === 0) {
    context.output.note(nothingCompared);
    return exitCodes.cannotTell;
  }
  return report.totals.isClean ? exitCodes.yes : exitCodes.no;
}

export const registerCrossCheck: Register = (program, tool) => {
  const command = program
    .command('cross-check')
    .summary('compare outside readings with anchored figures')
    .description(
      'Compare a file of outside readings (stock, electricity, settlement, permits, CEMS; XLSX or CSV) with anchored figures, under the mapping and the tolerances of a saved profile. Exits 0 where all of them match records that stand beyond doubt, 1 where one does not, 3 where the file has none of this year and party.',
    )
    .argument('<file>', 'the readings: XLSX, or CSV in UTF-8 or GB18030')
    .requiredOption('--source <name>', 'which profile of the file of profiles')
    .requiredOption('--profile <file>', 'JSON: headers, figures, factors and tolerances by source')
    .requiredOption('--year <YYYY>', 'the year')
    .option('--party <USCC>', 'the party of files that name none')
    .option('--tolerance <units>', 'absolute tolerance, in place of those of the profile')
    .option(
      '--tolerance-share <share>',
      'tolerance as a share of the anchored figure (0.01), in place of those of the profile',
    )
    .option('-o, --output <file>', 'where to write the report as JSON')
    .option('--xlsx <file>', 'where to write it as a workbook')
    .option('--trial-keys', 'read with the trial key of the party (trial ledgers only)')
    .action(function (this: Command, file: string, options: CrossCheckCommand) {
      return tool.run(this, (context) => run(context, file, options));
    });
  withExample(
    command,
    'carbon-ledger cross-check 结算.csv --source settlement --profile profiles.json --year 2024 --party 91140000MA0FAKE01X',
  );
};
