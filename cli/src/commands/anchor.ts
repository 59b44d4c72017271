import {
  assertUscc,
  buildRecord,
  formatBusinessKey,
  LedgerError,
  recordTypeNames,
  type RecordDraft,
  type RecordType,
} from '@carbon-ledger/core';
import type { SheetNote } from '@carbon-ledger/spreadsheets';
import type { Command } from 'commander';
import { z } from 'zod';
import { parseCitation, resolveCitations } from '../anchoring/citations';
import { documentRef } from '../anchoring/documents';
import { anchorFolder } from '../anchoring/folder';
import { recordsOfWorkbook } from '../anchoring/from-workbook';
import { parseType } from '../anchoring/options';
import { nextVersion, submitTogether } from '../anchoring/submit';
import type { Context } from '../context';
import { readJsonFile } from '../files/read-file';
import { inShape } from '../files/shape';
import { exitCodes } from '../output/problem';
import type { Service } from '../service/service';
import {
  assertAgrees,
  assertSheets,
  filedWorkbooks,
  fileType,
  tableOfForm,
  wholeTableOfForm,
  withCells,
  type FiledWorkbook,
} from '../sheets/filed-workbook';
import { withExample, type Register } from '../tool';

interface AnchorOptions {
  readonly type: string;
  readonly label?: string;
  readonly subject?: string;
  readonly unit: string;
  readonly period: string;
  readonly role: string;
  readonly content?: string;
  readonly figures?: string;
  readonly cite: readonly string[];
  readonly reader: readonly string[];
  readonly trialKeys?: boolean;
  readonly faults?: string;
  readonly cells: boolean;
  readonly batch?: string;
  readonly results?: string;
  readonly methodology: string;
  readonly year?: string;
}

const contentSchema = z.record(z.string(), z.unknown());
const figuresSchema = z.record(z.string(), z.string());

async function readObject<Value>(file: string | undefined, schema: z.ZodType<Value>, empty: Value): Promise<Value> {
  if (file === undefined) return empty;
  return inShape(schema, await readJsonFile(file), `${file} is not what is asked for`, 'USAGE');
}

interface Run {
  readonly context: Context;
  readonly service: Service;
  readonly issuer: string;
  readonly files: readonly string[];
  readonly options: AnchorOptions;
}

const noteWords: Readonly<Record<SheetNote['note'], string>> = {
  'hidden-row': 'a hidden row was read / 已读取隐藏行',
  'hidden-column': 'a hidden column was read / 已读取隐藏列',
  'hidden-sheet': 'a hidden sheet was read / 已读取隐藏工作表',
  'unread-sheet': 'a sheet without the columns was left out / 无所需列的工作表未读取',
  'like-sheet': 'another sheet with the same columns was left out / 另有各列相同的工作表未读取',
  'total-row': 'a row of totals was left out / 合计行未读取',
  'unknown-column': 'a column that the form does not have was left out / 表单之外的列未读取',
};

async function draftOf(
  service: Service,
  issuer: string,
  files: readonly string[],
  options: AnchorOptions,
): Promise<RecordDraft> {
  const salts = options.cells ? await service.keys.saltsOf(issuer) : undefined;
  const type = parseType(options.type);
  const subject = { uscc: options.subject ?? issuer, unit: options.unit, period: options.period };
  assertUscc(subject.uscc);
  const kind = options.label === undefined ? type : `${type}.${options.label}`;
  return {
    type,
    issuer,
    subject,
    kind,
    version: await nextVersion(service, formatBusinessKey(subject, kind)),
    content: await readObject(options.content, contentSchema, {}),
    cites: await resolveCitations(options.cite.map(parseCitation), (name) => service.built(name)),
    documents: await Promise.all(files.map((file) => documentRef(file, options.role, salts))),
    figures: await readObject(options.figures, figuresSchema, {}),
    readers: options.reader,
  };
}

/** One record of what the options say; workbooks among the files must say the same. */
async function anchorStated(run: Run, workbooks: readonly FiledWorkbook[]): Promise<number> {
  const { context, service, issuer, files, options } = run;
  const draft = await draftOf(service, issuer, files, options);
  const { content, figures = {}, subject, type } = draft;
  for (const workbook of workbooks) assertAgrees(workbook, { type, subject, content, figures });
  const salts = await service.keys.saltsOf(issuer);
  const built = buildRecord(draft, salts);
  const status = await submitTogether(context, service, [built]);
  const { id, key, record } = built;
  context.output.result(
    { record: id, key, version: record.version, documents: record.documents, status },
    () => `${key}  version ${String(record.version)}\n${id}`,
  );
  return exitCodes.yes;
}

