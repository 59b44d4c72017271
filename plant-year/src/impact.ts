import {
  decimalPlaces,
  formatDecimal,
  isCompliantTest,
  isDay,
  parseDecimal,
  type YearValues,
} from '@carbon-ledger/core';
import type { Evaluable, EvaluatedYear, PlantYearRules } from './evaluate';
import { evaluateYear, touchedBy } from './evaluate';
import { evaluableOfAnchored, inDependencyOrder, type AnchoredState } from './evaluate-anchored';

/** One value put in the place of the anchored one: a figure, or a field of the record's content; with neither, all of it. */
export interface Replacement {
  readonly key: string;
  readonly figure?: string;
  readonly field?: string;
  /** Undefined: taken away, the whole record where neither figure nor field is named. */
  readonly value: unknown;
}

/**
 * What a changed value costs downstream, in tonnes of CO2 or allowances: found − anchored, as decimal text with sign.
 * Null where a figure could no longer be computed at all.
 */
export interface CheckImpact {
  /** Of the unit and month of the record, where it is monthly. */
  readonly monthEmission_tCO2: string | null;
  readonly unitEmission_tCO2: string | null;
  /** Emission of the plant. */
  readonly emission_tCO2: string | null;
  readonly allowance_tCO2: string | null;
  readonly gap_tCO2: string | null;
  readonly allowancesToBuy_tCO2: string | null;
}

function isRemoval({ figure, field, value }: Replacement): boolean {
  return figure === undefined && field === undefined && value === undefined;
}

function replaced(evaluable: Evaluable, replacement: Replacement): Evaluable {
  if (evaluable.key !== replacement.key) return evaluable;
  const { figure, field, value } = replacement;
  if (field !== undefined) {
    const content = { ...evaluable.record.content, [field]: value };
    return { ...evaluable, record: { ...evaluable.record, content } };
  }
  if (figure === undefined) return evaluable;
  const { [figure]: anchored, ...others } = evaluable.figures;
  const figures = typeof value === 'string' ? { ...others, [figure]: value } : others;
  return { ...evaluable, figures: anchored === undefined && typeof value !== 'string' ? evaluable.figures : figures };
}

function hasResults(report: Evaluable): boolean {
  return ['Cad_pct', 'Mad_pct'].every((name) => report.figures[name] !== undefined);
}

/** R-D04 on a report whose days may be missing or no days. */
function isInTime(report: Evaluable, month: string, values: YearValues): boolean {
  const { issued, received } = report.record.content;
  if (typeof issued !== 'string' || typeof received !== 'string' || !isDay(issued) || !isDay(received)) return false;
  return isCompliantTest({ issued, received }, month, values);
}

function isUnitMonth({ record }: Evaluable): boolean {
  return record.type === 'monthly-evidence' && record.subject.unit !== 'PLANT';
}

/** The carbon basis that follows from the report (R-L16). A report without its results is none. */
function withBasis(evaluable: Evaluable, all: ReadonlyMap<string, Evaluable>, values: YearValues): Evaluable {
  const { record } = evaluable;
  const { 'test-report': cited, ...others } = evaluable.cites;
  const report = all.get(cited?.[0] ?? '');
  const isComplete = report !== undefined && hasResults(report);
  const usable = isComplete && isInTime(report, record.subject.period, values);
  const content = { ...record.content, carbonBasis: usable ? 'measured' : 'default' };
  return { ...evaluable, record: { ...record, content }, cites: isComplete ? evaluable.cites : others };
}

/** Every month on the basis that follows from its report, except one whose basis is itself what was replaced. */
function withBases(records: readonly Evaluable[], replacement: Replacement, values: YearValues): Evaluable[] {
  const byKey = new Map(records.map((evaluable) => [evaluable.key, evaluable]));
  return records.map((evaluable) => {
    const isReplaced = evaluable.key === replacement.key && replacement.field === 'carbonBasis';
    return isUnitMonth(evaluable) && !isReplaced ? withBasis(evaluable, byKey, values) : evaluable;
  });
}

/** Whose year it is: the plant that bears what a change costs. */
export interface PlantYearSubject {
  readonly enterprise: string;
  readonly year: string;
}

/** The anchored year, ready to be computed anew with single values replaced. */
export class Scenario {
  readonly #subject: PlantYearSubject;
  readonly #records: readonly Evaluable[];
  readonly #rules: PlantYearRules;
  readonly #anchored: EvaluatedYear;

  constructor(subject: PlantYearSubject, anchored: readonly AnchoredState[], rules: PlantYearRules) {
    this.#subject = subject;
    this.#records = inDependencyOrder(anchored).map(evaluableOfAnchored);
    this.#rules = rules;
    this.#anchored = evaluateYear(this.#records, rules);
  }

  impactOf(replacement: Replacement): CheckImpact {
    const kept = isRemoval(replacement) ? this.#records.filter(({ key }) => key !== replacement.key) : this.#records;
    const changed = kept.map((evaluable) => replaced(evaluable, replacement));
    const found = evaluateYear(withBases(changed, replacement, this.#rules.parameters.values), this.#rules, {
      year: this.#anchored,
      touched: touchedBy(this.#records, replacement.key),
    });
    const [, unit = '', period = ''] = replacement.key.split('/');
    return this.#differences(found, unit, period);
  }

  /** What it would cost if the rules had these parameters. */
  impactOfParameters(entries: Readonly<Record<string, string>>): CheckImpact {
    const { methodology, parameters } = this.#rules;
    const changed = Object.entries(entries).flatMap(([name, value]) => {
      const known = parameters.values[name];
      return known ? [[name, { ...known, value }] as const] : [];
    });
    const values = { ...parameters.values, ...Object.fromEntries(changed) };
    const found = evaluateYear(this.#records, { methodology, parameters: { ...parameters, values } });
    return this.#differences(found, 'PLANT', this.#subject.year);
  }

  #differences(found: EvaluatedYear, unit: string, period: string): CheckImpact {
    const { year } = this.#subject;
    const of = (place: string, figure: string): string | null => this.#delta(found, place, figure);
    const isMonthly = period.length === 7;
    return {
      monthEmission_tCO2: isMonthly ? of(`${unit}/${period}/monthly-evidence`, 'emission_tCO2') : null,
      unitEmission_tCO2: of(`${unit}/${year}/annual-report`, 'emission_tCO2'),
      emission_tCO2: of(`PLANT/${year}/annual-report`, 'emission_tCO2'),
      allowance_tCO2: of(`PLANT/${year}/allowance-issuance`, 'allowance_tCO2'),
      gap_tCO2: of(`PLANT/${year}/allowance-issuance`, 'gap_tCO2'),
      allowancesToBuy_tCO2: of(`PLANT/${year}/surrender`, 'allowancesToBuy_tCO2'),
    };
  }

  #delta(found: EvaluatedYear, place: string, figure: string): string | null {
    const key = `${this.#subject.enterprise}/${place}`;
    const before = this.#anchored.get(key)?.scope.figures.get(figure)?.value;
    const after = found.get(key)?.scope.figures.get(figure)?.value;
    if (before === undefined || after === undefined) return null;
    const places = Math.max(decimalPlaces(before), decimalPlaces(after));
    return formatDecimal(parseDecimal(after).minus(before), places);
  }
}
