import { Decimal, isDecimalText } from '@carbon-ledger/core';
import { evaluableOfAnchored, inDependencyOrder, type AnchoredState } from './evaluate-anchored';
import { evaluateYear, type EvaluatedYear, type PlantYearRules } from './evaluate';

/** A figure that other rules would give another value; null where it cannot be computed, or is not asked for. */
export interface FigureChange {
  readonly record: string;
  readonly figure: string;
  readonly before: string | null;
  readonly after: string | null;
  /** After − before, where both are numbers. */
  readonly delta: string | null;
}

function deltaOf(before: string | null, after: string | null): string | null {
  if (before === null || after === null || !isDecimalText(before) || !isDecimalText(after)) return null;
  return new Decimal(after).minus(before).toFixed();
}

function figuresOf(year: EvaluatedYear, key: string): ReadonlyMap<string, { readonly value: string }> {
  return year.get(key)?.scope.figures ?? new Map<string, { readonly value: string }>();
}

function changesOf(key: string, before: EvaluatedYear, after: EvaluatedYear): FigureChange[] {
  const [was, is] = [figuresOf(before, key), figuresOf(after, key)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((figure) => {
    const [a, b] = [was.get(figure)?.value ?? null, is.get(figure)?.value ?? null];
    return a === b ? [] : [{ record: key, figure, before: a, after: b, delta: deltaOf(a, b) }];
  });
}

/**
 * Preview of a rule change: the anchored records of a year computed under two sets of rules from what was stated, and every
 * figure that differs. Figures that were not open to who asks are not in it.
 */
export function previewRuleChange(
  records: readonly AnchoredState[],
  before: PlantYearRules,
  after: PlantYearRules,
): FigureChange[] {
  const evaluables = inDependencyOrder(records).map(evaluableOfAnchored);
  const [was, is] = [evaluateYear(evaluables, before), evaluateYear(evaluables, after)];
  return evaluables.flatMap(({ key }) => changesOf(key, was, is));
}
