import {
  digestBytes,
  factsOfRecord,
  factTypes,
  LedgerError,
  Reconciler,
  reconciliationReport,
  rulesOnLedger,
  shippedReconciliationRules,
  type InputRow,
  type LedgerFact,
  type ReconciledFile,
  type ReconciledLedger,
  type ReconciliationReport,
  type RulesRecord,
} from '@carbon-ledger/core';
import type { LedgerClient } from '@carbon-ledger/client-sdk';
import { readExchange, readWorkbook, sourceOf, type SheetNote } from '@carbon-ledger/spreadsheets';

/** A file of one side as it was read. */
export interface ReadFile {
  readonly file: ReconciledFile;
  readonly rows: readonly InputRow[];
  readonly notes: readonly SheetNote[];
}

/** @throws LedgerError COLUMN_MISSING where its headers are of none of the three sides; what reading a workbook throws */
export function readSide(name: string, bytes: Uint8Array): ReadFile {
  const workbook = readWorkbook(bytes, name);
  const source = sourceOf(workbook);
  if (source === undefined)
    throw new LedgerError('COLUMN_MISSING', `${name}: its headers are those of no exchange file that is known`);
  const { rows, notes } = readExchange(workbook, source, name);
  return { file: { source, name, sha256: digestBytes(bytes).sha256, rows: rows.length }, rows, notes };
}

/** The files of a run with one more; a file of a name that is there takes its place, because the report names rows by their file. */
export function withFile(files: readonly ReadFile[], added: ReadFile): ReadFile[] {
  const others = files.filter(({ file }) => file.name !== added.file.name);
  return [...others, added].sort((a, b) => (a.file.name < b.file.name ? -1 : 1));
}

/** What the ledger says, and how much of it there is. */
export interface LedgerSide {
  readonly facts: readonly LedgerFact[];
  readonly told: ReconciledLedger;
  /** Parameter tables, which have the rules of each year, and calendars of working days. */
  readonly tables: readonly RulesRecord[];
}

const PAGE = 500;

/** @param signal stops it between pages */
export async function ledgerSide(
  client: LedgerClient,
  onFact: (facts: number) => void,
  signal: AbortSignal,
): Promise<LedgerSide> {
  const { ledger, logSize } = await client.ledger();
  const facts: LedgerFact[] = [];
  for (const type of factTypes)
    for await (const view of client.allRecords({ type, status: 'current', limit: PAGE })) {
      signal.throwIfAborted();
      facts.push(...factsOfRecord(view));
      onFact(facts.length);
    }
  const tables: RulesRecord[] = [];
  for (const type of ['parameter', 'working-days'] as const)
    for await (const { record, doubts } of client.allRecords({ type, status: 'current', limit: PAGE }))
      tables.push({ record, doubts });
  return { tables, facts, told: { ledger, size: String(logSize), facts: facts.length } };
}

export interface RunAsked {
  readonly year: string;
  /** Day of the run. */
  readonly asOf: string;
}

/** Compares the files with each other, and with the ledger where there is one. The same inputs give the same digest as the command line. */
export function reconcileFiles(
  files: readonly ReadFile[],
  ledger: LedgerSide | undefined,
  { year, asOf }: RunAsked,
): ReconciliationReport {
  const options = { year, asOf, rules: rulesOnLedger(shippedReconciliationRules, year, ledger?.tables ?? []) };
  const reconciler = new Reconciler(
    options,
    files.flatMap(({ rows }) => rows),
  );
  for (const fact of ledger?.facts ?? []) reconciler.see(fact);
  const told = files.map(({ file }) => file);
  return reconciliationReport(options, told, ledger?.told ?? null, reconciler.conclude());
}
