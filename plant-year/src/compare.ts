import {
  businessKey,
  contentText,
  daysBetween,
  isDay,
  isDecimalText,
  lastDayOfMonth,
  type LedgerRecord,
  parseDecimal,
  type RecordType,
} from '@carbon-ledger/core';
import { parameterDifferences } from './consistency';
import { anchoredFigures, type AnchoredState } from './evaluate-anchored';
import { field, fieldPointer, type PlantYear, type Section, type UnitMonth } from './model';
import type { FileSource, PlanLedger, PlanRecord } from './plan';
import { isHidden } from './standing';

type ValuePlace =
  { readonly figure: string } | { readonly field: string } | { readonly entries: Readonly<Record<string, string>> };

/** One value that the file and the ledger have otherwise. Null: one of them does not have it at all. */
export interface ValueDifference {
  readonly record: string;
  /** Name of the figure, or the file's name of the field. */
  readonly figure: string;
  readonly anchored: string | null;
  readonly found: string | null;
  /** Name inside the record: of a figure, of a content field, or entries of the table of parameters with the file's values. */
  readonly place: ValuePlace | null;
  /** JSON pointer of the value in the file, where it has a place of its own there. */
  readonly pointer?: string;
}

/** Equal text, or the same number written otherwise. */
function isSame(anchored: string | null, found: string | null): boolean {
  if (anchored === found) return true;
  if (anchored === null || found === null || !isDecimalText(anchored) || !isDecimalText(found)) return false;
  return parseDecimal(anchored).eq(parseDecimal(found));
}

/** Rows as a person reads them: `qty 4000000, vintage 2024; …`. */
function rowText(row: unknown): string {
  if (typeof row !== 'object' || row === null) return String(row);
  const parts = Object.entries(row).sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  return parts.map(([name, value]) => `${name} ${String(value)}`).join(', ');
}

function valueText(value: unknown): string | null {
  if (Array.isArray(value)) return value.map(rowText).join('; ');
  return contentText(value) ?? null;
}

function contentDifferences(plan: PlanRecord, record: LedgerRecord): ValueDifference[] {
  return [...plan.contentSources].map(([name, source]) => ({
    record: plan.key,
    figure: source.name,
    anchored: valueText(record.content[name]),
    found: valueText(plan.content[name]),
    place: { field: name },
    pointer: source.pointer,
  }));
}

function pointerOf(source: FileSource | undefined): { readonly pointer?: string } {
  return source === undefined ? {} : { pointer: source.pointer };
}

/** Figures that the file can state, and daily figures that only the ledger has; of a closed record its public totals alone. */
function figureDifferences(plan: PlanRecord, state: AnchoredState): ValueDifference[] {
  const anchored = anchoredFigures(state);
  const isDaily = plan.content['dailyRecords'] === true;
  const daily = isDaily ? [...anchored.keys()].filter((name) => name.startsWith('daily.')) : [];
  const names = new Set([...plan.figureSources.keys(), ...daily]);
  const seen = isHidden(state) ? [...names].filter((name) => anchored.has(name)) : [...names];
  return seen.map((name) => ({
    record: plan.key,
    figure: name,
    anchored: anchored.get(name) ?? null,
    found: plan.figures[name] ?? null,
    place: { figure: name },
    ...pointerOf(plan.figureSources.get(name)),
  }));
}

function issuerDifference(plan: PlanRecord, record: LedgerRecord): ValueDifference {
  return { record: plan.key, figure: 'issuer', anchored: record.issuer, found: plan.issuer, place: null };
}

function recordDifferences(plan: PlanRecord, state: AnchoredState | undefined): ValueDifference[] {
  if (!state && plan.registration === true) return [];
  if (!state) return [{ record: plan.key, figure: 'record', anchored: null, found: plan.kind, place: null }];
  return [
    issuerDifference(plan, state.record),
    ...contentDifferences(plan, state.record),
    ...figureDifferences(plan, state),
  ];
}

/** What the plan does not carry because it follows from other fields. */
function derivedDifferences(plan: PlanRecord, file: PlantYear, record: LedgerRecord): ValueDifference[] {
  const month = file.units
    .find(({ id }) => id === plan.subject.unit)
    ?.months.find((part) => part.month === plan.subject.period);
  if (plan.type === 'test-report') return issueDayDifferences(plan, file, month, record);
  return plan.type === 'monthly-evidence' ? onTimeDifferences(plan, month, record) : [];
}

function onTimeDifferences(plan: PlanRecord, month: UnitMonth | undefined, record: LedgerRecord): ValueDifference[] {
  const found = field(month?.evidence, 'onTime');
  const { claimedSubmission: claimed, due } = record.content;
  if (found === undefined || typeof claimed !== 'string' || typeof due !== 'string') return [];
  return [{ record: plan.key, figure: 'onTime', anchored: String(claimed <= due), found, place: null }];
}

