export {
  assertOpens,
  cellsOf,
  commitCells,
  mostCells,
  openCells,
  parseCellProof,
  parseOpening,
  proveCell,
  verifyCell,
  type CellProof,
  type CellsCommitment,
  type CellsOpening,
  type TableCell,
} from './cells';
export { compareTables, type CellChange } from './compare';
