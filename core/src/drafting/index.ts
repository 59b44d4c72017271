export { type OpenRole } from './citations';
export { toldFields } from './computed';
export { draftRecord, type AskedFigure, type Draft, type DraftTools } from './draft';
export { assertFaithful, type AnsweredDraft } from './faithful';
export { type DraftRequest } from './request';
export { type DraftSource } from './source';
export { recordWords, type RecordWords } from './words';
