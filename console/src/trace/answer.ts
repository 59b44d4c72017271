import type { AnswerOf } from '@carbon-ledger/client-sdk';

/** A figure with all that it rests on, as the service answers it. */
export type Trace = AnswerOf<'trace'>;
export type TraceNode = Trace['nodes'][number];
export type Impact = AnswerOf<'impact'>;
