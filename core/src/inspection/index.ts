export {
  FIELD_FINDINGS_SCHEMA,
  FIELD_PACK_SCHEMA,
  readFieldFindings,
  unprovedRecords,
  type FieldFinding,
  type FieldFindings,
  type FieldPack,
} from './field';
export { parseFolderCheck, type CheckedFile, type Compared, type FolderCheck } from './folder-check';
export {
  digestOfInspectionReport,
  INSPECTION_REPORT_SCHEMA,
  namedRecords,
  notClaimed,
  parseInspectionReport,
  signInspectionReport,
  type DrawnSample,
  type InspectionReport,
  type ReportedFinding,
  type SignedInspectionReport,
} from './report';
export { composeInspectionReport, type ReportMaterial } from './compose-report';
export { assertSeed, drawSample, redrawn, type DrawFrame } from './draw';
export { verifyInspectionReport, type InspectionReportVerdict } from './verify-report';
export { consequencesOf, type ChangedCell, type Consequences } from './consequences';
export { InspectedRecords, type AnchoredDocument } from './ledger';
export {
  fileVerdicts,
  matchFiles,
  type FileVerdict,
  type FoundFile,
  type MatchedFile,
  type MatchedFolder,
} from './match';
export { findTwins, type Twins } from './twins';
export { riskTickets, type RiskFacts, type RiskTickets } from './risk';
export { assertStated, signStatement, type StatementHead, type StatementSignature } from './statement';
