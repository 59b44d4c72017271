/**
 * Offline verification: everything that is needed to check receipts, checkpoints and proofs, and nothing that could
 * reach a network. A test holds the import graph of this file to that.
 */
export {
  createFileDigest,
  digestBytes,
  formatReceipt,
  formatReceiptAsTlogProof,
  isCertificate,
  packFigureProof,
  packReceipt,
  parseCheckpoint,
  parseFigureProof,
  parseNote,
  parsePolicy,
  parseReceipt,
  receiptsInCertificate,
  recordId,
  verifyCheckpoint,
  verifyConsistency,
  verifyEvmEvidence,
  verifyFigureProof,
  verifyInclusion,
  verifyReceipt,
  verifyTimestamp,
  verifyTlogProof,
} from '@carbon-ledger/core';
