import {
  isOnBelt,
  recordTypeNames,
  recordTypes,
  saysSo,
  servingKinds,
  type CitationRule,
  type RecordType,
  type Subject,
} from '@carbon-ledger/core';
import type { AnchoredRecordView, LedgerClient, QueryIn } from '@carbon-ledger/client-sdk';
import type { Filing } from './draft';

/** What a record cites in one role, and what there is to choose from. */
export interface Slot {
  readonly rule: CitationRule;
  readonly candidates: readonly AnchoredRecordView[];
}

/** Types of record that a rule lets be cited. */
export function typesOf({ type }: CitationRule): readonly RecordType[] {
  if (type === 'any') return recordTypeNames;
  return typeof type === 'string' ? [type] : type;
}

/** The question to the ledger that finds what a rule lets be cited. */
function queryOf({ same = [] }: CitationRule, type: RecordType, subject: Subject): QueryIn<'listRecords'> {
  return {
    type,
    ...(same.includes('uscc') ? { party: subject.uscc } : {}),
    ...(same.includes('unit') ? { unit: subject.unit } : {}),
    ...(same.includes('period') ? { period: subject.period } : {}),
  };
}

/** Whether it is of the kind and says what the role asks for. */
function isMeant({ kind, content }: AnchoredRecordView['record'], rule: CitationRule): boolean {
  return servingKinds(rule)?.includes(kind) !== false && saysSo(content, rule.says ?? {});
}

/** Whether a record fits a rule: its state first, then what both must have in common. */
function fits(view: AnchoredRecordView, rule: CitationRule, subject: Subject): boolean {
  const { record, status } = view;
  const isLive = rule.acts === true ? status === 'current' || status === 'open' : status === 'current';
  const isOfYear =
    !(rule.same ?? []).includes('year') || record.subject.period.slice(0, 4) === subject.period.slice(0, 4);
  const isOfUnits = rule.of !== 'units' || record.subject.unit !== 'PLANT';
  return isLive && isOfYear && isOfUnits && isMeant(record, rule);
}

const MOST = 500;

async function listed(client: LedgerClient, query: QueryIn<'listRecords'>): Promise<AnchoredRecordView[]> {
  const { items } = await client.records({ ...query, limit: MOST });
  return items;
}

/** Asked of the ledger for one role. A role that takes any type has nothing to choose from: the record is named by a link. */
export async function slotOf(client: LedgerClient, rule: CitationRule, subject: Subject): Promise<Slot> {
  if (rule.type === 'any') return { rule, candidates: [] };
  const found = await Promise.all(typesOf(rule).map((type) => listed(client, queryOf(rule, type, subject))));
  const candidates = found.flat().filter((view) => fits(view, rule, subject));
  return { rule, candidates: candidates.sort(newestFirst) };
}

function newestFirst(a: AnchoredRecordView, b: AnchoredRecordView): number {
  return b.logIndex - a.logIndex;
}

/** Of several methodologies or tables of a year, the one that the other citations rest on. */
function ofSameRules(
  candidates: readonly AnchoredRecordView[],
  others: readonly AnchoredRecordView[],
): AnchoredRecordView[] {
  const cited = new Set(others.flatMap(({ record }) => record.cites.map((one) => one.key)));
  const shared = candidates.filter(({ key }) => cited.has(key));
  return shared.length > 0 ? shared : [...candidates];
}

/** The plan of the unit that is filed for, whose belt says what serves it too. */
function planOf(slots: readonly Slot[], given: Filing['cites']): AnchoredRecordView | undefined {
  const plans = slots.find(({ rule }) => rule.role === 'quality-control-plan')?.candidates ?? [];
  const [named] = given['quality-control-plan'] ?? [];
  return named === undefined ? plans[0] : plans.find(({ id }) => id === named);
}

/** Of a role with a belt only what is of a unit on it. */
function onBelt({ rule, candidates }: Slot, plan: AnchoredRecordView | undefined): Slot {
  const own = plan?.record.subject.unit ?? '';
  const serving = candidates.filter(({ record }) => isOnBelt(rule, own, record.subject.unit, plan?.record.content));
  return { rule, candidates: serving };
}

type Views = readonly AnchoredRecordView[];

/** What a record that is cited already cites in the same role: a decision is about what its objection contested. */
function alreadyMeant({ rule, candidates }: Slot, others: readonly AnchoredRecordView[]): AnchoredRecordView[] {
  const meant = others.flatMap(({ record }) => record.cites).filter(({ role }) => role === rule.role);
  return candidates.filter(({ key }) => meant.some((one) => one.key === key));
}

/** Of a role that acts on what the filer names only what another role names already. */
function amongNamed({ rule, candidates }: Slot, given: Filing['cites']): Slot {
  if (rule.onlyNamed !== true) return { rule, candidates };
  const ids = new Set(Object.values(given).flat());
  return { rule, candidates: candidates.filter(({ id }) => ids.has(id)) };
}

/** Where a record that is answered has this role itself, several are those of it: a confirmation is of the freezes of its application. */
function ofAnswered({ rule, candidates }: Slot, named: Views): Views {
  const answered = named.filter(({ record }) =>
    recordTypes[record.type].cites(record).some(({ role, max }) => role === rule.role && max > 1),
  );
  if (answered.length === 0) return candidates;
  const meant = new Set(answered.flatMap(({ record }) => record.cites.map(({ role, key }) => `${role} ${key}`)));
  return candidates.filter(({ key }) => meant.has(`${rule.role} ${key}`));
}

function proposedOf(slot: Slot, others: Views, named: Views): readonly string[] {
  const { rule } = slot;
  const candidates = ofAnswered(slot, named);
  if (rule.max > 1) return candidates.length <= rule.max ? candidates.map(({ id }) => id) : [];
  const [first] = [...alreadyMeant(slot, others), ...ofSameRules(candidates, others)];
  return first === undefined ? [] : [first.id];
}

const rules: ReadonlySet<string> = new Set(['methodology', 'parameter']);

function isOfRules({ rule }: Slot): boolean {
  return typeof rule.type === 'string' && rules.has(rule.type);
}

/**
 * Proposes a citation for every role that has none yet, from what stands on the ledger now: about the same subject first,
 * then the rules that those rest on.
 */
export function proposeCites(all: readonly Slot[], given: Filing['cites']): Filing['cites'] {
  const plan = planOf(all, given);
  const slots = all.map((slot) => amongNamed(onBelt(slot, plan), given));
  const open = slots.filter(({ rule }) => given[rule.role] === undefined);
  const named = all.flatMap(({ rule, candidates }) => candidates.filter(({ id }) => given[rule.role]?.includes(id)));
  const chosen = (slot: Slot): readonly string[] =>
    given[slot.rule.role] ?? proposedOf(onBelt(slot, plan), named, named);
  const others = all
    .filter((slot) => !isOfRules(slot))
    .flatMap((slot) => slot.candidates.filter(({ id }) => chosen(slot).includes(id)));
  return { ...given, ...Object.fromEntries(open.map((slot) => [slot.rule.role, proposedOf(slot, others, named)])) };
}
