import { formatBusinessKey, parseBusinessKey, typeOfKind, type BusinessKey } from '../identifiers';
import { businessKey, type LedgerRecord } from '../records';
import { isOnBelt, unitsInForce, type BuiltRecord, type CitationRule, type Rulebook } from '../rulebook';
import type { CurrentRecord } from '../agenda';
import type { DraftSource } from './source';

/** A role that the ledger cannot fill by itself, and why. */
export interface OpenRole {
  readonly role: string;
  /** Records that would serve, where there is a choice. */
  readonly candidates: readonly string[];
}

/** Records that one role looks at; of more the filer must name the one. */
const MOST_CANDIDATES = 500;

const sames: Readonly<
  Record<NonNullable<CitationRule['same']>[number], (a: LedgerRecord['subject'], b: BusinessKey) => boolean>
> = {
  uscc: (a, b) => a.uscc === b.uscc,
  unit: (a, b) => a.unit === b.unit,
  period: (a, b) => a.period === b.period,
  year: (a, b) => a.period.slice(0, 4) === b.period.slice(0, 4),
};

function fits(rule: CitationRule, record: LedgerRecord, key: BusinessKey): boolean {
  const isOfUnits = rule.of !== 'units' || (key.unit !== 'PLANT' && key.unit !== '-');
  const isOfKind = rule.kind === undefined || rule.kind === key.kind;
  return isOfUnits && isOfKind && (rule.same ?? []).every((part) => sames[part](record.subject, key));
}

/** Types and states in which records stand that a role takes. */
function placesOf({ type }: CitationRule, { types, processes }: Rulebook): (readonly [type: string, state: string])[] {
  if (type === 'any') return [];
  return (typeof type === 'string' ? [type] : type).flatMap((one) =>
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
      // Its own earlier version is replaced, not built upon.
      const isOther = current.key !== businessKey(record);
      if (isOther && fits(rule, record, parseBusinessKey(current.key))) found.push(current);
      if (found.length > MOST_CANDIDATES) return found;
    }
  return found;
}

const labelOfKind = (kind: string): string => kind.slice(typeOfKind(kind).length);

/** Of a type whose label says what a record is of, as a report of a day: the one record that is of the same. */
function alike(
  found: readonly CurrentRecord[],
  { type, kind }: LedgerRecord,
  { max }: CitationRule,
  { types }: Rulebook,
): readonly CurrentRecord[] {
  const label = types[type].labels?.names === 'any' && max === 1 ? labelOfKind(kind) : '';
  return found.filter(({ key }) => label !== '' && labelOfKind(parseBusinessKey(key).kind) === label);
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

/** Methodology or parameters by which the unit's plan of the year is computed: its other records are computed by no others. */
async function ofPlan(
  found: readonly CurrentRecord[],
  { role }: CitationRule,
  { subject }: LedgerRecord,
  source: DraftSource,
): Promise<readonly CurrentRecord[]> {
  const period = subject.period.slice(0, 4);
  const plan = await source.head(formatBusinessKey({ ...subject, period }, 'quality-control-plan'));
  const built = plan && (await source.built(plan.record));
  const cited = built?.record.cites.filter((one) => one.role === role).map(({ key }) => key) ?? [];
  return found.filter(({ key }) => cited.includes(key));
}

/** Methodologies and parameters are of a sector: that of the enterprise's listing. */
async function ofSector(
  found: readonly CurrentRecord[],
  { subject }: LedgerRecord,
  source: DraftSource,
): Promise<readonly CurrentRecord[]> {
  const listing = await source.get('listed', `${subject.uscc}/${subject.period.slice(0, 4)}`);
  const last = listing?.said.at(-1);
  const list = last === undefined ? undefined : await source.record(`rec:${last.r}`);
  const entries = (list?.content['entries'] ?? []) as readonly { readonly uscc: string; readonly sector: string }[];
  const sector = entries.find(({ uscc }) => uscc === subject.uscc)?.sector.toUpperCase();
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

async function chosen(
  rule: CitationRule,
  record: LedgerRecord,
  rulebook: Rulebook,
  source: DraftSource,
  plans: readonly BuiltRecord[] | undefined,
): Promise<readonly CurrentRecord[] | OpenRole> {
  const serving = onBelt(await candidatesOf(rule, record, rulebook, source), rule, record, plans);
  const same = alike(serving, record, rule, rulebook);
  const all = same.length > 0 ? same : plainFirst(serving);
  const isSectoral = all.length > 1 && all.every(({ key }) => sectoral.has(typeOfKind(parseBusinessKey(key).kind)));
  const found = isSectoral ? await ofRules(all, rule, record, source) : all;
  if (rule.everyUnit === true) return inForce(found, record, source);
  if (found.length <= rule.max) return found;
  return { role: rule.role, candidates: found.slice(0, 20).map(({ key }) => key) };
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

/** For every role that the filer has not named: the current heads that serve, where the ledger can tell which. */
export async function proposeCitations(
  record: LedgerRecord,
  given: Readonly<Record<string, readonly BuiltRecord[]>>,
  rulebook: Rulebook,
  source: DraftSource,
): Promise<ProposedCitations> {
  const cites: Record<string, readonly BuiltRecord[]> = {};
  const open: OpenRole[] = [];
  for (const rule of rulebook.types[record.type].cites(record)) {
    const named = given[rule.role];
    if (named !== undefined) cites[rule.role] = named;
    if (named !== undefined || rule.acts === true) continue;
    const found = await chosen(rule, record, rulebook, source, cites['quality-control-plan']);
    if ('role' in found) {
      open.push(found);
      continue;
    }
    if (found.length < rule.min) open.push({ role: rule.role, candidates: [] });
    const built = await Promise.all(found.map(({ record: id }) => source.built(id)));
    const there = built.filter((one) => one !== undefined);
    if (there.length > 0) cites[rule.role] = there;
  }
  // What is named for a role that the type does not know stands behind: the ledger says so.
  return { cites: { ...cites, ...given }, open };
}
