export {
  figureLeafHash,
  figureSchema,
  figuresRoot,
  orderFigures,
  parseFigures,
  verifyFigures,
  type Figure,
} from './figure';
export { recordIdSchema, usccSchema } from './fields';
export {
  businessKey,
  formatRecordId,
  parseRecord,
  recordBytes,
  recordId,
  recordLeafHash,
  recordSchema,
  recordTypeNames,
  type Citation,
  type DocumentRef,
  type LedgerRecord,
  type RecordType,
  type Total,
} from './record';
export { reportFiles } from './report-files';
