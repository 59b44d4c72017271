export { LedgerClient, type Wait } from './client';
export type { LedgerClientOptions, SubmissionDraft } from './client-options';
export { readEvents, type ServerSentEvent } from './event-stream';
export { anchoredOf, inspectedRecords, type InspectedExtent, type RecordReader } from './inspected-records';
export type { ItemOf, ListName, ListPage, TableName } from './lists';
export { errorOfProblem } from './problem-error';
export * from './routes';
export { sessionDigest, sessionTypes, type SessionMessage } from './session-digest';
export { type CallInput, type Fetch } from './transport';
export {
  clientReader,
  isInScope,
  ruleSetsInForce,
  rulesInForce,
  learnLedger,
  screenLedger,
  type LedgerScreening,
  type ScreenedRecord,
  type ScreeningReader,
} from './screening';
