import { shelvedMethodologies, shelvedRules, type RecordType, type Title } from '@carbon-ledger/core';
import {
  faultWorkbook,
  readFiledForm,
  readFormByHeaders,
  readStamp,
  readWorkbook,
  templateKinds,
  templateOf,
  writeTemplate,
  type FiledForm,
  type FormDraft,
  type FormRules,
  type TemplateKind,
  type Workbook,
} from '@carbon-ledger/spreadsheets';
import type { DroppedFile } from '../files/dropped';
import type { Filing } from '../filing/draft';

/** Of the sector that most of the market is. */
export const coalPower = 'CN-ETS-POWER';

/** Years for which there is a form of a methodology, newest first. */
export function templateYears(methodology = coalPower): readonly string[] {
  const years = shelvedMethodologies().flatMap(({ id, years: own }) => (id === methodology ? own : []));
  return [...years].sort().reverse();
}

function rulesOf(year: string, methodology = coalPower): FormRules {
  const { sector, methodology: rules } = shelvedRules(methodology, year);
  return { sector, methodology: rules };
}

/** Methodologies of which the program has forms. */
export function methodologyChoices(): readonly { readonly id: string; readonly title: Title }[] {
  const ids = [coalPower, ...shelvedMethodologies().map(({ id }) => id)];
  return [...new Set(ids)].map((id) => {
    const [year = ''] = templateYears(id);
    return { id, title: rulesOf(year, id).methodology.title };
  });
}

export function formTitle(kind: TemplateKind, year: string, methodology = coalPower): Title {
  return templateOf(kind, rulesOf(year, methodology)).title;
}

/** Forms whose rows become records, by the type that they become. */
export function filingKinds(): readonly { readonly kind: TemplateKind; readonly type: RecordType }[] {
  const rules = rulesOf(templateYears()[0] ?? '');
  return templateKinds.flatMap((kind) => {
    const { files } = templateOf(kind, rules);
    return files === undefined ? [] : [{ kind, type: files }];
  });
}

/** Another form than what is filed here, by its own words; undefined where it is one of these. */
export function otherForm({ kind, rules }: FiledForm, here: TemplateKind): Title | undefined {
  const typeOf = (one: TemplateKind): RecordType | undefined => filingKinds().find((form) => form.kind === one)?.type;
  return typeOf(kind) === typeOf(here) ? undefined : templateOf(kind, rules).title;
}

export function templateFile(kind: TemplateKind, year: string, methodology = coalPower): Uint8Array {
  const rules = rulesOf(year, methodology);
  return writeTemplate(templateOf(kind, rules), rules);
}

/** What was dropped together: the workbook that was made from a form, and what comes along with it. */
export interface Batch {
  readonly workbook: DroppedFile;
  readonly form: FiledForm;
  readonly others: readonly DroppedFile[];
}

type Read = Pick<Batch, 'workbook' | 'form'> & { readonly isStamped: boolean };

/** What a form can be handed in as; workbooks first, which say themselves what they are. */
function tablesOf(files: readonly DroppedFile[]): readonly DroppedFile[] {
  return [/\.xlsx$/i, /\.csv$/i].flatMap((ending) => files.filter(({ path }) => ending.test(path)));
}

/** A table without a stamp (CSV, or a system's own workbook), by its headers, under the rules of the year that it is about. */
function readByHeaders(workbook: Workbook, kind: TemplateKind): FiledForm {
  const [newest = '', ...earlier] = templateYears();
  const form = readFormByHeaders(workbook, kind, { methodology: coalPower, year: newest });
  const year = form.drafts[0]?.period.slice(0, 4) ?? '';
  return earlier.includes(year) ? readFormByHeaders(workbook, kind, { methodology: coalPower, year }) : form;
}

async function readTable(table: DroppedFile, kind: TemplateKind): Promise<Read> {
  const workbook = readWorkbook(new Uint8Array(await table.file.arrayBuffer()), table.path);
  const isStamped = readStamp(workbook) !== undefined;
  return { workbook: table, form: isStamped ? readFiledForm(workbook) : readByHeaders(workbook, kind), isStamped };
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

const isOfForm = ({ faults }: FiledForm): boolean =>
  faults.every(({ code }) => code !== 'SHEET_MISSING' && code !== 'COLUMN_MISSING');

/**
 * Finds the form among what was dropped: the workbook that was made from one, else the table that has its headers. A table alone that
 * lacks some of them is told what it lacks.
 * @throws LedgerError SHEET_UNREADABLE and others, of the first table that could not be read where none is the form
 */
export async function readBatch(files: readonly DroppedFile[], kind: TemplateKind): Promise<Batch | undefined> {
  const tables = tablesOf(files);
  const byHeaders: Read[] = [];
  let failed: Error | undefined;
  for (const table of tables) {
    try {
      const read = await readTable(table, kind);
      if (read.isStamped) return batchOf(read, files);
      byHeaders.push(read);
    } catch (error) {
      failed ??= asError(error);
    }
  }
  const found = byHeaders.find(({ form }) => isOfForm(form)) ?? (tables.length === 1 ? byHeaders[0] : undefined);
  if (found === undefined && failed !== undefined) throw failed;
  return found && batchOf(found, files);
}

function batchOf({ workbook, form }: Read, files: readonly DroppedFile[]): Batch {
  return { workbook, form, others: files.filter((file) => file !== workbook) };
}

export function faultFile(form: FiledForm, language: 'zh' | 'en'): Uint8Array {
  return faultWorkbook(form.faults, language);
}

/** Longest place that a figure's source may name. */
const LONGEST_PLACE = 120;

/** The workbook is the first document of the record; each figure keeps its cell. */
function sourcesOf({ figures, cells }: FormDraft): NonNullable<Filing['sources']> {
  const places = Object.keys(figures).flatMap((name) => {
    const place = cells[name];
    return place === undefined || place.length > LONGEST_PLACE ? [] : [[name, { document: 0, place }] as const];
  });
  return Object.fromEntries(places);
}

/** A row as the filing that it becomes; what it cites is proposed later. */
export function filingOfRow(draft: FormDraft, uscc: string): Filing {
  const { type, label, unit, period, content, figures } = draft;
  const subject = { uscc: draft.uscc ?? uscc, unit, period };
  return {
    type,
    kind: label === undefined ? type : `${type}.${label}`,
    version: 1,
    subject,
    content,
    figures,
    cites: {},
    documents: [],
    sources: sourcesOf(draft),
  };
}
