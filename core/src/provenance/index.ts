export { accountNames, type AccountChange, type AccountName } from './accounts';
export { believedAt, type VersionedSource } from './as-of';
export { doubtNames, doubtsOf, type Doubt, type DoubtName } from './doubts';
export { impactOfValues, impactOfWithdrawal, type Impact } from './impact';
export { restsOn } from './resting';
export {
  isMarked,
  markNames,
  marksOf,
  type EndedInput,
  type Freeze,
  type LogPlace,
  type Mark,
  type MarkFacts,
  type MarkName,
} from './marks';
export { reasonsOf } from './reasons';
export { RelationReader, type RelatedFigure, type RelatedInput } from './relations';
export { rowsOfFile, type RowsOfFile } from './rows-of-file';
export type { ImpactedFigure } from './scenario';
export type { AnchoredRecord, CitedBySource, RecordSource } from './source';
export { tonnesNames } from './tonnes';
export { traceFigure } from './trace';
export type { Trace, TraceBreak, TraceDoubt, TraceEdge, TraceNode } from './traced';
