import { LedgerError, shelvedRules } from '@carbon-ledger/core';
import {
  isTemplateKind,
  templateKinds,
  templateOf,
  writeTemplate,
  type TemplateKind,
} from '@carbon-ledger/spreadsheets';
import type { Command } from 'commander';
import type { Context } from '../context';
import { writeWhole } from '../files/write-file';
import { exitCodes } from '../output/problem';
import { newestYear } from '../sheets/newest-year';
import { withExample, type Register } from '../tool';

interface TemplateOptions {
  readonly output: string;
  readonly methodology: string;
  readonly year?: string;
}

function parseKind(text: string): TemplateKind {
  if (isTemplateKind(text)) return text;
  throw new LedgerError('USAGE', `${text} is not one of ${templateKinds.join(', ')}`);
}

async function template(context: Context, kindText: string, options: TemplateOptions): Promise<number> {
  const kind = parseKind(kindText);
  const year = options.year ?? newestYear(options.methodology);
  const { sector, methodology } = shelvedRules(options.methodology, year);
  const rules = { sector, methodology };
  const form = templateOf(kind, rules);
  await writeWhole(options.output, writeTemplate(form, rules));
  const sheets = form.tables.map(({ title }) => title.zh);
  context.output.result(
    { file: options.output, kind, version: form.version, methodology: methodology.id, year, sheets },
    () => [`${options.output}  ${form.title.zh}`, `sheets: ${sheets.join(', ')}`].join('\n'),
  );
  return exitCodes.yes;
}

export const registerTemplate: Register = (program, tool) => {
  const command = program
    .command('template')
    .summary('write an empty workbook of a form')
    .description(
      `Write the workbook (XLSX) of a form: headers with units, lists to choose from, and a hidden sheet by which it is known again although headers are renamed and columns moved. Kinds: ${templateKinds.join(', ')}.`,
    )
    .argument('<kind>', 'the form')
    .requiredOption('-o, --output <file>', 'where to write it')
    .option('--methodology <id>', 'methodology whose figures it asks for', 'CN-ETS-POWER')
    .option('--year <YYYY>', 'report year (default: the newest of the methodology)')
    .action(function (this: Command, kind: string, options: TemplateOptions) {
      return tool.run(this, (context) => template(context, kind, options));
    });
  withExample(command, 'carbon-ledger template monthly-evidence --year 2024 -o evidence.xlsx');
};