/** A record for each row of a workbook, all in one submission: all of them or none. */
async function anchorRows(run: Run, workbook: FiledWorkbook): Promise<number> {
  const { context, service, options } = run;
  const { built, drafts } = await recordsOfWorkbook({ ...run, ...options, type: parseType(options.type) }, workbook);
  const status = await submitTogether(context, service, built).catch((error: unknown) => {
    throw withCells(error, drafts);
  });
  const records = built.map(({ id, key, record }) => ({ record: id, key, version: record.version }));
  const { notes } = workbook.form;
  for (const { sheet, row, note, text } of notes)
    context.output.note(`${sheet} ${String(row)}: ${noteWords[note]} ${text}`);
  context.output.result({ records, documents: built[0]?.record.documents, notes, status }, () =>
    records.map(({ key, version, record }) => `${key}  version ${String(version)}\n${record}`).join('\n'),
  );
  return exitCodes.yes;
}

/**
 * What the files ask to file. A table may be the rows of a form although it was not made from one: then it is filed as one, or held to what
 * is said beside it. What is said beside a table that is no whole form stands for itself.
 */
async function workbooksOf(
  files: readonly string[],
  type: RecordType,
  { methodology, year }: AnchorOptions,
  isStated: boolean,
): Promise<readonly FiledWorkbook[]> {
  const stamped = await filedWorkbooks(files, isStated);
  if (stamped.length > 0) return stamped;
  const table = await (isStated ? wholeTableOfForm : tableOfForm)(files, { type, methodology, year });
  return table === undefined ? [] : [table];
}

async function anchor(context: Context, files: readonly string[], options: AnchorOptions): Promise<number> {
  const type = parseType(options.type);
  const issuer = context.requireParty();
  const { batch, results } = options;
  if (batch !== undefined || results !== undefined)
    return anchorFolder({ context, issuer, files, options: { ...options, type, batch, results } });
  if (files.length === 0) throw new LedgerError('USAGE', 'name the documents, or --batch FOLDER with --results FILE');
  const isStated = options.content !== undefined || options.figures !== undefined;
  const workbooks = await workbooksOf(files, type, options, isStated);
  await assertSheets(workbooks, options.faults, context.language);
  const service = await context.service({ reader: issuer, trialKeys: options.trialKeys === true });
  const run = { context, service, issuer, files, options };
  const [workbook] = workbooks.filter((one) => fileType(one) === type);
  return workbook && !isStated ? anchorRows(run, workbook) : anchorStated(run, workbooks);
}

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

export const registerAnchor: Register = (program, tool) => {
  const command = program
    .command('anchor')
    .summary('anchor documents as one record')
    .description(
      'Anchor documents as one record of the party named by --as. The files are hashed here and never sent. A workbook made by "carbon-ledger template" is read, and so is a table (CSV, XLSX) with the headers of a form: each of its rows becomes a record, of --unit and --period only where they are given; with --content or --figures it must say the same.',
    )
    .argument('[files...]', 'the documents')
    .requiredOption('--type <type>', `type of record: ${recordTypeNames.join(', ')}`)
    .option('--label <label>', 'label of the kind, for example "pre" for allowance-issuance.pre')
    .option('--subject <USCC>', 'the party that the record is about (default: the one that signs)')
    .option('--unit <unit>', 'unit, PLANT for the whole plant, - for none', '-')
    .option('--period <period>', 'YYYY, YYYY-MM, or - for none', '-')
    .option('--role <role>', 'what the documents are', 'document')
    .option('--content <file>', 'JSON file with the fields of the record type')
    .option('--figures <file>', 'JSON file with the private figures: {"name": "value"}')
    .option('--faults <file>', 'workbook (XLSX) to write with every cell of the files that cannot be taken')
    .option('--cite <role=record>', 'a record that this one cites; may be repeated', collect, [])
    .option('--reader <USCC>', 'another party that may read the figures; may be repeated', collect, [])
    .option(
      '--no-cells',
      'do not commit tables (CSV, XLSX) cell by cell, so that nobody can be shown a single cell later',
    )
    .option(
      '--batch <folder>',
      'a folder of reports: each row of --results becomes a record with the files that bear its report number, or its unit and month, in their names',
    )
    .option(
      '--results <file>',
      'the table of the batch: a workbook made by "template", or a table (CSV, XLSX) with its headers',
    )
    .option(
      '--methodology <id>',
      'methodology of the figures of a table that was not made by "template"',
      'CN-ETS-POWER',
    )
    .option('--year <YYYY>', 'its year (default: the newest of the methodology)')
    .option('--trial-keys', 'sign with the trial key of the party (trial ledgers only)')
    .action(function (this: Command, files: string[], options: AnchorOptions) {
      return tool.run(this, (context) => anchor(context, files, options));
    });
  withExample(
    command,
    'carbon-ledger anchor evidence.xlsx --type monthly-evidence --as 91140000MA0FAKE01X',
    'carbon-ledger anchor slip.pdf --type sample-receipt --subject 91140000MA0FAKE01X --unit U1 --period 2025-01 \\',
    '    --content sample.json --as 91140100MA0FAKE2XU',
    'carbon-ledger anchor --batch reports/ --results results.xlsx --type test-report --as 91140100MA0FAKE2XU',
  );
};
