import { citedBy } from './answered';
import { carbonBasis, order, promptAnchoring } from './dates';
import { bunched, qualificationEnding, qualified, rising } from './laboratory';
import { metered } from './meters';
import type { Predicate } from './predicate';
import { recomputed } from './recomputed';
import { absent, different, documents, keptYears, present, same } from './relations';
import { crowded, repeated, reportNumber, reuse } from './repeats';
import { sharedBelt } from './shared-belt';
import { concentration, returns, serials } from './trade';

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
  same,
  different,
  present,
  absent,
  'cited-by': citedBy,
  metered,
  documents,
  'kept-years': keptYears,
  qualified,
  'qualification-ending': qualificationEnding,
  rising,
  bunched,
  returns,
  concentration,
  serials,
  'shared-belt': sharedBelt,
};

export type { Holders, Identity, PredicateInput } from './predicate';
