import { LedgerError, parseDecimal, isDecimalText, type RecordType } from '@carbon-ledger/core';
import {
  assertNoSheetFaults,
  faultWorkbook,
  readFiledForm,
  readStamp,
  readWorkbook,
  templateOf,
  toFault,
  type FiledForm,
  type FormDraft,
  type Language,
  type SheetFault,
  type Workbook,
} from '@carbon-ledger/spreadsheets';
import { readBytes } from '../files/read-file';
import { writeWhole } from '../files/write-file';
import { formByHeaders, kindsFor, type TableOf } from './table-form';

/** A workbook that is a form, with what it asks to file. */
export interface FiledWorkbook {
  readonly file: string;
  /** Its place among the documents of the record. */
  readonly document: number;
  /** Id of the methodology whose figures it has. */
  readonly methodology: string;
  readonly form: FiledForm;
}

const isWorkbook = (file: string): boolean => /\.xlsx$/i.test(file);
/** What may have been meant as a form: of the others, the refusal says how to save them. */
const isTable = (file: string): boolean => /\.(?:xls[xmb]?|xl[st][xm]?|et|ods|csv)$/i.test(file);

/** @throws LedgerError SHEET_UNREADABLE and others, naming the file */
async function openWorkbook(file: string): Promise<Workbook> {
  const bytes = await readBytes(file);
  try {
    return readWorkbook(bytes);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new LedgerError(error.code, `${file}: ${error.message}`, { details: error.details, cause: error });
  }
}

async function openUnlessLarge(file: string): Promise<Workbook | undefined> {
  try {
    return await openWorkbook(file);
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'SHEET_TOO_LARGE') return undefined;
    throw error;
  }
}

/**
 * The files among these that were made from a template. A workbook of another origin is a document like any other, and so is one that is
 * larger than a form where what is to be anchored is said beside it.
 */
export async function filedWorkbooks(files: readonly string[], isStated: boolean): Promise<FiledWorkbook[]> {
  const found: FiledWorkbook[] = [];
  for (const [document, file] of files.entries()) {
    if (!isWorkbook(file)) continue;
    const workbook = await (isStated ? openUnlessLarge(file) : openWorkbook(file));
    const stamp = workbook && readStamp(workbook);
    if (stamp) found.push({ file, document, methodology: stamp.methodology, form: readFiledForm(workbook) });
  }
  return found;
}

/**
 * The table among these files that has the columns of a form of the type, although it was not made from it: CSV, or a workbook of another
 * system. Undefined where none has, or several.
 */
export async function tableOfForm(files: readonly string[], about: TableOf): Promise<FiledWorkbook | undefined> {
  const [[document, file] = [0, undefined], ...others] = [...files.entries()].filter(([, file]) => isTable(file));
  if (file === undefined || others.length > 0 || kindsFor(about).length === 0) return undefined;
  const form = formByHeaders(await openWorkbook(file), about);
  return form === undefined ? undefined : { file, document, methodology: about.methodology, form };
}

/** The same beside what is said: a table that cannot be read, or that is no whole form, is a document. */
export async function wholeTableOfForm(files: readonly string[], about: TableOf): Promise<FiledWorkbook | undefined> {
  try {
    const table = await tableOfForm(files, about);
    return table === undefined || table.form.faults.length > 0 ? undefined : table;
  } catch (error) {
    if (error instanceof LedgerError) return undefined;
    throw error;
  }
}

/**
 * @param language of the workbook that tells the faults
 * @throws LedgerError SHEET_FAULTS with every fault at its cell; the same is written as a workbook where that is asked for
 */
export async function assertSheets(
  workbooks: readonly FiledWorkbook[],
  reportFile: string | undefined,
  language: Language,
): Promise<void> {
  for (const { file, form } of workbooks) {
    if (form.faults.length > 0 && reportFile !== undefined)
      await writeWhole(reportFile, faultWorkbook(form.faults, language));
    assertNoSheetFaults(form.faults, file);
  }
}

/** The record type that rows of a workbook become. */
export function fileType({ form }: FiledWorkbook): RecordType | undefined {
  return templateOf(form.kind, form.rules).files;
}

