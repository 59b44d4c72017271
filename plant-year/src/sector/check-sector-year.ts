import {
  type BuiltRecord,
  businessKey,
  contentText,
  derivedSalts,
  formatDecimal,
  parseDecimal,
  type RecordType,
} from '@carbon-ledger/core';
import { buildPlan, planLedgerOf, type PlantYearLedger } from '../build';
import type { PlantYearCheck } from '../check';
import type { AnchoredState } from '../evaluate-anchored';
import type { PlanRecord } from '../plan';
import { doubtedAmong, wholeStatus, type DoubtedRecord, type EndedState, type Ending } from '../standing';
import { planSectorYear } from './plan-sector-year';
import type { SectorYear } from './sector-year';

/** One statement that the file and the ledger have otherwise; null where one of them has none. */
export interface SectorDifference {
  /** Business key of the record. */
  readonly record: string;
  /** Name of the figure or public fact; `record` for the whole of it. */
  readonly figure: string;
  readonly anchored: string | null;
  readonly found: string | null;
  /** How the ledger's record ended, where the file has one that was anchored and does not stand. */
  readonly ended?: Ending;
  /** JSON pointer of the value in the file; null where the file has no place for it. */
  readonly pointer: string | null;
}

/** A figure that follows from what was stated otherwise, with both values. */
export interface Consequence {
  readonly record: string;
  readonly figure: string;
  readonly unit: string;
  readonly anchored: string;
  readonly found: string;
  /** Decimal text, `found` less `anchored`. */
  readonly delta: string;
}

export interface SectorYearCheck {
  /** As of a plant-year file ({@link PlantYearCheck}). */
  readonly status: PlantYearCheck['status'];
  readonly differences: readonly SectorDifference[];
  /** In the order of the records: the last is the enterprise's own total. */
  readonly consequences: readonly Consequence[];
  /** Business keys of records whose figures are not open to who asks. */
  readonly hidden: readonly string[];
  /** Records of the file that stand and are in doubt. */
  readonly doubted: readonly DoubtedRecord[];
}

function isHidden({ record, figures }: BuiltRecord): boolean {
  return record.figuresRoot !== null && figures.length === 0;
}

function valueOf({ record, figures }: BuiltRecord, name: string): string | undefined {
  return figures.find((figure) => figure.name === name)?.value ?? record.totals[name]?.value;
}

function statedNames(plan: PlanRecord, anchored: BuiltRecord): ReadonlySet<string> {
  const stated = anchored.figures.filter(({ formula }) => formula === undefined).map(({ name }) => name);
  return new Set([...plan.figureSources.keys(), ...stated]);
}

/** A record of the file that the ledger has no current one of: how that ended, where there was one. */
function unanchored(plan: PlanRecord, ended: EndedState | undefined): SectorDifference {
  const ending = ended === undefined ? {} : { ended: { record: ended.id, status: ended.status, state: ended.state } };
  return { record: plan.key, pointer: plan.pointer, figure: 'record', anchored: null, found: plan.kind, ...ending };
}

function differencesOf(
  plan: PlanRecord,
  anchored: BuiltRecord | undefined,
  ended: EndedState | undefined,
): SectorDifference[] {
  if (plan.registration === true) return [];
  if (anchored === undefined) return [unanchored(plan, ended)];
  const fields = [...plan.contentSources].map(([name, { pointer }]) => ({
    ...{ record: plan.key, figure: name, pointer },
    anchored: contentText(anchored.record.content[name]) ?? null,
    found: contentText(plan.content[name]) ?? null,
  }));
  const figures = [...statedNames(plan, anchored)].map((name) => ({
    ...{ record: plan.key, figure: name, pointer: plan.figureSources.get(name)?.pointer ?? plan.pointer },
    anchored: valueOf(anchored, name) ?? null,
    found: plan.figures[name] ?? null,
  }));
  return [...fields, ...(isHidden(anchored) ? [] : figures)].filter((one) => one.anchored !== one.found);
}

const ofMonths: readonly RecordType[] = [
  'quality-control-plan',
  'sample-receipt',
  'test-report',
  'monthly-evidence',
  'annual-report',
];

