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
import type { PlanRecord } from './plan';
import { planPlantYear } from './plan-year';
import { methodologyRules } from './rules';
import { anchoredRecord, screenPlantYear } from './screen';
import { doubtedAmong, isHidden, wholeStatus, type DoubtedRecord, type EndedState, type Ending } from './standing';
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
  /** How the ledger's record ended, where the file has one that was anchored and does not stand; else null. */
  readonly ended: Ending | null;
  /** Ids of the rules of domain section 5 that this value breaks. */
  readonly rules: readonly string[];
  /**
   * The first step at which the file does not follow from itself; `anchored` where it only departs from the ledger. Null for
   * what is in no chain, as a name or a whole record on which nothing breaks, and for what was not read.
   */
  readonly firstBreak: ChainBreak | null;
  /** Null for what was not read, for a record that the ledger does not have, and where figures are closed to who asks. */
  readonly impact: CheckImpact | null;
}

export interface PlantYearCheck {
  /**
   * `questioned`: nothing differs, and a record of the file is in doubt. `undecidable`: nothing differs of what can be seen, and
   * not all figures are open to who asks.
   */
  readonly status: 'same' | 'differs' | 'questioned' | 'undecidable';
  readonly differences: readonly PlantYearDifference[];
  /** Values of the file that cannot be read, months, days and blocks that stand there twice: each at its place. */
  readonly faults: readonly Fault[];
  /** Business keys of records of the file whose figures are not open to who asks: they were compared with nothing. */
  readonly hidden: readonly string[];
  /** Records of the file that stand and are in doubt. */
  readonly doubted: readonly DoubtedRecord[];
}

/** The ledger's side: all current records of the plant-year, its lots, parties where known, and the rules of the year. */
export interface AnchoredPlantYear extends PlantYearLedger {
  readonly records: readonly AnchoredState[];
  /** What was anchored of the year and does not stand; none of these keys has a current record. */
  readonly ended?: readonly EndedState[];
}

/** @throws LedgerError NOT_FOUND when nothing of the year is anchored */
function assertComparable(file: PlantYear, records: readonly AnchoredState[]): void {
  const enterprise = field(file.enterprise, 'uscc') ?? '';
  const isAnchored = records.some(({ record }) => record.subject.uscc === enterprise && record.type !== 'party');
  if (!isAnchored) throw new LedgerError('NOT_FOUND', `nothing of ${enterprise}/${file.year} is anchored`);
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

/** A whole record is no step of a chain; what rests on it may break. */
function recordBreak(key: string, chain: readonly ChainNode[]): ChainBreak | null {
  return firstBreak(chain, (address) => address.startsWith(`${key}#`)) ?? null;
}

function breakOf(difference: ValueDifference, chain: readonly ChainNode[]): ChainBreak | null {
  const { record, figure, anchored, found } = difference;
  if (figure === 'record') return recordBreak(record, chain);
  const address = addressOf(record, placeName(difference));
  if (isOutsideChain(difference, address, chain)) return null;
  const own = firstBreak(chain, (one) => one === address);
  return own ?? { figure: addressOf(record, figure), step: 'anchored', expected: anchored, got: found };
}

/** What all differences of one file are judged by. */
interface Judging {
  readonly file: PlantYear;
  readonly chain: readonly ChainNode[];
  readonly findings: readonly Finding[];
  readonly scenario: Scenario;
  readonly unread: UnreadFigures;
  readonly ended: ReadonlyMap<string, EndedState>;
  /** Figures of the year are closed to who asks: nothing can be computed from them. */
  readonly isClosed: boolean;
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

/** What nobody can say more about than that it differs. */
function unjudged({ record, figure, anchored, found }: ValueDifference): PlantYearDifference {
  return { record, figure, anchored, found, unread: null, ended: null, rules: [], firstBreak: null, impact: null };
}

function isLackingRecord({ figure, anchored }: ValueDifference): boolean {
  return figure === 'record' && anchored === null;
}

/** A record of the file that stands no more on the ledger: that is all that there is to say of it. */
function endingOf(value: ValueDifference, { ended }: Judging): Ending | null {
  const found = isLackingRecord(value) ? ended.get(value.record) : undefined;
  return found === undefined ? null : { record: found.id, status: found.status, state: found.state };
}

function judge(value: ValueDifference, judging: Judging): PlantYearDifference {
  const unread = unreadOf(value, judging);
  if (unread !== undefined) return { ...unjudged(value), found: unread.found, unread: unread.why };
  const ended = endingOf(value, judging);
  if (ended !== null) return { ...unjudged(value), ended };
  const address = addressOf(value.record, placeName(value));
  const hits = judging.findings.filter(({ touches }) => touches.includes(address)).map(({ rule }) => rule);
  return {
    ...unjudged(value),
    rules: [...new Set(hits)],
    firstBreak: breakOf(value, judging.chain),
    impact: judging.isClosed || isLackingRecord(value) ? null : impactOf(value, judging.scenario),
  };
}

function rulesOf({ methodology, parameters }: AnchoredPlantYear): BookRecord[] {
  return [methodology, parameters].map(({ record }) => anchoredRecord({ record }));
}

/**
 * Compares a plant-year file with the ledger and names every difference: where, what it breaks first, which rules speak,
 * and what it would cost in tonnes and allowances.
 * @throws LedgerError NOT_FOUND, BAD_FILE where the file does not say whose it is
 */
export function checkPlantYear(file: PlantYear, anchored: AnchoredPlantYear): PlantYearCheck {
  assertIdentified(file);
  assertComparable(file, anchored.records);
  const ledger = planLedgerOf(anchored);
  const plan = planPlantYear(file, ledger);
  const hidden = hiddenKeys(plan, anchored.records);
  const values = compareValues(file, ledger, plan, anchored.records);
  const told = { faults: file.unreadable, hidden, doubted: doubtedAmong(keysOf(plan), anchored.records) };
  if (values.length > 0) {
    const judging = judgingOf(file, anchored, plan, hidden.length > 0);
    return { status: 'differs', differences: values.map((value) => judge(value, judging)), ...told };
  }
  const status = file.unreadable.length === 0 ? wholeStatus(told.doubted, hidden) : 'differs';
  return { status, differences: [], ...told };
}

function keysOf(plan: readonly PlanRecord[]): string[] {
  return plan.map(({ key }) => key);
}

function hiddenKeys(plan: readonly PlanRecord[], records: readonly AnchoredState[]): string[] {
  const closed = new Set(records.filter(isHidden).map(({ record }) => businessKey(record)));
  return keysOf(plan).filter((key) => closed.has(key));
}

function judgingOf(
  file: PlantYear,
  anchored: AnchoredPlantYear,
  plan: readonly PlanRecord[],
  isClosed: boolean,
): Judging {
  const { records, ended = [] } = anchored;
  const rules = methodologyRules(anchored);
  const year = evaluateYear(evaluablesOf(plan), rules);
  const unread = new UnreadFigures(plan, file, year);
  const chain = chainOf(year, unread);
  const screened = { file, plan, year, chain, anchored: records, unread, rules: rulesOf(anchored) };
  const enterprise = field(file.enterprise, 'uscc') ?? '';
  // What ended is part of the year as it was anchored: without it nothing downstream could be computed.
  const scenario = new Scenario({ enterprise, year: file.year }, [...records, ...ended], rules);
  return {
    ...{ file, chain, findings: screenPlantYear(screened), scenario, unread, isClosed },
    ended: new Map(ended.map((state) => [businessKey(state.record), state])),
  };
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
