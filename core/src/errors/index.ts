export { withArticle } from './article';
export { catalogue, type CatalogueEntry, type ErrorCode } from './catalogue';
export {
  assertNoFaults,
  isErrorCode,
  isLedgerError,
  LedgerError,
  type Fault,
  type LedgerErrorOptions,
} from './ledger-error';
export { formatWireError, parseWireError, toWireError } from './wire';
export { receivedError, sentError } from './sent';
export { fileError, storeError, systemError, systemReason } from './system-error';
