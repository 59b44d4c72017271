import { businessKey, Decimal, isDecimalText, parameterTableSchema } from '@carbon-ledger/core';
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

export interface RulePreview {
  readonly changes: readonly FigureChange[];
  /** Records that rest on the methodology of the first rules. */
  readonly records: number;
  /** Business keys of those of them whose figures are not open to who asks: what would change there is not known. */
  readonly hidden: readonly string[];
}

const citesMethodology = ({ record }: AnchoredState): string[] =>
  record.cites.filter(({ role }) => role === 'methodology').map(({ key }) => key);

function isHidden({ record, figures = [] }: AnchoredState): boolean {
  return record.figuresRoot !== null && figures.length === 0;
}

/** Records of the methodology, and what rests on none (a report of a laboratory): another sector's are computed by its own. */
function governed(records: readonly AnchoredState[], id: string): { own: AnchoredState[]; inputs: AnchoredState[] } {
  const named = records.filter(({ record }) => record.type === 'methodology' && record.content['id'] === id);
  const keys = new Set(named.map(({ record }) => businessKey(record)));
  return {
    own: records.filter((state) => citesMethodology(state).some((key) => keys.has(key))),
    inputs: records.filter((state) => citesMethodology(state).length === 0),
  };
}

/** A balance value stands in no folder: it is solved, and then anchored. Without it nothing could be determined under either rules. */
function withSolved(rules: PlantYearRules, records: readonly AnchoredState[]): PlantYearRules {
  const { methodology, parameters } = rules;
  const anchored = records.find(
    ({ record }) => record.type === 'parameter' && record.content['table'] === methodology.id,
  );
  if (anchored === undefined) return rules;
  const { values } = parameterTableSchema.parse(anchored.record.content);
  const solved = Object.entries(values).filter(([name]) => Object.hasOwn(methodology.parameterUnits ?? {}, name));
  return {
    methodology,
    parameters: { ...parameters, values: { ...Object.fromEntries(solved), ...parameters.values } },
  };
}

/**
 * Preview of a rule change: the anchored records of a year that rest on the methodology of the first rules, computed under both
 * sets of rules from what was stated, and every figure that differs. What the rules leave to be solved (a balance value) is taken as it
 * is anchored.
 */
export function previewRuleChange(
  records: readonly AnchoredState[],
  before: PlantYearRules,
  after: PlantYearRules,
): RulePreview {
  const { own, inputs } = governed(records, before.methodology.id);
  const evaluables = inDependencyOrder([...own, ...inputs]).map(evaluableOfAnchored);
  const under = (rules: PlantYearRules): EvaluatedYear => evaluateYear(evaluables, withSolved(rules, records));
  const [was, is] = [under(before), under(after)];
  return {
    changes: evaluables.flatMap(({ key }) => changesOf(key, was, is)),
    records: own.length,
    hidden: own.filter(isHidden).map(({ record }) => businessKey(record)),
  };
}
