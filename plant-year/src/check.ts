import { businessKey, LedgerError, type BookRecord, type Fault, type Finding } from '@carbon-ledger/core';
import { addressOf } from './address';
import { chainOf, firstBreak, type ChainBreak, type ChainNode } from './breaks';
import { planLedgerOf, type PlantYearLedger } from './build';
import { compareValues, type ValueDifference } from './compare';
import { evaluablesOf } from './evaluables';
import { evaluateYear } from './evaluate';
import type { AnchoredState } from './evaluate-anchored';
import { assertIdentified } from './identified';
import { Scenario, type CheckImpact } from './impact';
import { field, type PlantYear } from './model';
import { planPlantYear } from './plan-year';
import { methodologyRules } from './rules';
import { anchoredRecord, screenPlantYear } from './screen';
import { UnreadFigures } from './unread';

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
  /**
   * Why the value could not be read (`not a day (YYYY-MM-DD)`), or null where it was. What was not read is compared with
   * nothing: no rule speaks on it, and nobody can say what it breaks or costs.
   */
  readonly unread: string | null;
  /** Ids of the rules of domain section 5 that this value breaks. */
  readonly rules: readonly string[];
  /**
   * The first step at which the file does not follow from itself; `anchored` where it only departs from the ledger. Null for
   * what is in no chain, as a name, and for what was not read.
   */
  readonly firstBreak: ChainBreak | null;
  /** Null for what was not read. */
  readonly impact: CheckImpact | null;
}

export interface PlantYearCheck {
  readonly status: 'same' | 'differs';
  readonly differences: readonly PlantYearDifference[];
  /** Values of the file that cannot be read, months, days and blocks that stand there twice: each at its place. */
  readonly faults: readonly Fault[];
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

/** A name, a number of a report, a day on which nothing rests: it may differ, and no chain breaks. */
function isOutsideChain({ figure, place }: ValueDifference, address: string, chain: readonly ChainNode[]): boolean {
  const isField = place === null ? figure !== 'record' && figure !== 'issuer' : 'field' in place;
  return isField && !chain.some((node) => node.address === address || node.inputs.includes(address));
}

function breakOf(difference: ValueDifference, chain: readonly ChainNode[]): ChainBreak | null {
  const address = addressOf(difference.record, placeName(difference));
  if (isOutsideChain(difference, address, chain)) return null;
  return (
    firstBreak(chain, address) ?? {
      figure: addressOf(difference.record, difference.figure),
      step: 'anchored',
      expected: difference.anchored ?? '',
      got: difference.found ?? '',
    }
  );
}

/** What all differences of one file are judged by. */
interface Judging {
  readonly file: PlantYear;
  readonly chain: readonly ChainNode[];
  readonly findings: readonly Finding[];
  readonly scenario: Scenario;
  readonly unread: UnreadFigures;
}

const unplaced = 'the file has something here that cannot be placed, and lacks this';

/** Found text and reason, where the value stands in the file and was not read. */
function unreadOf(
  value: ValueDifference,
  { file, unread }: Judging,
): { found: string | null; why: string } | undefined {
  const stated = value.pointer === undefined ? undefined : file.unread.get(value.pointer);
  if (stated !== undefined) return { found: stated.got, why: stated.why };
  const isMissing = value.found === null && unread.isPerhapsUnplaced(value.record, value.figure);
  return isMissing ? { found: null, why: unplaced } : undefined;
}

function judge(value: ValueDifference, judging: Judging): PlantYearDifference {
  const { record, figure, anchored, found } = value;
  const unread = unreadOf(value, judging);
  if (unread !== undefined) {
    return {
      record,
      figure,
      anchored,
      found: unread.found,
      unread: unread.why,
      rules: [],
      firstBreak: null,
      impact: null,
    };
  }
  const address = addressOf(record, placeName(value));
  const hits = judging.findings.filter(({ touches }) => touches.includes(address)).map(({ rule }) => rule);
  return {
    record,
    figure,
    anchored,
    found,
    unread: null,
    rules: [...new Set(hits)],
    firstBreak: breakOf(value, judging.chain),
    impact: impactOf(value, judging.scenario),
  };
}

function rulesOf({ methodology, parameters }: AnchoredPlantYear): BookRecord[] {
  return [methodology, parameters].map(({ record }) => anchoredRecord({ record }));
}

/**
 * Compares a plant-year file with the ledger and names every difference: where, what it breaks first, which rules speak,
 * and what it would cost in tonnes and allowances.
 * @throws LedgerError NOT_FOUND, FORBIDDEN, BAD_FILE where the file does not say whose it is
 */
export function checkPlantYear(file: PlantYear, anchored: AnchoredPlantYear): PlantYearCheck {
  assertIdentified(file);
  assertComparable(file, anchored.records);
  const ledger = planLedgerOf(anchored);
  const rules = methodologyRules(anchored);
  const plan = planPlantYear(file, ledger);
  const values = compareValues(file, ledger, plan, anchored.records);
  const faults = file.unreadable;
  if (values.length === 0) return { status: faults.length === 0 ? 'same' : 'differs', differences: [], faults };

  const year = evaluateYear(evaluablesOf(plan), rules);
  const unread = new UnreadFigures(plan, file, year);
  const chain = chainOf(year, unread);
  const findings = screenPlantYear({
    file,
    plan,
    year,
    chain,
    anchored: anchored.records,
    unread,
    rules: rulesOf(anchored),
  });
  const enterprise = field(file.enterprise, 'uscc') ?? '';
  const scenario = new Scenario({ enterprise, year: file.year }, anchored.records, rules);
  const judging = { file, chain, findings, scenario, unread };
  return { status: 'differs', differences: values.map((value) => judge(value, judging)), faults };
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
