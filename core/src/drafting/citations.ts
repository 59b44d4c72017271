import { formatBusinessKey, parseBusinessKey, typeOfKind } from '../identifiers';
import { figureTable, type Methodology } from '../methodology';
import type { LedgerRecord } from '../records';
import {
  isAnswer,
  isMeant,
  isOnBelt,
  labelIn,
  nearest,
  saysSo,
  servingTypes,
  unitsInForce,
  type BuiltRecord,
  type CitationRule,
  type Rulebook,
} from '../rulebook';
import { sectorOf, type CurrentRecord } from '../agenda';
import type { DraftSource } from './source';

/** A role that the ledger cannot fill by itself, and why. */
export interface OpenRole {
  readonly role: string;
  /** Records that would serve, where there is a choice. */
  readonly candidates: readonly string[];
}

/** Records that one role looks at; of more the filer must name the one. */
const MOST_CANDIDATES = 500;

/** Types and states in which records stand that a role takes. */
function placesOf(rule: CitationRule, { types, processes }: Rulebook): (readonly [type: string, state: string])[] {
  return servingTypes(rule).flatMap((one) =>
    Object.entries(processes[types[one].process].states)
      .filter(([, { standing }]) => standing === 'stands')
      .map(([state]) => [one, state] as const),
  );
}

/** Current records that stand and serve in a role. */
async function candidatesOf(
  rule: CitationRule,
  record: LedgerRecord,
  rulebook: Rulebook,
  source: DraftSource,
): Promise<CurrentRecord[]> {
  const uscc = rule.same?.includes('uscc') === true ? record.subject.uscc : undefined;
  const found: CurrentRecord[] = [];
  for (const [type, state] of placesOf(rule, rulebook))
    for await (const current of source.current(type, state, uscc)) {
      if (isMeant(rule, { ...record.subject, kind: record.kind }, parseBusinessKey(current.key))) found.push(current);
      if (found.length > MOST_CANDIDATES) return found;
    }
  return found;
}

/** Of records of one type that serve several roles those that say what this role asks for. */
async function saying(
  found: readonly CurrentRecord[],
  { says }: CitationRule,
  source: DraftSource,
): Promise<readonly CurrentRecord[]> {
  if (says === undefined) return found;
  const built = await Promise.all(found.map(({ record }) => source.built(record)));
  return found.filter((_, at) => saysSo(built[at]?.record.content ?? {}, says));
}

/** Where only what answers another role is meant, those that do. */
async function answering(
  found: readonly CurrentRecord[],
  { answers }: CitationRule,
  cites: ProposedCitations['cites'],
  source: DraftSource,
): Promise<readonly CurrentRecord[]> {
  if (answers === undefined) return found;
  const named = (cites[answers] ?? []).map(({ record }) => record);
  const records = await Promise.all(found.map(({ record }) => source.record(record)));
  return found.filter((_, at) => isAnswer(records[at] ?? { cites: [] }, named));
}

/** Where kinds with and without a label serve, the one without is meant. */
function plainFirst(found: readonly CurrentRecord[]): readonly CurrentRecord[] {
  const plain = found.filter(({ key }) => !parseBusinessKey(key).kind.includes('.'));
  return plain.length > 0 ? plain : found;
}

/** Units that a role with a belt looks at: those that the plan at hand declares, and where it says so the record's own. */
function onBelt(
  found: readonly CurrentRecord[],
  rule: CitationRule,
  { subject }: LedgerRecord,
  [plan]: readonly BuiltRecord[] = [],
): readonly CurrentRecord[] {
  return found.filter(({ key }) => isOnBelt(rule, subject.unit, parseBusinessKey(key).unit, plan?.record.content));
}

/** Plans of the year: of the unit, or of all units of the plant. */
async function plansOf({ subject }: LedgerRecord, source: DraftSource): Promise<BuiltRecord[]> {
  const isWhole = subject.unit === 'PLANT' || subject.unit === '-';
  const roster = isWhole ? unitsInForce(await source.get('units', subject.uscc), subject.period) : [];
  const units = isWhole ? roster.map(({ id }) => id) : [subject.unit];
  const period = subject.period.slice(0, 4);
  const plans = units.map(async (unit) => {
    const head = await source.head(formatBusinessKey({ uscc: subject.uscc, unit, period }, 'quality-control-plan'));
    return head && source.built(head.record);
  });
  return (await Promise.all(plans)).filter((plan) => plan !== undefined);
}

/** Methodology or parameters by which the plans of the year are computed, all of them: the other records are computed by no others. */
async function ofPlan(
  found: readonly CurrentRecord[],
  { role }: CitationRule,
  record: LedgerRecord,
  source: DraftSource,
): Promise<readonly CurrentRecord[]> {
  const plans = await plansOf(record, source);
  const isCited = (key: string): boolean =>
    plans.every((plan) => plan.record.cites.some((one) => one.role === role && one.key === key));
  return plans.length === 0 ? [] : found.filter(({ key }) => isCited(key));
}

/** Methodologies and parameters are of a sector: that of the enterprise's listing. */
async function ofSector(
  found: readonly CurrentRecord[],
  { subject }: LedgerRecord,
  source: DraftSource,
): Promise<readonly CurrentRecord[]> {
  const sector = await sectorOf(subject, source);
  return found.filter(({ key }) => parseBusinessKey(key).unit === sector);
}

async function ofRules(
  found: readonly CurrentRecord[],
  rule: CitationRule,
  record: LedgerRecord,
  source: DraftSource,
): Promise<readonly CurrentRecord[]> {
  const planned = await ofPlan(found, rule, record, source);
  return planned.length > 0 ? planned : ofSector(found, record, source);
}

const sectoral: ReadonlySet<string> = new Set(['methodology', 'parameter']);

