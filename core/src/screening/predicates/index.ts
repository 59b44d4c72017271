import { carbonBasis, order, promptAnchoring } from './dates';
import type { Predicate } from './predicate';
import { recomputed } from './recomputed';
import { crowded, repeated, reportNumber, reuse } from './repeats';

/** Every predicate that a rule may name. */
export const predicates: Readonly<Record<string, Predicate | undefined>> = {
  recomputed,
  order,
  'prompt-anchoring': promptAnchoring,
  'carbon-basis': carbonBasis,
  repeated,
  'report-number': reportNumber,
  reuse,
  crowded,
};

export type { Holders, Identity, PredicateInput } from './predicate';
