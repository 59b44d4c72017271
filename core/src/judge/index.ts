export { assertActive, assertKeyValid, assertTime, mayCarry, type TransactionFacts } from './authority';
export { citationCountFaults } from './citations';
export { CitedRecords, type TransactionContext } from './context';
export { applyRecord, type Anchoring } from './effects';
export { judgeFounding, type FoundingState } from './founding';
export { headEntry } from './heads';
export {
  judgeTransaction,
  rulebookOf,
  type AcceptedSubmission,
  type Judgement,
  type RefusedSubmission,
  type TransactionRequest,
} from './judge';
export { caseKey, stateOf } from './lifecycle';
