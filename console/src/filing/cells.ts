import { assertOpens, commitCells, openCells, type CellsCommitment, type DocumentRef } from '@carbon-ledger/core';
import { tableCells } from '@carbon-ledger/spreadsheets';

async function cellsIn(file: Blob): Promise<ReturnType<typeof tableCells>> {
  return tableCells(new Uint8Array(await file.arrayBuffer()));
}

/** What a record says of the cells of a table, as the command line says it too; undefined for what is none. */
export async function committedCells(file: Blob, seed: string): Promise<CellsCommitment | undefined> {
  const cells = await cellsIn(file);
  return cells === undefined ? undefined : commitCells(seed, cells);
}

/**
 * The opening of a table that was anchored, as text of a file. Whoever has it sees every cell.
 * @throws LedgerError FIGURES_ROOT_MISMATCH where it was anchored with another key, or is another table
 */
export async function openingOf(file: Blob, { name, sha256, cells }: DocumentRef, seed: string): Promise<string> {
  const opening = openCells({ name, sha256 }, seed, (await cellsIn(file)) ?? []);
  assertOpens(opening, cells ?? { root: '', count: '0' });
  return `${JSON.stringify(opening)}\n`;
}
