export { judgeBatch, type ImportBatch, type JudgedBatch } from './judge-batch';
export { hexPath, openMigration, type FounderProof, type Founding, type Migration } from './opening';
export { positionOf, type BatchProof, type ImportProgress } from './progress';
export {
  earlierCheckpoint,
  migrationDigest,
  migrationTypes,
  parseMigrationStatement,
  readEarlierCheckpoint,
  signMigration,
  type EarlierLedger,
  type MigrationStatement,
  type OrganisationMap,
} from './statement';
export { assertFounderStands, assertNotImporting, followBatch, parseBatchProof, takeBatch } from './take-batch';
export {
  batchValue,
  earlierTransactionLeaf,
  parseEarlierMarks,
  parseEarlierTransaction,
  recordLeaves,
  type EarlierMark,
  type EarlierPlace,
  type EarlierTransaction,
} from './transaction';
