import { commitCells, type CellsCommitment, type SaltSource } from '@carbon-ledger/core';
import { tableCells } from '@carbon-ledger/spreadsheets';

/** Files whose cells are committed and compared, by their ending; what they are is told by their bytes. */
const tableEndings = /\.(?:csv|xlsx)$/i;

/** As large a table is read whole. */
export const mostTableBytes = 64 * 1024 * 1024;

export function isTableName(name: string): boolean {
  return tableEndings.test(name);
}

export function isTable(name: string, size: number): boolean {
  return isTableName(name) && size > 0 && size <= mostTableBytes;
}

/**
 * The seed of a table's salts: from the secret of the party that anchors it and the table's digest, so that the party makes
 * the same opening again from its key and the file, and nobody else can.
 */
export function seedOf(salts: SaltSource, sha256: string): string {
  return salts(sha256, 1, 'cells');
}

/** What a record says of the cells of a table. Undefined where there are none, or too many. */
export function commitmentOf(salts: SaltSource, sha256: string, bytes: Uint8Array): CellsCommitment | undefined {
  const cells = tableCells(bytes);
  return cells === undefined ? undefined : commitCells(seedOf(salts, sha256), cells);
}
