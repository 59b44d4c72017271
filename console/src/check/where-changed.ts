import type { CellsCommitment, CellsOpening, TableCell } from '../../../core/src/cells';
import type { CellDifference } from '../inspection/cells';
import { isTable } from '../files/tables';
import { verdictOf, type Verdict } from '../words/verdicts';
import type { Checked, CheckedFile } from './examine';
import { askAbout, commitmentOf } from './ledger';

/** An opening of a table's cells, held to what the ledger has of that table. */
export interface OpenedTable {
  readonly document: CellsOpening['document'];
  readonly verdict: Verdict;
  /** Empty where they are not what was anchored. */
  readonly cells: readonly TableCell[];
}

/** @throws LedgerError BAD_FILE for what is no opening; whatever asking the ledger throws */
export async function openTable(file: Blob): Promise<OpenedTable> {
  const { cellsOf, opens, readOpening } = await import('./cells');
  const opening = readOpening(await file.text());
  const { document } = opening;
  const [answer] = await askAbout([{ sha256: document.sha256 }]);
  const committed: CellsCommitment | undefined =
    answer?.record === undefined ? undefined : await commitmentOf(answer.record, document.sha256);
  if (answer === undefined || committed === undefined)
    return { document, verdict: answer?.record === undefined ? 'not-found' : 'undecidable', cells: [] };
  if (!opens(opening, committed)) return { document, verdict: 'inconsistent', cells: [] };
  return { document, verdict: verdictOf(answer.verdict, answer.status), cells: cellsOf(opening) };
}

/** What was dropped, and may be needed to say where another file was changed. */
export interface Kept {
  /** Files by their digests. */
  readonly byDigest: ReadonlyMap<string, Blob>;
  /** Cells of tables that were opened, by the digests of the tables. */
  readonly opened: ReadonlyMap<string, readonly TableCell[]>;
}

export function keptOf(results: readonly Checked[]): Kept {
  const byDigest = new Map<string, Blob>();
  const opened = new Map<string, readonly TableCell[]>();
  for (const one of results) {
    if (one.kind === 'file') byDigest.set(one.hashed.sha256, one.file);
    if (one.kind === 'opening' && one.opened.cells.length > 0) opened.set(one.opened.document.sha256, one.opened.cells);
  }
  return { byDigest, opened };
}

type Cells = readonly TableCell[];

/** What was anchored under a digest, as far as it is at hand. */
async function cellsUnder({ byDigest, opened }: Kept, sha256: string): Promise<Cells | undefined> {
  const [cells, copy] = [opened.get(sha256), byDigest.get(sha256)];
  if (cells !== undefined || copy === undefined) return cells;
  return (await import('./cells')).cellsIn(copy);
}

/** At which cells a table is not what was anchored; undefined where what it was is not at hand, or it is no table. */
export async function whereChanged(
  { path, file, answer, hashed }: CheckedFile,
  kept: Kept,
): Promise<readonly CellDifference[] | undefined> {
  if (answer?.anchored === undefined || !isTable(path, file.size)) return undefined;
  const original = await cellsUnder(kept, answer.anchored.sha256);
  const found = original && (await cellsUnder({ ...kept, opened: new Map() }, hashed.sha256));
  return found === undefined ? undefined : (await import('./cells')).changesOf(found, original ?? []);
}

/** The same results, each changed table with its cells. */
export async function withCells(results: readonly Checked[]): Promise<Checked[]> {
  const kept = keptOf(results);
  const located: Checked[] = [];
  for (const one of results) {
    const where =
      one.kind === 'file' && one.verdict === 'inconsistent' && one.where === undefined
        ? await whereChanged(one, kept)
        : undefined;
    located.push(one.kind === 'file' && where !== undefined ? { ...one, where } : one);
  }
  return located;
}
