import type { Decimal } from '@carbon-ledger/core';
import type { ScreeningYear } from './year';

/** B blocks, W needs an explanation, I is information (domain section 5). */
export type Severity = 'B' | 'W' | 'I';

/** One place where a rule is broken. */
export interface RuleHit {
  /** Addresses `KEY#name` of the values that the rule looked at: the broken one first. */
  readonly touches: readonly string[];
  readonly got: string;
  /** What the rule allows or expects. */
  readonly limit: string;
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
}

/** A screening rule is one row: what it is, where it comes from, and how it is evaluated on a year. */
export interface ScreeningRule {
  readonly id: string;
  readonly class: 'extreme' | 'standard' | 'threshold' | 'logic' | 'document';
  readonly severity: Severity;
  /** Clause or notice. */
  readonly source: string;
  readonly text: { readonly zh: string; readonly en: string };
  readonly evaluate: (year: ScreeningYear) => RuleHit[];
}

/** A hit with the rule that speaks. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly touches: readonly string[];
  readonly got: string;
  readonly limit: string;
}

/** Figures of a hit are shown with the decimals that a person reads. */
export function shown(value: Decimal, places = 4): string {
  return value.toDecimalPlaces(places).toFixed();
}
