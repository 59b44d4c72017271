import {
  isAnswer,
  isMeant,
  isOnBelt,
  nearest,
  recordTypes,
  saysSo,
  servingTypes,
  type CitationRule,
  type RecordType,
  type BusinessKey,
} from '@carbon-ledger/core';
import type { AnchoredRecordView, LedgerClient, QueryIn } from '@carbon-ledger/client-sdk';
import type { Filing } from './draft';

/** What a record cites in one role, and what there is to choose from. */
export interface Slot {
  readonly rule: CitationRule;
  readonly candidates: readonly AnchoredRecordView[];
}

/** The question to the ledger that finds what a rule lets be cited. */
function queryOf({ same = [], period }: CitationRule, type: RecordType, own: BusinessKey): QueryIn<'listRecords'> {
  return {
    type,
    ...(same.includes('uscc') ? { party: own.uscc } : {}),
    ...(same.includes('unit') ? { unit: own.unit } : {}),
    ...(same.includes('period') ? { period: own.period } : {}),
    ...(period === undefined ? {} : { period }),
  };
}

/** Whether a record fits a rule: its state first, then its key, then what it says. */
function fits({ record, status }: AnchoredRecordView, rule: CitationRule, own: BusinessKey): boolean {
  const isLive = status === 'current' || (rule.acts === true && status === 'open');
  const isOne = isMeant(rule, own, { ...record.subject, kind: record.kind });
  return isLive && isOne && saysSo(record.content, rule.says ?? {});
}

const MOST = 500;

async function listed(client: LedgerClient, query: QueryIn<'listRecords'>): Promise<AnchoredRecordView[]> {
  const { items } = await client.records({ ...query, limit: MOST });
  return items;
}

/** Asked of the ledger for one role, what is nearest first. A role that takes any type has nothing to choose from: the record is named by a link. */
export async function slotOf(client: LedgerClient, rule: CitationRule, own: BusinessKey): Promise<Slot> {
  const found = await Promise.all(servingTypes(rule).map((type) => listed(client, queryOf(rule, type, own))));
  const candidates = found.flat().filter((view) => fits(view, rule, own));
  const near = new Set(nearest(candidates, rule, own, ({ record }) => record.kind));
  const [first, last] = [true, false].map((isNear) => candidates.filter((one) => near.has(one) === isNear));
  return { rule, candidates: [first, last].flatMap((some = []) => some.sort(newestFirst)) };
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

/** Of a role that answers another only what answers those that are cited there. */
function answering({ rule, candidates }: Slot, asked: Slot | undefined, ids: readonly string[]): Slot {
  if (rule.answers === undefined) return { rule, candidates };
  const cited = (asked?.candidates ?? []).filter(({ id }) => ids.includes(id)).map(({ record }) => record);
  return { rule, candidates: candidates.filter(({ record }) => isAnswer(record, cited)) };
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
  const named = all.flatMap(({ rule, candidates }) => candidates.filter(({ id }) => given[rule.role]?.includes(id)));
  const chosen = (slot: Slot | undefined): readonly string[] =>
    slot === undefined ? [] : (given[slot.rule.role] ?? proposedOf(onBelt(slot, plan), named, named));
  const slots = all.map((slot) => {
    const asked = all.find(({ rule }) => rule.role === slot.rule.answers);
    return answering(amongNamed(onBelt(slot, plan), given), asked, chosen(asked));
  });
  const open = slots.filter(({ rule }) => given[rule.role] === undefined);
  const others = all
    .filter((slot) => !isOfRules(slot))
    .flatMap((slot) => slot.candidates.filter(({ id }) => chosen(slot).includes(id)));
  return { ...given, ...Object.fromEntries(open.map((slot) => [slot.rule.role, proposedOf(slot, others, named)])) };
}
