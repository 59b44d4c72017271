import path from 'node:path';
import { LedgerError, type RecordType } from '@carbon-ledger/core';
import {
  assertNoSheetFaults,
  faultWorkbook,
  readFiledForm,
  readFormByHeaders,
  readStamp,
  readWorkbook,
  templateOf,
  type FiledForm,
  type TemplateKind,
} from '@carbon-ledger/spreadsheets';
import { readBytes } from '../files/read-file';
import { writeWhole } from '../files/write-file';
import { kindsFor } from './table-form';

/** A table of which each row becomes a record of one type. */
export interface ResultsTable {
  readonly file: string;
  /** Id of the methodology whose figures it has. */
  readonly methodology: string;
  readonly form: FiledForm;
}

/** How a table without a stamp (CSV) is to be read. */
export interface ResultsOptions {
  readonly type: RecordType;
  readonly methodology: string;
  readonly year: string;
  /** Where every cell that cannot be taken is written as a workbook. */
  readonly faults?: string | undefined;
}

function kindOf(options: ResultsOptions): TemplateKind {
  const [kind] = kindsFor(options);
  if (kind === undefined) throw new LedgerError('USAGE', `there is no form whose rows become ${options.type}`);
  return kind;
}

async function readTable(file: string, options: ResultsOptions): Promise<ResultsTable> {
  const workbook = readWorkbook(await readBytes(file), path.basename(file));
  const stamp = readStamp(workbook);
  if (stamp) return { file, methodology: stamp.methodology, form: readFiledForm(workbook) };
  return { file, methodology: options.methodology, form: readFormByHeaders(workbook, kindOf(options), options) };
}

/**
 * Reads a workbook made by `template`, or a table (CSV, XLSX) with its headers.
 * @throws LedgerError SHEET_FAULTS with every fault at its cell; SHEET_UNREADABLE and others; BATCH_UNMATCHED for rows of another type
 */
export async function readResults(file: string, options: ResultsOptions): Promise<ResultsTable> {
  const table = await readTable(file, options);
  const { form } = table;
  if (form.faults.length > 0 && options.faults !== undefined)
    await writeWhole(options.faults, faultWorkbook(form.faults, 'zh'));
  assertNoSheetFaults(form.faults, file);
  const files = templateOf(form.kind, form.rules).files;
  if (files !== options.type)
    throw new LedgerError(
      'BATCH_UNMATCHED',
      `${file} is the form ${form.kind}: its rows become ${files ?? 'no records'}, not ${options.type}`,
    );
  return table;
}
