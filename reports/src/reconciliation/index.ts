export { makeReconciliationReport } from './reconciliation-report';
