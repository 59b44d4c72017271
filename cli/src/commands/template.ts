import { LedgerError } from '@carbon-ledger/core/errors';
import { isTemplateKind, templateKinds, type TemplateKind } from '@carbon-ledger/spreadsheets/kinds';
import type { Command } from 'commander';
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
      return tool.run(this, async (context) => {
        const asked = parseKind(kind);
        // Forms follow from the rulebook, which help and a mistake in the kind do without.
        const { writeForm } = await import('../sheets/write-form.js');
        return writeForm(context, asked, options);
      });
    });
  withExample(command, 'carbon-ledger template monthly-evidence --year 2024 -o evidence.xlsx');
};
