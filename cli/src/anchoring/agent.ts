import { createHash } from 'node:crypto';
import { mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { catalogue, isLedgerError, type ErrorCode, type LedgerError } from '@carbon-ledger/core';
import { isText } from '../files/place';
import { filesOf, isPassedOver } from '../files/walk';
import { writeWhole } from '../files/write-file';
import { exitCodes, isInterruption, toLedgerError } from '../output/problem';
import type { BatchSummary } from './batch';

/** What became of a batch, as it is written beside the folder's batches. */
export type BatchAnswer =
  | ({ readonly batch: string; readonly done: 'anchored' } & BatchSummary)
  | {
      readonly batch: string;
      readonly done: 'refused';
      readonly code: ErrorCode;
      readonly message: string;
      readonly faults: LedgerError['faults'];
    };

export interface AgentRun {
  /** Each folder in it is a batch: one table, and the files of its rows. */
  readonly folder: string;
  /** @param folder of one batch @param table its results */
  readonly anchor: (folder: string, table: string) => Promise<BatchSummary>;
}

/** A batch is looked at once it stood still from one look to the next. */
export type Seen = ReadonlyMap<string, string>;

export interface Look {
  readonly answers: readonly BatchAnswer[];
  readonly seen: Seen;
  /** Why batches have no answer yet, one for each of them. */
  readonly problems: readonly LedgerError[];
}

/** Something is wrong with the batch; anything else passes, or is for the operator to mend, and the next look tries again. */
function isAboutBatch({ code }: LedgerError): boolean {
  return code.startsWith('SHEET_') || (catalogue[code].exit === exitCodes.no && code !== 'RATE_LIMITED');
}

const answersFolder = (folder: string): string => path.join(folder, 'answers');

async function batchesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'answers' && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

/** Names, sizes and times of all files of a batch: while they change, somebody is still writing. */
async function stateOf(batch: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const found of filesOf([batch])) {
    const place = isPassedOver(found) ? found.passedOver : found;
    const { size, mtimeMs } = isPassedOver(found) ? { size: 0, mtimeMs: 0 } : await stat(place);
    hash.update(JSON.stringify([isText(place) ? place : place.toString('latin1'), size, mtimeMs]));
  }
  return hash.digest('hex').slice(0, 16);
}

async function tablesOf(batch: string): Promise<string[]> {
  const names = await readdir(batch);
  return names.filter((name) => /\.(?:xlsx|csv)$/i.test(name) && !/^[~.]/.test(name)).sort();
}

async function answerTo({ folder, anchor }: AgentRun, name: string): Promise<BatchAnswer> {
  const batch = path.join(folder, name);
  const tables = await tablesOf(batch);
  const [table] = tables;
  if (table === undefined || tables.length > 1) {
    const found = tables.length === 0 ? 'none is there' : tables.join(', ');
    const message = `a batch has one table of results (XLSX or CSV) beside its reports: ${found}`;
    return { batch: name, done: 'refused', code: 'BATCH_UNMATCHED', message, faults: [] };
  }
  try {
    return { batch: name, done: 'anchored', ...(await anchor(batch, path.join(batch, table))) };
  } catch (error) {
    if (!isLedgerError(error) || !isAboutBatch(error)) throw error;
    const { code, message, faults } = error;
    return { batch: name, done: 'refused', code, message, faults };
  }
}

/**
 * Looks once at all batches of a folder. One that has not changed since the look before, and that has no answer yet, is anchored;
 * its answer is written to the folder "answers" under its name and state, so that the same batch is answered once.
 * @param before what the look before saw
 */
export async function lookAtBatches(run: AgentRun, before: Seen): Promise<Look> {
  const answers: BatchAnswer[] = [];
  const problems: LedgerError[] = [];
  const seen = new Map<string, string>();
  for (const name of await batchesIn(run.folder)) {
    // One batch that cannot be answered now, or is taken away meanwhile, keeps no other waiting.
    try {
      const state = await stateOf(path.join(run.folder, name));
      seen.set(name, state);
      const answer = before.get(name) === state ? await answerOnce(run, name, state) : undefined;
      if (answer !== undefined) answers.push(answer);
    } catch (error) {
      if (isInterruption(error)) throw error;
      problems.push(toLedgerError(error));
    }
  }
  return { answers, seen, problems };
}

async function answerOnce(run: AgentRun, name: string, state: string): Promise<BatchAnswer | undefined> {
  const folder = answersFolder(run.folder);
  await mkdir(folder, { recursive: true });
  const file = `${name}.${state}.json`;
  if ((await readdir(folder)).includes(file)) return undefined;
  const answer = await answerTo(run, name);
  await writeWhole(path.join(folder, file), `${JSON.stringify(answer, null, 2)}\n`);
  return answer;
}

/** Looks until it is told to stop. */
export async function watchBatches(
  run: AgentRun,
  {
    everyMs,
    signal,
    tell,
  }: {
    readonly everyMs: number;
    readonly signal: AbortSignal;
    readonly tell: (look: Look) => void;
  },
): Promise<void> {
  let seen: Seen = new Map();
  for (;;) {
    const look = await lookAtBatches(run, seen);
    seen = look.seen;
    tell(look);
    await pause(everyMs, undefined, { signal });
  }
}
