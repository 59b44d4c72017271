import { recordTypeNames, type CitationRule, type RecordType, type Subject } from '@carbon-ledger/core';
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

/** Whether a record fits a rule: its state first, then what both must have in common. */
function fits(view: AnchoredRecordView, rule: CitationRule, subject: Subject): boolean {
  const { record, status } = view;
  const isLive = rule.acts === true ? status === 'current' || status === 'open' : status === 'current';
  const isOfYear =
    !(rule.same ?? []).includes('year') || record.subject.period.slice(0, 4) === subject.period.slice(0, 4);
  const isOfUnits = rule.of !== 'units' || record.subject.unit !== 'PLANT';
  return isLive && isOfYear && isOfUnits && (rule.kind === undefined || record.kind === rule.kind);
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

function proposedOf({ rule, candidates }: Slot, others: readonly AnchoredRecordView[]): readonly string[] {
  if (rule.max > 1) return candidates.length <= rule.max ? candidates.map(({ id }) => id) : [];
  const [first] = ofSameRules(candidates, others);
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
export function proposeCites(slots: readonly Slot[], given: Filing['cites']): Filing['cites'] {
  const open = slots.filter(({ rule }) => given[rule.role] === undefined);
  const chosen = (slot: Slot): readonly string[] => given[slot.rule.role] ?? proposedOf(slot, []);
  const others = slots
    .filter((slot) => !isOfRules(slot))
    .flatMap((slot) => slot.candidates.filter(({ id }) => chosen(slot).includes(id)));
  return { ...given, ...Object.fromEntries(open.map((slot) => [slot.rule.role, proposedOf(slot, others)])) };
}