type About = { readonly [part in 'uscc' | 'unit' | 'period']?: string | undefined };

const toldAbout = ({ uscc, unit, period }: About): string =>
  [uscc, unit, period].filter((part) => part !== undefined && part !== '-').join(' ');

/** Rows of a workbook that become records of a type, and are about a party, unit and period where these are said. */
export function rowsFor({ file, form }: FiledWorkbook, type: RecordType, asked: About): readonly FormDraft[] {
  const drafts = form.drafts.filter(
    (draft) =>
      draft.type === type &&
      (asked.uscc === undefined || draft.uscc === undefined || draft.uscc === asked.uscc) &&
      (asked.unit === undefined || draft.unit === asked.unit) &&
      (asked.period === undefined || draft.period === asked.period),
  );
  if (drafts.length > 0) return drafts;
  const about = form.drafts.map(toldAbout).join(', ') || 'nothing';
  // Of a form that is filled in by whom it is about, no row says that.
  const hasParties = form.drafts.some(({ uscc }) => uscc !== undefined);
  const wanted = toldAbout({ ...asked, uscc: hasParties ? asked.uscc : undefined });
  const message = `${file} has no row for ${type} ${wanted}: it is about ${about}`;
  throw new LedgerError('CELL_DIFFERS', message, { details: { file, type, ...asked, rows: about } });
}

function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  const both = [one, other].map((value) =>
    typeof value === 'string' && isDecimalText(value) ? parseDecimal(value) : undefined,
  );
  return both[0] !== undefined && both[1] !== undefined && both[0].eq(both[1]);
}

const told = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Fields and figures that the workbook's row says otherwise than what is to be anchored. */
function differences(draft: FormDraft, values: Readonly<Record<string, unknown>>): SheetFault[] {
  const inSheet: Readonly<Record<string, unknown>> = { ...draft.content, ...draft.figures };
  return Object.entries(values).flatMap(([name, value]) => {
    const cell = draft.cells[name];
    const found = inSheet[name];
    if (cell === undefined || found === undefined || sameValue(found, value)) return [];
    const message = `${name}: the cell says ${told(found)}, what is to be anchored says ${told(value)}`;
    return [
      {
        ...{
          code: 'CELL_DIFFERS' as const,
          sheet: draft.sheet,
          cell: cell.slice(cell.lastIndexOf('!') + 1),
          row: draft.row,
        },
        ...{ found: told(found), expected: told(value), message },
      },
    ];
  });
}

/**
 * Holds what is to be anchored to the workbook that is anchored with it.
 * @throws LedgerError CELL_DIFFERS with every cell that says otherwise, or where the workbook is about something else
 */
export function assertAgrees(
  workbook: FiledWorkbook,
  record: {
    readonly type: RecordType;
    readonly subject: { readonly uscc: string; readonly unit: string; readonly period: string };
    readonly content: Readonly<Record<string, unknown>>;
    readonly figures: Readonly<Record<string, string>>;
  },
): void {
  const { file, form } = workbook;
  const { type, subject, content, figures } = record;
  if (fileType(workbook) !== type) return;
  const faults = rowsFor(workbook, type, subject).flatMap((draft) => differences(draft, { ...content, ...figures }));
  if (faults.length === 0) return;
  const count = faults.length === 1 ? '1 cell' : `${String(faults.length)} cells`;
  const message = `${file}: what is to be anchored is not what stands in ${count}`;
  throw new LedgerError('CELL_DIFFERS', message, { faults: faults.map(toFault), details: { file, kind: form.kind } });
}

/** Where a refusal names a figure or field that came from a sheet, the cell is named too. */
export function withCells(error: unknown, drafts: readonly FormDraft[]): unknown {
  if (!(error instanceof LedgerError) || error.faults.length === 0 || drafts.length !== 1) return error;
  const cells = drafts[0]?.cells ?? {};
  const faults = error.faults.map((fault) => {
    const cell = cells[fault.path.slice(fault.path.lastIndexOf('/') + 1)];
    return cell === undefined ? fault : { ...fault, message: `${cell}: ${fault.message}` };
  });
  return new LedgerError(error.code, error.message, { details: error.details, faults, cause: error });
}
