export { applyRecord } from './apply';
export { assertKeyValid, assertTime, mayCarry, type TransactionFacts } from './authority';
export { headEntry } from './citations';
export { CitedRecords, type TransactionContext } from './context';
export { judgeFounding, type FoundingState } from './founding';
export {
  judgeTransaction,
  type AcceptedSubmission,
  type Judgement,
  type RefusedSubmission,
  type TransactionRequest,
} from './judge';
export { OverlayView } from './overlay';
export type { Effects, Head, HeadBucket, LedgerView, PartyState, SerialSpan } from './state';
