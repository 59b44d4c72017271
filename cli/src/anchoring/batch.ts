import path from 'node:path';
import {
  buildRecord,
  formatBusinessKey,
  LedgerError,
  type BuiltRecord,
  type DocumentRef,
  type Fault,
  type RecordDraft,
} from '@carbon-ledger/core';
import { filesOfRow, type FormDraft } from '@carbon-ledger/spreadsheets';
import type { Context } from '../context';
import { isText, shownPlace } from '../files/place';
import { filesOf, isPassedOver } from '../files/walk';
import { alreadyThere, type AlreadyThere } from '../importing/already';
import { refusedImport } from '../importing/refused';
import type { ResultsTable } from '../sheets/results';
import type { Service } from '../service/service';
import { documentRef } from './documents';
import { draftOfRow, type RowFiling } from './from-workbook';
import { submitTogether } from './submit';

/** Records of one submission: what a gateway judges in one go without keeping others waiting. */
const perSubmission = 100;

export interface BatchRun extends Omit<RowFiling, 'service'> {
  readonly context: Context;
  readonly service: Service;
  readonly folder: string;
  /** What the files of the folder are. */
  readonly role: string;
  readonly cells: boolean;
}

export interface BatchSummary extends AlreadyThere {
  readonly anchored: readonly { readonly record: string; readonly key: string; readonly files: readonly string[] }[];
  /** Business keys of rows that were there already, word for word. */
  readonly already: readonly string[];
  readonly submissions: number;
}

interface BatchFile {
  /** From the folder on, as the rows are looked for. */
  readonly path: string;
  readonly place: string;
}

interface Row {
  readonly draft: FormDraft;
  readonly files: readonly BatchFile[];
}

const rowName = ({ sheet, row, unit, period }: FormDraft): string => `${sheet} ${String(row)} (${unit} ${period})`;

function fault(at: string, message: string): Fault {
  return { path: at, code: 'BATCH_UNMATCHED', message };
}

/** Everything below the folder but the table itself. */
async function filesIn(folder: string, table: string): Promise<{ files: BatchFile[]; faults: Fault[] }> {
  const files: BatchFile[] = [];
  const faults: Fault[] = [];
  for await (const found of filesOf([folder])) {
    if (isPassedOver(found)) {
      faults.push(fault(shownPlace(found.passedOver), found.why));
    } else if (!isText(found)) {
      faults.push(fault(shownPlace(found), 'its name is not UTF-8, so that no row can name it: rename it'));
    } else if (path.resolve(found) !== path.resolve(table)) {
      files.push({ place: found, path: path.relative(folder, found) });
    }
  }
  return { files, faults };
}

/** Each row with its files: a row without one, a file of no row or of two are told, all of them. @throws LedgerError BATCH_UNMATCHED */
async function matched(folder: string, table: ResultsTable): Promise<Row[]> {
  const { files, faults } = await filesIn(folder, table.file);
  const rows = table.form.drafts.map((draft) => ({ draft, files: filesOfRow(draft, files) }));
  for (const { draft, files: own } of rows)
    if (own.length === 0) {
      const number = draft.content['reportNo'];
      const sought = typeof number === 'string' ? number : `${draft.unit} ${draft.period}`;
      faults.push(fault(rowName(draft), `no file bears ${sought} in its name`));
    }
  for (const file of files) {
    const owners = rows.filter((row) => row.files.includes(file)).map(({ draft }) => rowName(draft));
    if (owners.length === 0) faults.push(fault(file.path, 'no row names it by report number, or unit and month'));
    if (owners.length > 1) faults.push(fault(file.path, `${owners.join(' and ')} both name it`));
  }
  if (faults.length === 0) return rows;
  throw new LedgerError(
    'BATCH_UNMATCHED',
    `${table.file} and ${folder} do not match: ${String(faults.length)} faults`,
    { faults },
  );
}

/** Answers each question once: rows of one plant and month cite the same records. */
function remembering(service: Service): RowFiling['service'] {
  const known = new Map<string, ReturnType<Service['currentRecords']>>();
  return {
    built: (name) => service.built(name),
    currentRecords: (query) => {
      const place = JSON.stringify(query);
      const answer = known.get(place) ?? service.currentRecords(query);
      known.set(place, answer);
      return answer;
    },
  };
}

