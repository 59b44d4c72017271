import { createHash } from 'node:crypto';
import { mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { canonicalize, isLedgerError, type ReconciliationReport } from '@carbon-ledger/core';
import type { ExchangeProfile } from '@carbon-ledger/spreadsheets';
import { readBytes } from '../files/read-file';
import type { Language } from '../output/language';
import type { Output } from '../output/output';
import type { FactSource } from './facts';
import { readFiles } from './inputs';
import { changesSince, readReport, reconcileFiles, writeReport, type RunOptions } from './run';

export interface WatchRun {
  readonly folder: string;
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly profile: ExchangeProfile;
  readonly options: RunOptions;
  /** Of the papers. */
  readonly language: Language;
  /** Opened for each run, so that each run has the ledger as it is. */
  readonly source: () => Promise<FactSource | undefined>;
}

/** What one look at the folder came to. */
export type Look =
  | { readonly done: 'nothing' }
  | { readonly done: 'already'; readonly report: ReconciliationReport }
  | {
      readonly done: 'reported';
      readonly report: ReconciliationReport;
      readonly json: string;
      readonly xlsx: string;
      readonly pdf: string;
    };

const reportsFolder = (folder: string): string => path.join(folder, 'reports');

async function tablesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => /\.(?:xlsx|csv)$/i.test(name) && !name.startsWith('~$') && !name.startsWith('.'))
    .sort();
}

/** Size and time of each file: while they change, somebody is still writing. */
async function stateOf(folder: string, names: readonly string[]): Promise<string> {
  const states = await Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs } = await stat(path.join(folder, name));
      return [name, size, mtimeMs];
    }),
  );
  return JSON.stringify(states);
}

/** What a run depends on: the same name stands for the same run. */
async function runName(run: WatchRun, names: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const name of names) {
    const digest = createHash('sha256').update(await readBytes(path.join(run.folder, name)));
    hash.update(`${name} ${digest.digest('hex')}\n`);
  }
  hash.update(canonicalize(run.options));
  return `${run.options.year}-${run.options.asOf}-${hash.digest('hex').slice(0, 12)}`;
}

async function lastReport(folder: string): Promise<ReconciliationReport | undefined> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const timed = await Promise.all(
    names.map(async (name) => ({ name, time: (await stat(path.join(folder, name))).mtimeMs })),
  );
  const last = timed.sort((one, other) => one.time - other.time).at(-1);
  return last === undefined ? undefined : readReport(path.join(folder, last.name));
}

/** Reconciles what lies in the folder, unless the same files were reconciled for the same day before. */
export async function lookOnce(run: WatchRun): Promise<Look> {
  const names = await tablesIn(run.folder);
  if (names.length === 0) return { done: 'nothing' };
  const reports = reportsFolder(run.folder);
  await mkdir(reports, { recursive: true });
  const name = await runName(run, names);
  const placed = (ending: string): string => path.join(reports, `${name}.${ending}`);
  const [json, xlsx, pdf] = [placed('json'), placed('xlsx'), placed('pdf')];
  if ((await readdir(reports)).includes(`${name}.json`)) return { done: 'already', report: await readReport(json) };
  const before = await lastReport(reports);
  const files = names.map((one) => ({ path: path.join(run.folder, one) }));
  const read = await readFiles(files, run.profile, () => undefined);
  const source = await run.source();
  const report = await reconcileFiles(run.output, run.signal, read, source, run.options);
  // The JSON is written last: where it is there, the run is whole.
  const { language } = run;
  await writeReport({ xlsx, pdf, language, isTrial: source?.isTrial }, report, changesSince(before, report));
  await writeReport({ json }, report, undefined);
  return { done: 'reported', report, json, xlsx, pdf };
}

/** Looks at the folder until it is told to stop. A file that cannot be read is told, and the folder is looked at again. */
export async function watchFolder(
  run: () => Promise<WatchRun>,
  everyMs: number,
  onLook: (look: Look) => void,
): Promise<void> {
  let told = '';
  let before = '';
  for (;;) {
    const current = await run();
    const state = await stateOf(current.folder, await tablesIn(current.folder));
    if (state === before) told = await lookAndTell(current, onLook, told);
    before = state;
    await pause(everyMs, undefined, { signal: current.signal });
  }
}

async function lookAndTell(run: WatchRun, onLook: (look: Look) => void, told: string): Promise<string> {
  try {
    onLook(await lookOnce(run));
    return '';
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    const text = `${error.code}: ${error.message}`;
    if (text !== told) run.output.note(text);
    return text;
  }
}
