export { policyAfter, signHandover, verifyHandover, type LogKeyHandover } from './handover';
export {
  ledgerSignedFor,
  parsePolicy,
  policiesBefore,
  statedPolicy,
  policyId,
  POLICY_SCHEMA,
  POLICY_SCHEMA_2,
  type AnchorContract,
  type PinnedPolicy,
  type Policy,
  type RetiredLogKey,
} from './policy';
export {
  formatReceipt,
  makeReceipt,
  MAX_RECEIPT_BYTES,
  packReceipt,
  parseReceipt,
  receiptKey,
  receiptRecordId,
  RECEIPT_SCHEMA,
  type ParsedReceipt,
  type Receipt,
  type ReceiptParts,
  type ReceiptRecord,
} from './receipt';
export { NOT_PROVED, provedAnchored, provedSigned, type Statement } from './statements';
export type { AnchoredCheckpoint, Expectation, ReceiptQuestion, Step, StepName } from './question';
export {
  formatReceiptAsTlogProof,
  isTlogProof,
  verifyTlogProof,
  type TlogProofQuestion,
  type TlogProofSummary,
  type TlogProofVerdict,
} from './tlog-proof';
export { verifyReceipt, type ReceiptSummary, type ReceiptVerdict } from './verify';
