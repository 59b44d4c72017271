import { allowancesLife, posted, surrenderLife } from './allowances';
import { ccerCancellationLife, ccerFreezeLife, ccerLotLife, offsetApplicationLife } from './offset';
import { continued, corrigible, dated, registration } from './plain';
import type { ProcessSpec } from './lifecycle';
import { planLife, provinceReview, threeLevelReview, unitChangeLife } from './review';
import { findingLife, inspectionLife, step } from './inspection';
import { annualReportLife, contestable, nonconformityLife, objectionLife } from './verification';

export const processNames = [
  'corrigible',
  'continued',
  'dated',
  'registration',
  'posted',
  'three-level-review',
  'province-review',
  'unit-change',
  'annual-report',
  'nonconformity',
  'contestable',
  'allowances',
  'surrender',
  'objection',
  'inspection',
  'finding',
  'step',
  'quality-control-plan',
  'ccer-lot',
  'ccer-freeze',
  'ccer-cancellation',
  'offset-application',
] as const;
export type ProcessName = (typeof processNames)[number];

/** All lifecycles. Judge, documents, what may be done next, and the matrix of forbidden combinations are read from here. */
export const processes: Readonly<Record<ProcessName, ProcessSpec>> = {
  corrigible,
  continued,
  dated,
  registration,
  posted,
  'three-level-review': threeLevelReview,
  'province-review': provinceReview,
  'unit-change': unitChangeLife,
  'annual-report': annualReportLife,
  nonconformity: nonconformityLife,
  contestable,
  allowances: allowancesLife,
  surrender: surrenderLife,
  objection: objectionLife,
  inspection: inspectionLife,
  finding: findingLife,
  step,
  'quality-control-plan': planLife,
  'ccer-lot': ccerLotLife,
  'ccer-freeze': ccerFreezeLife,
  'ccer-cancellation': ccerCancellationLife,
  'offset-application': offsetApplicationLife,
};

/** Codes of all states of all lifecycles, each once: what may be asked of a list (docs/lifecycles.md). */
export const stateCodes: readonly string[] = [
  ...new Set(Object.values(processes).flatMap(({ states }) => Object.keys(states))),
].sort();

export {
  filedAs,
  isFiling,
  none,
  type Awaited,
  type Deadline,
  type ProcessSpec,
  type StateSpec,
  type Standing,
  type Transition,
} from './lifecycle';