async function draftsOf(run: BatchRun, table: ResultsTable, rows: readonly Row[]): Promise<RecordDraft[]> {
  const { service, issuer, role, cells } = run;
  const salts = cells ? await service.keys.saltsOf(issuer) : undefined;
  const filing = { ...run, service: remembering(service) };
  const workbook = await documentRef(table.file, 'workbook', salts);
  const about = { methodology: table.methodology, document: 0 };
  const bar = run.context.output.progress('reading', rows.length, 'rows');
  const drafts: RecordDraft[] = [];
  try {
    for (const { draft, files } of rows) {
      const own: DocumentRef[] = [];
      for (const { place } of files) own.push(await documentRef(place, role, salts));
      drafts.push(await draftOfRow(filing, about, draft, [workbook, ...own], []));
      bar.update(drafts.length);
    }
  } finally {
    bar.stop();
  }
  return drafts;
}

interface Planned {
  readonly built: BuiltRecord;
  readonly row: Row;
}

/** What is not there yet. A row that stands there word for word is left alone, so that a run that was cut short goes on. */
async function planned(
  { service, issuer }: BatchRun,
  drafts: readonly RecordDraft[],
  rows: readonly Row[],
): Promise<{ readonly open: readonly Planned[]; readonly already: readonly string[] }> {
  const salts = await service.keys.saltsOf(issuer);
  const keys = drafts.map(({ subject, kind, type }) => formatBusinessKey(subject, kind ?? type));
  assertDistinct(keys, rows);
  const heads = new Map((await service.heads(keys)).flatMap((head) => (head ? [[head.key, head] as const] : [])));
  const open: Planned[] = [];
  const already: string[] = [];
  for (const [at, draft] of drafts.entries()) {
    const head = heads.get(keys[at] ?? '');
    const row = rows[at];
    if (row === undefined) continue;
    const same = buildRecord({ ...draft, version: head?.version ?? 1 }, salts);
    if (same.id === head?.record) already.push(same.key);
    else open.push({ row, built: head ? buildRecord({ ...draft, version: head.version + 1 }, salts) : same });
  }
  return { open, already };
}

/** Two rows of one unit and month would be two first versions of one record. */
function assertDistinct(keys: readonly string[], rows: readonly Row[]): void {
  const first = new Map<string, FormDraft>();
  const faults: Fault[] = [];
  for (const [at, key] of keys.entries()) {
    const draft = rows[at]?.draft;
    const other = first.get(key);
    if (draft === undefined) continue;
    if (other === undefined) first.set(key, draft);
    else faults.push(fault(rowName(draft), `it is about the same record as ${rowName(other)}: ${key}`));
  }
  if (faults.length > 0) throw new LedgerError('BATCH_UNMATCHED', 'rows are about the same record', { faults });
}

/**
 * Anchors a folder of reports by a table of their results: one process, one unlocking of the key, a submission a hundred. A run that was
 * cut short is taken up where it stopped by the same command.
 * @throws LedgerError BATCH_UNMATCHED before anything is anchored; of a submission that is refused, those before it stay; INTERRUPTED
 */
export async function anchorBatch(run: BatchRun, table: ResultsTable): Promise<BatchSummary> {
  const { context, service } = run;
  const rows = await matched(run.folder, table);
  const { open, already } = await planned(run, await draftsOf(run, table, rows), rows);
  const anchored: Planned[] = [];
  const bar = context.output.progress('anchoring', open.length, 'records');
  let submissions = 0;
  try {
    for (let at = 0; at < open.length; at += perSubmission) {
      if (context.io.signal.aborted) throw new LedgerError('INTERRUPTED');
      const chunk = open.slice(at, at + perSubmission);
      const built = chunk.map((one) => one.built);
      await submitTogether(context, service, built).catch((error: unknown) => {
        throw refusedImport(error, built, anchored.length);
      });
      anchored.push(...chunk);
      submissions += 1;
      bar.update(anchored.length);
    }
  } finally {
    bar.stop();
  }
  return { anchored: anchored.map(toldOf), already, ...(await alreadyThere(service, already)), submissions };
}

function toldOf({ built: { id, key }, row }: Planned): BatchSummary['anchored'][number] {
  return { record: id, key, files: row.files.map((file) => file.path) };
}
