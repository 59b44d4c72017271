import { shelvedRules } from '@carbon-ledger/core';
import { templateOf, writeTemplate, type TemplateKind } from '@carbon-ledger/spreadsheets';
import type { Context } from '../context';
import { writeWhole } from '../files/write-file';
import { exitCodes } from '../output/problem';
import { newestYear } from './newest-year';

/** Writes the empty workbook of a form, by the rules of a year. */
export async function writeForm(
  context: Context,
  kind: TemplateKind,
  options: { readonly output: string; readonly methodology: string; readonly year?: string },
): Promise<number> {
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
