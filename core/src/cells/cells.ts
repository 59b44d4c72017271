import { z } from 'zod';
import { fromHex, toHex, utf8Encode } from '../bytes';
import { canonicalize } from '../canonical';
import { sha256 } from '../digest';
import { isLedgerError, LedgerError } from '../errors';
import { inclusionPath, leafOfText, rootOf, verifyInclusion } from '../merkle';
import { faultsOf } from '../validation';

/** A cell of a table: its sheet, its name (`B7`), and its text as it lies in the file, nothing rounded. */
export interface TableCell {
  readonly sheet: string;
  readonly cell: string;
  readonly text: string;
}

/** What a record's document says of the cells of its table: the values stay with the party. */
export interface CellsCommitment {
  /** Hex of the RFC 6962 root over the salted cells. */
  readonly root: string;
  /** Number of cells, in decimal digits. */
  readonly count: string;
}

/** As many cells as are committed; larger tables are compared as whole files only. */
export const mostCells = 1_000_000;

const hex32Schema = z.string().regex(/^[0-9a-f]{64}$/);
const saltSchema = z.string().regex(/^[0-9a-f]{32}$/);
const cellText = z.string().max(32_768);

const openingSchema = z.strictObject({
  schema: z.literal('carbon-ledger/cells-opening/v1'),
  document: z.strictObject({
    name: z.string().max(400),
    sha256: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  }),
  root: hex32Schema,
  /** From which the salt of each cell follows; who has it and one's cells can show all of them. */
  seed: saltSchema,
  /** Sheet, cell, text; in the order of their leaves: sheets as in the file, rows, columns. */
  cells: z.array(z.tuple([z.string().max(400), z.string().max(12), cellText])).max(mostCells),
});

/** What the party keeps, to be able to name a cell later. */
export type CellsOpening = z.infer<typeof openingSchema>;

const proofSchema = z.strictObject({
  schema: z.literal('carbon-ledger/cell-proof/v1'),
  /** Digest of the document in whose record the root stands. */
  document: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  sheet: z.string().max(400),
  cell: z.string().max(12),
  text: cellText,
  salt: saltSchema,
  index: z.int().min(0),
  count: z.int().min(1).max(mostCells),
  path: z.array(hex32Schema).max(20),
});

/** One cell, opened: anybody who has the record can check it, and learns nothing of any other cell. */
export type CellProof = z.infer<typeof proofSchema>;

/** 16 bytes in hex: who does not know the seed cannot find a value by trying those that are likely. */
function saltOf(seed: string, { sheet, cell }: Pick<TableCell, 'sheet' | 'cell'>): string {
  return toHex(sha256(utf8Encode(`carbon-ledger/cell-salt/v1\n${seed}\n${sheet}\n${cell}`)).subarray(0, 16));
}

function leafOf({ sheet, cell, text }: TableCell, salt: string): Uint8Array {
  return leafOfText(canonicalize({ cell, salt, sheet, text })).hash;
}

function leavesOf(seed: string, cells: readonly TableCell[]): Uint8Array[] {
  return cells.map((cell) => leafOf(cell, saltOf(seed, cell)));
}

/** What is put into the record. Undefined for a table without cells, or with more than are committed. */
export function commitCells(seed: string, cells: readonly TableCell[]): CellsCommitment | undefined {
  if (cells.length === 0 || cells.length > mostCells) return undefined;
  return { root: toHex(rootOf(leavesOf(seed, cells))), count: String(cells.length) };
}

export function openCells(document: CellsOpening['document'], seed: string, cells: readonly TableCell[]): CellsOpening {
  return {
    schema: 'carbon-ledger/cells-opening/v1',
    document,
    root: toHex(rootOf(leavesOf(seed, cells))),
    seed,
    cells: cells.map(({ sheet, cell, text }): [string, string, string] => [sheet, cell, text]),
  };
}

/** @throws LedgerError BAD_FILE with a fault for every bad field */
export function parseOpening(value: unknown): CellsOpening {
  const read = openingSchema.safeParse(value);
  if (read.success) return read.data;
  throw new LedgerError('BAD_FILE', 'it is no opening of cells', { faults: faultsOf('BAD_FILE', read.error) });
}

export function cellsOf({ cells }: CellsOpening): TableCell[] {
  return cells.map(([sheet, cell, text]) => ({ sheet, cell, text }));
}

/**
 * Holds an opening to what was anchored: every cell of it, no more and no fewer.
 * @throws LedgerError FIGURES_ROOT_MISMATCH
 */
export function assertOpens(opening: CellsOpening, committed: CellsCommitment): void {
  const cells = cellsOf(opening);
  const found = commitCells(opening.seed, cells);
  if (found?.root === committed.root && found.count === committed.count) return;
  throw new LedgerError('FIGURES_ROOT_MISMATCH', `the opening of ${opening.document.name} is not what was anchored`);
}

/** @throws LedgerError NOT_FOUND for a cell that the table does not have */
export function proveCell(opening: CellsOpening, sheet: string, cell: string): CellProof {
  const cells = cellsOf(opening);
  const index = cells.findIndex((one) => one.sheet === sheet && one.cell === cell);
  const found = cells[index];
  if (found === undefined) throw new LedgerError('NOT_FOUND', `${opening.document.name} has no cell ${sheet}!${cell}`);
  const leaves = leavesOf(opening.seed, cells);
  return {
    schema: 'carbon-ledger/cell-proof/v1',
    document: opening.document.sha256,
    ...found,
    salt: saltOf(opening.seed, found),
    index,
    count: cells.length,
    path: inclusionPath(leaves, index).map((hash) => toHex(hash)),
  };
}

/** @throws LedgerError BAD_FILE for what is no proof of a cell */
export function parseCellProof(value: unknown): CellProof {
  const read = proofSchema.safeParse(value);
  if (read.success) return read.data;
  throw new LedgerError('BAD_FILE', 'it is no proof of a cell', { faults: faultsOf('BAD_FILE', read.error) });
}

/** Whether the cell stood in the table that was anchored with this commitment. */
export function verifyCell(proof: CellProof, committed: CellsCommitment): boolean {
  if (String(proof.count) !== committed.count) return false;
  try {
    const path = proof.path.map((hash) => fromHex(hash));
    const place = { index: BigInt(proof.index), size: BigInt(proof.count), path };
    verifyInclusion({ leafHash: leafOf(proof, proof.salt), ...place }, fromHex(committed.root));
    return true;
  } catch (error) {
    if (isLedgerError(error)) return false;
    throw error;
  }
}