function issueDayDifferences(
  plan: PlanRecord,
  file: PlantYear,
  month: UnitMonth | undefined,
  record: LedgerRecord,
): ValueDifference[] {
  const { issued } = record.content;
  if (!month?.lab || typeof issued !== 'string' || !isDay(issued)) return [];
  const pointer = fieldPointer(month.lab, 'daysMonthEndToIssue');
  const counted = field(month.lab, 'daysMonthEndToIssue');
  if (counted === undefined && !file.unread.has(pointer)) return [];
  const anchored = String(daysBetween(lastDayOfMonth(plan.subject.period), issued));
  const found = counted ?? null;
  return [{ record: plan.key, figure: 'daysMonthEndToIssue', anchored, found, place: null, pointer }];
}

/** Of what a file always tells: one that tells of no reports, or of no lots, lacks these as much as one that lacks some. */
const alwaysTold: readonly RecordType[] = ['sample-receipt', 'test-report'];
const toldByLots: readonly RecordType[] = ['ccer-cancellation', 'offset-application', 'offset-confirmation'];

/** Types of which the file tells all that there are; what others file about the year, and it does not speak of, is no fault of it. */
function toldTypes(plan: readonly PlanRecord[], { lots }: PlantYear): ReadonlySet<RecordType> {
  const planned = plan.filter(({ registration }) => registration !== true).map(({ type }) => type);
  return new Set([...planned, ...alwaysTold, ...(lots.length === 0 ? toldByLots : [])]);
}

/** Records of the plant-year that the file does not have any more. */
function missingRecords(
  plan: readonly PlanRecord[],
  anchored: ReadonlyMap<string, AnchoredState>,
  file: PlantYear,
): ValueDifference[] {
  const planned = new Set(plan.map(({ key }) => key));
  const types = toldTypes(plan, file);
  const enterprise = field(file.enterprise, 'uscc');
  return [...anchored].flatMap(([key, { record }]) => {
    const isOfYear = record.subject.uscc === enterprise && record.subject.period.startsWith(file.year);
    const isMissing = isOfYear && !planned.has(key) && types.has(record.type);
    return isMissing ? [{ record: key, figure: 'record', anchored: record.kind, found: null, place: null }] : [];
  });
}

/** The region of a registration is that of the city, or of the province where the file names no city (GB/T 2260). */
function places(section: Section, region: unknown): [string, unknown][] {
  if (typeof region !== 'string' || !section.fields.has('province')) return [];
  const province: [string, unknown] = ['province', `${region.slice(0, 2)}0000`];
  return region.endsWith('0000') ? [province] : [province, ['city', region]];
}

/** What a party's registration says about it, as far as the file repeats it. */
function partyDifferences(section: Section, anchored: ReadonlyMap<string, AnchoredState>): ValueDifference[] {
  const key = `${field(section, 'uscc') ?? ''}/-/-/party`;
  const content = anchored.get(key)?.record.content;
  if (!content) return [];
  const identifiers = (content['identifiers'] ?? {}) as Readonly<Record<string, unknown>>;
  const qualifications = (content['qualifications'] ?? []) as readonly { number: string; validTo: string | null }[];
  const held = qualifications.find(({ number }) => number === field(section, 'cmaNo'));
  const registered: [string, unknown][] = [
    ['name', content['name']],
    ...Object.entries(identifiers),
    ...(held ? [['cmaValidTo', held.validTo] satisfies [string, unknown]] : []),
    ...places(section, content['region']),
  ];
  return registered.map(([name, value]) => ({
    record: key,
    figure: name,
    anchored: valueText(value),
    found: field(section, name) ?? null,
    place: null,
    pointer: fieldPointer(section, name),
  }));
}

function parameterValues(file: PlantYear, ledger: PlanLedger): ValueDifference[] {
  return parameterDifferences(file, ledger.parameters).map(({ name, inForce, found, entries }) => ({
    record: ledger.parametersKey,
    figure: name,
    anchored: inForce,
    found,
    place: { entries },
  }));
}

/** Every difference between the file's plan and the ledger, inputs before what follows from them. */
export function compareValues(
  file: PlantYear,
  ledger: PlanLedger,
  plan: readonly PlanRecord[],
  states: readonly AnchoredState[],
): ValueDifference[] {
  const anchored = new Map(states.map((state) => [businessKey(state.record), state]));
  const parties = [file.enterprise, file.lab, file.verifier, file.preparer];
  const compared = [
    ...parameterValues(file, ledger),
    ...parties.flatMap((section) => partyDifferences(section, anchored)),
    ...plan.flatMap((record) => {
      const state = anchored.get(record.key);
      const derived = state ? derivedDifferences(record, file, state.record) : [];
      return [...recordDifferences(record, state), ...derived];
    }),
    ...missingRecords(plan, anchored, file),
  ];
  return compared.filter(({ anchored: before, found }) => !isSame(before, found));
}