/** Rules of the record's own year, where the role leaves the year open and several years are on the ledger. */
function ofYear(found: readonly CurrentRecord[], { subject }: LedgerRecord): readonly CurrentRecord[] {
  const same = found.filter(({ key }) => parseBusinessKey(key).period === subject.period.slice(0, 4));
  return same.length > 0 ? same : found;
}

/** Of the rules of several sectors those of the plans, else of the sector; where neither is known, the filer names them. */
async function rulesFor(
  all: readonly CurrentRecord[],
  rule: CitationRule,
  record: LedgerRecord,
  source: DraftSource,
): Promise<readonly CurrentRecord[]> {
  const own = ofYear(all, record);
  if (own.length <= 1) return own;
  const found = await ofRules(own, rule, record, source);
  return found.length > 0 ? found : own;
}

async function chosen(
  rule: CitationRule,
  record: LedgerRecord,
  rulebook: Rulebook,
  source: DraftSource,
  cites: ProposedCitations['cites'],
): Promise<readonly CurrentRecord[] | OpenRole> {
  const candidates = await saying(await candidatesOf(rule, record, rulebook, source), rule, source);
  const meant = await answering(candidates, rule, cites, source);
  const serving = onBelt(meant, rule, record, cites['quality-control-plan']);
  const kindOf = ({ key }: CurrentRecord): string => parseBusinessKey(key).kind;
  const all = rule.max === 1 ? nearest(serving, rule, record, kindOf) : plainFirst(serving);
  if (rule.tables !== undefined) return ofTables(all, rule.tables);
  if (rule.labels !== undefined) return newestOfLabels(all, record);
  const isSectoral = all.length > 1 && all.every(({ key }) => sectoral.has(typeOfKind(parseBusinessKey(key).kind)));
  const found = isSectoral ? await rulesFor(all, rule, record, source) : all;
  if (rule.everyUnit === true) return inForce(found, record, source);
  if (found.length <= rule.max) return found;
  return { role: rule.role, candidates: found.slice(0, 20).map(({ key }) => key) };
}

/** By what a record is due that is of several sectors: each of their tables. */
function ofTables(
  found: readonly CurrentRecord[],
  tables: NonNullable<CitationRule['tables']>,
): readonly CurrentRecord[] {
  return tables === 'all' ? found : found.filter(({ key }) => tables.includes(parseBusinessKey(key).unit));
}

/** Of each label one: that of the record's own year, else the newest before it. */
function newestOfLabels(found: readonly CurrentRecord[], { subject }: LedgerRecord): readonly CurrentRecord[] {
  const newest = new Map<string, CurrentRecord>();
  const periodOf = (one: CurrentRecord | undefined): string => (one ? parseBusinessKey(one.key).period : '');
  for (const one of found) {
    const label = labelIn(parseBusinessKey(one.key).kind);
    const isInTime = periodOf(one) <= subject.period;
    if (isInTime && periodOf(one) >= periodOf(newest.get(label))) newest.set(label, one);
  }
  return [...newest.values()];
}

async function inForce(
  found: readonly CurrentRecord[],
  { subject }: LedgerRecord,
  source: DraftSource,
): Promise<readonly CurrentRecord[]> {
  const units = unitsInForce(await source.get('units', subject.uscc), subject.period).map(({ id }) => id);
  return found.filter(({ key }) => units.includes(parseBusinessKey(key).unit));
}

export interface ProposedCitations {
  readonly cites: Readonly<Record<string, readonly BuiltRecord[]>>;
  readonly open: readonly OpenRole[];
}

/** Roles that the methodology asks of such a record beside those that its type has anyway: they differ between sectors and years. */
function furtherRules(
  record: LedgerRecord,
  rules: readonly CitationRule[],
  [methodology]: readonly BuiltRecord[] = [],
  { types }: Rulebook,
): CitationRule[] {
  const { profile } = (methodology?.record.content ?? {}) as Partial<Methodology>;
  const asked = Object.keys(profile?.[figureTable(record.kind, record.subject.unit)]?.cites ?? {});
  const named = asked.map((role) => ({ role, key: '', record: '' }));
  const all = types[record.type].cites({ ...record, cites: [...record.cites, ...named] });
  return all.filter(({ role }) => rules.every((one) => one.role !== role));
}

/** For every role that the filer has not named: the current heads that serve, where the ledger can tell which. */
export async function proposeCitations(
  record: LedgerRecord,
  given: Readonly<Record<string, readonly BuiltRecord[]>>,
  rulebook: Rulebook,
  source: DraftSource,
): Promise<ProposedCitations> {
  const cites: Record<string, readonly BuiltRecord[]> = {};
  const open: OpenRole[] = [];
  const rules = rulebook.types[record.type].cites(record);
  const propose = async (rule: CitationRule): Promise<void> => {
    const named = given[rule.role];
    if (named !== undefined) cites[rule.role] = named;
    if (named !== undefined || rule.acts === true) return;
    const found = await chosen(rule, record, rulebook, source, { ...given, ...cites });
    if ('role' in found) {
      // What may be left out is left out: the filer names it who wants it.
      if (rule.min > 0) open.push(found);
      return;
    }
    if (found.length < rule.min) open.push({ role: rule.role, candidates: [] });
    const built = await Promise.all(found.map(({ record: id }) => source.built(id)));
    const there = built.filter((one) => one !== undefined);
    if (there.length > 0) cites[rule.role] = there;
  };
  for (const rule of rules) await propose(rule);
  for (const rule of furtherRules(record, rules, cites['methodology'], rulebook)) await propose(rule);
  // What is named for a role that the type does not know stands behind: the ledger says so.
  return { cites: { ...cites, ...given }, open };
}
