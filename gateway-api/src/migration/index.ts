export { type ExportCheck } from './export-check';
export { EXPORT_SCHEMA, type ExportedTransaction, type ExportHeader } from './export-format';
export { importLedger, type ImportSummary } from './import-ledger';
export { assertReaches } from './known-checkpoint';
export { checkExport } from './read-export';
export { writeExport, type ExportSummary } from './write-export';
