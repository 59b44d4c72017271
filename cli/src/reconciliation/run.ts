import {
  canonicalPieces,
  LedgerError,
  parseReconciliationReport,
  parseReconciliationRules,
  Reconciler,
  reconciliationChanges,
  reconciliationReport,
  shippedReconciliationRules,
  type LedgerFact,
  type ReconciliationChange,
  type ReconciliationReport,
  type ReconciliationRules,
} from '@carbon-ledger/core';
import { reconciliationWorkbook } from '@carbon-ledger/spreadsheets';
import { readJsonFile } from '../files/read-file';
import { writeWhole } from '../files/write-file';
import type { Language } from '../output/language';
import type { Output } from '../output/output';
import type { FactSource } from './facts';
import type { ReadFiles } from './inputs';

export interface RunOptions {
  readonly year: string;
  readonly asOf: string;
  readonly rules: ReconciliationRules;
}

export async function readRules(file: string | undefined): Promise<ReconciliationRules> {
  return file === undefined ? shippedReconciliationRules : parseReconciliationRules(await readJsonFile(file));
}

/** An earlier report, to tell what is otherwise now. @throws LedgerError BAD_FILE */
export async function readReport(file: string): Promise<ReconciliationReport> {
  return parseReconciliationReport(await readJsonFile(file));
}

const factsBetweenTellings = 5000;

/** Reconciles what was read with the facts of the ledger. */
export async function reconcileFiles(
  output: Output,
  signal: AbortSignal,
  read: ReadFiles,
  source: FactSource | undefined,
  options: RunOptions,
): Promise<ReconciliationReport> {
  const reconciler = new Reconciler(options, read.rows.splice(0));
  let facts = 0;
  const counter = output.counter('Comparing with the ledger:', 'facts');
  const see = (fact: LedgerFact): void => {
    reconciler.see(fact);
    facts += 1;
    if (facts % factsBetweenTellings !== 0) return;
    counter.update(facts);
    if (signal.aborted) throw new LedgerError('INTERRUPTED');
  };
  try {
    await source?.each(see);
  } finally {
    counter.stop();
  }
  return reconciliationReport(options, read.files, source?.told(facts) ?? null, reconciler.conclude());
}

export interface ReportFiles {
  readonly json?: string | undefined;
  readonly xlsx?: string | undefined;
  readonly pdf?: string | undefined;
  /** Of the paper. */
  readonly language?: Language | undefined;
  /** Whether the paper has to say that it is of a ledger to try things on. */
  readonly isTrial?: boolean | undefined;
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream for whoever writes it
async function* jsonOf(report: ReconciliationReport): AsyncGenerator<Uint8Array, void, undefined> {
  for (const piece of canonicalPieces(report)) yield Buffer.from(piece);
  yield Buffer.from('\n');
}

/** JSON (RFC 8785, so that the same report is the same bytes) and a workbook. */
export async function writeReport(
  files: ReportFiles,
  report: ReconciliationReport,
  changes: readonly ReconciliationChange[] | undefined,
): Promise<void> {
  if (files.json !== undefined) await writeWhole(files.json, jsonOf(report), { isPrivate: true });
  if (files.xlsx !== undefined)
    await writeWhole(files.xlsx, reconciliationWorkbook(report, changes), { isPrivate: true });
  if (files.pdf === undefined) return;
  const { makeReconciliationReport } = await import('@carbon-ledger/reports');
  const { language = 'zh', isTrial = false } = files;
  await writeWhole(files.pdf, await makeReconciliationReport(report, { language, isTrial }), { isPrivate: true });
}

/** What changed since an earlier report, where there is one. */
export function changesSince(
  before: ReconciliationReport | undefined,
  now: ReconciliationReport,
): ReconciliationChange[] | undefined {
  return before === undefined ? undefined : reconciliationChanges(before, now);
}
