export {
  FIELD_FINDINGS_SCHEMA,
  FIELD_PACK_SCHEMA,
  readFieldFindings,
  unprovedRecords,
  type FieldFinding,
  type FieldFindings,
  type FieldPack,
} from './field';
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
export { signStatement, verifyStatement, type StatementHead, type StatementSignature } from './statement';
