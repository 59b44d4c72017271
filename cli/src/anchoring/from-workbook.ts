import {
  assertUscc,
  buildRecord,
  formatBusinessKey,
  recordTypes,
  statedDue,
  valuesOf,
  type BuiltRecord,
  type DocumentRef,
  type RecordDraft,
  type RecordType,
} from '@carbon-ledger/core';
import type { FormDraft } from '@carbon-ledger/spreadsheets';
import type { Service } from '../service/service';
import { citationsFor } from '../sheets/citations';
import { rowsFor, type FiledWorkbook } from '../sheets/filed-workbook';
import { parseCitation, resolveCitations } from './citations';
import { documentRef } from './documents';
import { nextVersion } from './submit';

export interface WorkbookRun extends RowFiling {
  readonly service: Service;
  readonly files: readonly string[];
  readonly role: string;
  readonly unit: string;
  readonly period: string;
  readonly cells: boolean;
}

/** `-` is what the options say where nothing was asked for. */
const asked = (option: string): string | undefined => (option === '-' ? undefined : option);

function sourcesOf(
  { figures, cells }: FormDraft,
  document: number,
): Record<string, { document: number; place: string }> {
  const places = Object.keys(figures).flatMap((name) => {
    const place = cells[name];
    return place === undefined || place.length > 120 ? [] : [[name, { document, place }] as const];
  });
  return Object.fromEntries(places);
}

/** What the rows of a workbook are filed with. */
export interface RowFiling {
  readonly issuer: string;
  readonly type: RecordType;
  readonly label?: string | undefined;
  readonly subject?: string | undefined;
  readonly cite: readonly string[];
  readonly reader: readonly string[];
  readonly service: Pick<Service, 'built' | 'currentRecords'>;
}

/** The record of a row in its first version. @param document place of the workbook among the documents */
export async function draftOfRow(
  run: RowFiling,
  { methodology, document }: { readonly methodology: string; readonly document: number },
  draft: FormDraft,
  documents: readonly DocumentRef[],
  made: readonly BuiltRecord[],
): Promise<RecordDraft & { readonly version: number }> {
  const { service, issuer, type } = run;
  const label = draft.label ?? run.label;
  const subject = { uscc: run.subject ?? draft.uscc ?? issuer, unit: draft.unit, period: draft.period };
  assertUscc(subject.uscc);
  const kind = label === undefined ? type : `${type}.${label}`;
  const named = await resolveCitations(run.cite.map(parseCitation), (name) => service.built(name));
  const followed = await citationsFor(service, { type, kind, subject }, methodology, made);
  const cites = { ...followed, ...named };
  const values = valuesOf(cites['parameters']?.[0]?.record);
  const due = statedDue(recordTypes[type], { subject, kind }, draft.content, values);
  return {
    type,
    issuer,
    subject,
    kind,
    version: 1,
    content: { ...draft.content, ...due },
    cites,
    documents,
    figures: draft.figures,
    sources: sourcesOf(draft, document),
    readers: run.reader,
  };
}

async function buildRow(
  run: WorkbookRun,
  workbook: FiledWorkbook,
  draft: FormDraft,
  documents: readonly DocumentRef[],
  made: readonly BuiltRecord[],
): Promise<BuiltRecord> {
  const { service, issuer } = run;
  const about = { methodology: workbook.methodology, document: workbook.document };
  const first = await draftOfRow(run, about, draft, documents, made);
  const version = await nextVersion(service, formatBusinessKey(first.subject, first.kind ?? first.type));
  return buildRecord({ ...first, version }, await service.keys.saltsOf(issuer));
}

/** A record for each row of the workbook, in its order; each figure keeps its cell as its source. */
export async function recordsOfWorkbook(
  run: WorkbookRun,
  workbook: FiledWorkbook,
): Promise<{ readonly built: readonly BuiltRecord[]; readonly drafts: readonly FormDraft[] }> {
  const drafts = rowsFor(workbook, run.type, { uscc: run.subject, unit: asked(run.unit), period: asked(run.period) });
  const salts = run.cells ? await run.service.keys.saltsOf(run.issuer) : undefined;
  const documents = await Promise.all(run.files.map((file) => documentRef(file, run.role, salts)));
  const built: BuiltRecord[] = [];
  for (const draft of drafts) built.push(await buildRow(run, workbook, draft, documents, built));
  return { built, drafts };
}
