/**
 * Offline verification: everything that is needed to check receipts, checkpoints and proofs, and nothing that could
 * reach a network. A test holds the import graph of this file to that.
 */
export {
  digestBytes,
  createFileDigest,
  parseCheckpoint,
  parseNote,
  recordId,
  verifyCheckpoint,
  verifyConsistency,
  verifyInclusion,
  verifyReceipt,
} from '@carbon-ledger/core';
