export { parsePolicy, policyId, POLICY_SCHEMA, type AnchorContract, type PinnedPolicy, type Policy } from './policy';
export {
  formatReceipt,
  makeReceipt,
  MAX_RECEIPT_BYTES,
  parseReceipt,
  RECEIPT_SCHEMA,
  type ParsedReceipt,
  type Receipt,
  type ReceiptParts,
  type ReceiptRecord,
} from './receipt';
export type { Statement } from './statements';
export {
  verifyReceipt,
  type AnchoredCheckpoint,
  type Expectation,
  type ReceiptQuestion,
  type ReceiptSummary,
  type ReceiptVerdict,
  type Step,
  type StepName,
} from './verify';
