export { findingKinds, type FindingKind, type Severity as ReconciliationSeverity } from './kinds';
export { factsOfRecord, factTypes } from './facts';
export {
  cellNameOf,
  sources,
  type InputRow,
  type LedgerFact,
  type OtherSide,
  type RowFault,
  type Source,
} from './rows';
export { dayOfRun } from './run-day';
export { rulesOnLedger, type RulesRecord } from './ledger-rules';
export { parseReconciliationRules, shippedReconciliationRules, type ReconciliationRules } from './rules';
export type { Finding as ReconciliationFinding } from './finding';
export type { EnterpriseAnswer } from './enterprises';
export { Reconciler, severityOf, type Reconciliation, type ReconciliationOptions, type RowAnswer } from './reconcile';
export {
  canonicalPieces,
  reconciled,
  RECONCILIATION_SCHEMA,
  reconciliationChanges,
  reconciliationReport,
  type ReconciledFile,
  type ReconciledLedger,
  type ReconciliationChange,
  type ReconciliationReport,
} from './report';
export { parseReconciliationReport } from './read-report';
