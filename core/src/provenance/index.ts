export { believedAt, type VersionedSource } from './as-of';
export { impactOfValues, impactOfWithdrawal, type Impact, type ImpactedFigure } from './impact';
export { markNames, marksOf, type Freeze, type LogPlace, type Mark, type MarkFacts, type MarkName } from './marks';
export type { AnchoredRecord, CitedBySource, RecordSource } from './source';
export { RelationReader, type RelatedFigure, type RelatedInput } from './relations';
export { traceFigure, type Trace, type TraceBreak, type TraceEdge, type TraceNode } from './trace';
