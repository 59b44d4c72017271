import { shelvedMethodologies, shelvedRules, type RecordType, type Title } from '@carbon-ledger/core';
import {
  faultWorkbook,
  readFiledForm,
  readWorkbook,
  templateKinds,
  templateOf,
  writeTemplate,
  type FiledForm,
  type FormDraft,
  type FormRules,
  type TemplateKind,
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

/** @throws LedgerError TEMPLATE_UNKNOWN, SHEET_UNREADABLE and others */
export async function readBatch(files: readonly DroppedFile[]): Promise<Batch | undefined> {
  const workbook = files.find(({ path }) => /\.xlsx$/i.test(path));
  if (workbook === undefined) return undefined;
  const form = readFiledForm(readWorkbook(new Uint8Array(await workbook.file.arrayBuffer())));
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