/** Types of which the file tells all that there are: how the year was verified and settled only where it says so at all. */
function toldTypes({ verifier, surrender }: SectorYear): ReadonlySet<RecordType> {
  return new Set([
    ...ofMonths,
    ...(verifier === undefined ? [] : (['verification-conclusion'] as const)),
    ...(surrender === undefined ? [] : (['allowance-issuance', 'surrender'] as const)),
  ]);
}

/** Records of the year that the file lacks: a month, a unit, a report that was left out. */
function missingRecords(
  file: SectorYear,
  planned: ReadonlyMap<string, PlanRecord>,
  anchored: ReadonlyMap<string, BuiltRecord>,
): SectorDifference[] {
  const types = toldTypes(file);
  return [...anchored].flatMap(([key, { record }]) => {
    const { uscc, period } = record.subject;
    const isTold = uscc === file.enterprise.uscc && period.startsWith(file.year) && types.has(record.type);
    if (!isTold || planned.has(key)) return [];
    return [{ record: key, figure: 'record', anchored: record.kind, found: null, pointer: null }];
  });
}

/** Public figures stand in the totals, private ones beside the record. */
function valuesOf({ record, figures }: BuiltRecord): readonly (readonly [string, { value: string; unit: string }])[] {
  return [...figures.map((figure) => [figure.name, figure] as const), ...Object.entries(record.totals)];
}

/** What the methodology makes of the file's statements where it comes to something else than stands there. */
function consequencesOf(made: BuiltRecord, plan: PlanRecord, anchored: BuiltRecord | undefined): Consequence[] {
  if (anchored === undefined) return [];
  return valuesOf(made).flatMap(([name, { value, unit }]) => {
    const before = valueOf(anchored, name);
    if (Object.hasOwn(plan.figures, name) || before === undefined || before === value) return [];
    const difference = parseDecimal(value).minus(parseDecimal(before));
    const delta = formatDecimal(difference, difference.decimalPlaces());
    return [{ record: made.key, figure: name, unit, anchored: before, found: value, delta }];
  });
}

/**
 * Holds a sector-year file to the ledger: every statement that differs, at its place in the file, and what would follow from
 * it by the ledger's own methodology, up to the enterprise's total.
 * @param records all current records of the enterprise
 * @param endings what was anchored about it and does not stand; none of these keys has a current record
 * @throws LedgerError FIGURE_UNKNOWN where the methodology does not have a figure of the file
 */
export function checkSectorYear(
  file: SectorYear,
  ledger: PlantYearLedger,
  records: readonly (BuiltRecord & AnchoredState)[],
  endings: readonly EndedState[] = [],
): SectorYearCheck {
  const ended = new Map(endings.map((state) => [businessKey(state.record), state]));
  const standing = new Map(records.map((record) => [record.key, record]));
  const anchored = (key: string): (BuiltRecord & AnchoredState) | undefined => standing.get(key);
  const plans = planSectorYear(file, planLedgerOf(ledger));
  const salts = derivedSalts(new Uint8Array(32));
  const made = buildPlan(plans, ledger, { salts: () => salts }).steps.flatMap(({ records }) => records);
  const hidden = plans.filter(({ key }) => isHiddenAt(anchored(key))).map(({ key }) => key);
  const planned = new Map(plans.map((plan) => [plan.key, plan]));
  const differences = [
    ...plans.flatMap((plan) => differencesOf(plan, anchored(plan.key), ended.get(plan.key))),
    ...missingRecords(file, planned, standing),
  ];
  const consequences = made.flatMap((record) => {
    const plan = planned.get(record.key);
    return plan === undefined ? [] : consequencesOf(record, plan, anchored(record.key));
  });
  const keys = plans.map(({ key }) => key);
  const doubted = doubtedAmong(
    keys,
    keys.flatMap((key) => anchored(key) ?? []),
  );
  const status = differences.length > 0 ? 'differs' : wholeStatus(doubted, hidden);
  return { status, differences, consequences, hidden, doubted };
}

function isHiddenAt(record: BuiltRecord | undefined): boolean {
  return record !== undefined && isHidden(record);
}
