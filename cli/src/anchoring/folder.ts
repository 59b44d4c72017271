import { LedgerError, type RecordType } from '@carbon-ledger/core';
import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import { formatAlready, isWhole } from '../importing/already';
import { newestYear } from '../sheets/newest-year';
import { readResults } from '../sheets/results';
import { anchorBatch, type BatchSummary } from './batch';

interface FolderOptions {
  readonly type: RecordType;
  readonly batch: string | undefined;
  readonly results: string | undefined;
  readonly role: string;
  readonly label?: string;
  readonly subject?: string;
  readonly cite: readonly string[];
  readonly reader: readonly string[];
  readonly cells: boolean;
  readonly methodology: string;
  readonly year?: string;
  readonly faults?: string;
  readonly unit: string;
  readonly period: string;
  readonly content?: string;
  readonly figures?: string;
  readonly trialKeys?: boolean;
}

interface FolderRun {
  readonly context: Context;
  readonly issuer: string;
  readonly files: readonly string[];
  readonly options: FolderOptions;
}

/** What a table says for every row cannot be said once more for all of them. @throws LedgerError USAGE */
function assertAlone({ files, options }: FolderRun): { readonly folder: string; readonly table: string } {
  const { batch, results, unit, period, content, figures } = options;
  if (batch === undefined || results === undefined)
    throw new LedgerError('USAGE', '--batch FOLDER and --results FILE go together');
  const stated = Object.entries({
    unit: unit === '-' ? undefined : unit,
    period: period === '-' ? undefined : period,
    content,
    figures,
  });
  const twice = stated.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`]));
  const more = [...(files.length > 0 ? ['files'] : []), ...twice];
  if (more.length > 0)
    throw new LedgerError(
      'USAGE',
      `--batch takes files and rows from the folder and the table: leave out ${more.join(', ')}`,
    );
  return { folder: batch, table: results };
}

function formatSummary(summary: BatchSummary): string {
  const { anchored, already, submissions } = summary;
  const counts = `anchored ${String(anchored.length)} records in ${String(submissions)} submissions; ${String(already.length)} stood there already`;
  return [
    ...anchored.map(({ key, record, files }) => `${key}  ${record}  ${files.join(', ')}`),
    counts,
    ...formatAlready(summary),
  ].join('\n');
}

/** Anchors a folder of reports by a table of their results. */
export async function anchorFolder(run: FolderRun): Promise<number> {
  const { folder, table: file } = assertAlone(run);
  const { context, issuer, options } = run;
  const year = options.year ?? newestYear(options.methodology);
  const table = await readResults(file, { ...options, year });
  const service = await context.service({ reader: issuer, trialKeys: options.trialKeys === true });
  const summary = await anchorBatch({ ...options, context, service, issuer, folder }, table);
  context.output.result({ ...summary }, () => formatSummary(summary));
  return isWhole(summary) ? exitCodes.yes : exitCodes.no;
}
