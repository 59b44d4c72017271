export { buildRecord, figureSpecsOf, scopeOf, type BuiltRecord, type RecordDraft, type SaltSource } from './build';
export { derivedSalts } from './salt';
export { correctedKey, correctionKind } from './correction';
export {
  figureLeafHash,
  figureSchema,
  figuresRoot,
  orderFigures,
  parseFigures,
  verifyFigures,
  type Figure,
} from './figure';
export { isCompliantTest } from './monthly-evidence';
export { partyContentSchema, type PartyContent, type PartyKey } from './party';
export {
  businessKey,
  formatRecordId,
  parseRecord,
  recordBytes,
  recordId,
  recordIdSchema,
  recordLeafHash,
  recordSchema,
  recordTypeNames,
  usccSchema,
  type Citation,
  type DocumentRef,
  type LedgerRecord,
  type RecordType,
  type Total,
} from './record';
export { parseContent, recordTypes } from './registry';
export {
  partyKinds,
  type CitationRule,
  type PartyFacts,
  type PartyKind,
  type Qualification,
  type RecordTypeSpec,
  type SerialEffect,
} from './spec';
