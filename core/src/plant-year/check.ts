import { LedgerError } from '../errors';
import { businessKey } from '../records';
import { screenPlantYear } from '../screening';
import { addressOf, chainOf, firstBreak, type ChainBreak, type ChainNode } from './breaks';
import { planLedgerOf, type PlantYearLedger } from './build';
import { compareValues, type ValueDifference } from './compare';
import { evaluablesOf } from './evaluables';
import { evaluateYear } from './evaluate';
import type { AnchoredState } from './evaluate-anchored';
import { Scenario, type CheckImpact } from './impact';
import { field, type PlantYear } from './model';
import { planPlantYear } from './plan-year';
import { methodologyRules } from './rules';

/** One value of the file that differs from the ledger, with what that breaks and costs. */
export interface PlantYearDifference {
  /** Business key. */
  readonly record: string;
  /** Name of the figure, or the file's name of the field (`issued`, `reportNo`); `record` for a whole record. */
  readonly figure: string;
  /** Null: not on the ledger. */
  readonly anchored: string | null;
  /** Null: not in the file. */
  readonly found: string | null;
  /** Ids of the rules of domain section 5 that this value breaks. */
  readonly rules: readonly string[];
  /** The first step at which the file does not follow from itself; `anchored` where it only departs from the ledger. */
  readonly firstBreak: ChainBreak;
  readonly impact: CheckImpact;
}

export interface PlantYearCheck {
  readonly status: 'same' | 'differs';
  readonly differences: readonly PlantYearDifference[];
}

/** The ledger's side: all current records of the plant-year, its lots, parties where known, and the rules of the year. */
export interface AnchoredPlantYear extends PlantYearLedger {
  readonly records: readonly AnchoredState[];
}

/** @throws LedgerError NOT_FOUND when nothing of the year is anchored, FORBIDDEN when figures are not open to who asks */
function assertComparable(file: PlantYear, records: readonly AnchoredState[]): void {
  const enterprise = field(file.enterprise, 'uscc') ?? '';
  const own = records.filter(({ record }) => record.subject.uscc === enterprise && record.type !== 'party');
  if (own.length === 0) throw new LedgerError('NOT_FOUND', `nothing of ${enterprise}/${file.year} is anchored`);
  const closed = own.filter(({ record, figures }) => record.figuresRoot !== null && figures === undefined);
  if (closed.length === 0) return;
  const keys = closed.map(({ record }) => businessKey(record));
  throw new LedgerError('FORBIDDEN', `the figures of ${keys.length} records are not open to you`, {
    details: { keys },
  });
}

function placeName({ place, figure }: ValueDifference): string {
  if (place === null || 'entries' in place) return figure;
  return 'figure' in place ? place.figure : place.field;
}

function breakOf(difference: ValueDifference, chain: readonly ChainNode[]): ChainBreak {
  const found = firstBreak(chain, addressOf(difference.record, placeName(difference)));
  return (
    found ?? {
      figure: addressOf(difference.record, difference.figure),
      step: 'anchored',
      expected: difference.anchored ?? '',
      got: difference.found ?? '',
    }
  );
}

/**
 * Compares a plant-year file with the ledger and names every difference: where, what it breaks first, which rules speak,
 * and what it would cost in tonnes and allowances.
 * @throws LedgerError NOT_FOUND, FORBIDDEN
 */
export function checkPlantYear(file: PlantYear, anchored: AnchoredPlantYear): PlantYearCheck {
  assertComparable(file, anchored.records);
  const ledger = planLedgerOf(anchored);
  const rules = methodologyRules(anchored);
  const plan = planPlantYear(file, ledger);
  const values = compareValues(file, ledger, plan, anchored.records);
  if (values.length === 0) return { status: 'same', differences: [] };

  const year = evaluateYear(evaluablesOf(plan), rules);
  const chain = chainOf(year);
  const findings = screenPlantYear({
    file,
    plan,
    year,
    chain,
    anchored: anchored.records,
    parameters: rules.parameters,
  });
  const enterprise = field(file.enterprise, 'uscc') ?? '';
  const scenario = new Scenario({ enterprise, year: file.year }, anchored.records, rules);
  const differences = values.map((value): PlantYearDifference => {
    const { record, figure, anchored: before, found } = value;
    const address = addressOf(record, placeName(value));
    const hits = findings.filter((finding) => finding.touches.includes(address)).map((finding) => finding.rule);
    const impact = impactOf(value, scenario);
    return {
      record,
      figure,
      anchored: before,
      found,
      rules: [...new Set(hits)],
      firstBreak: breakOf(value, chain),
      impact,
    };
  });
  return { status: 'differs', differences };
}

/** Booleans of a record's content are booleans again. */
function replacementValue(found: string | null, place: ValueDifference['place']): unknown {
  if (found === null) return undefined;
  const isFlag = place !== null && 'field' in place && (found === 'true' || found === 'false');
  return isFlag ? found === 'true' : found;
}

function impactOf({ record, found, place }: ValueDifference, scenario: Scenario): CheckImpact {
  if (place !== null && 'entries' in place) return scenario.impactOfParameters(place.entries);
  return scenario.impactOf({ key: record, ...place, value: replacementValue(found, place) });
}
