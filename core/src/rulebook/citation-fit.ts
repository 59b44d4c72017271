import { typeOfKind, type BusinessKey, type Subject } from '../identifiers';
import type { LedgerRecord, RecordType } from '../records/record';
import { servingKinds, type CitationRule } from './spec';

type Part = NonNullable<CitationRule['same']>[number];

const year = ({ period }: Subject): string => period.slice(0, 4);

const isSame: Readonly<Record<Part, (a: Subject, b: Subject) => boolean>> = {
  uscc: (a, b) => a.uscc === b.uscc,
  unit: (a, b) => a.unit === b.unit,
  period: (a, b) => a.period === b.period,
  year: (a, b) => year(a) === year(b),
};

/** Types that serve in a role; none where any would do: such a record is named, and not looked for. */
export function servingTypes({ type }: CitationRule): readonly RecordType[] {
  if (type === 'any') return [];
  return typeof type === 'string' ? [type] : type;
}

function isOfOtherPeriod(rule: CitationRule, { period }: Subject): boolean {
  return rule.period !== undefined && rule.period !== period;
}

/**
 * The first thing in which a record does not serve in a role, by its key alone; undefined where it does. Who judges, who drafts and
 * who fills in a form ask the same.
 * @param own what the record is about that cites
 */
export function misfitOf(
  rule: CitationRule,
  own: Subject,
  key: BusinessKey,
): 'type' | 'kind' | 'of' | Part | undefined {
  if (rule.type !== 'any' && !servingTypes(rule).some((type) => type === typeOfKind(key.kind))) return 'type';
  if (servingKinds(rule)?.includes(key.kind) === false) return 'kind';
  if (rule.of === 'units' && (key.unit === 'PLANT' || key.unit === '-')) return 'of';
  if (isOfOtherPeriod(rule, key)) return 'period';
  return rule.same?.find((part) => !isSame[part](own, key));
}

function isSameKey(a: BusinessKey, b: BusinessKey): boolean {
  return a.kind === b.kind && isSame.uscc(a, b) && isSame.unit(a, b) && isSame.period(a, b);
}

/**
 * Whether somebody who fills in a record may mean another in a role: it serves there, and is not the record's own earlier version,
 * which is replaced and not built upon, but where the role takes just that.
 * @param own key of the record that cites
 */
export function isMeant(rule: CitationRule, own: BusinessKey, key: BusinessKey): boolean {
  return misfitOf(rule, own, key) === undefined && isSameKey(own, key) === (rule.own === true);
}

/** What stands behind the type in a kind, its point included; empty where nothing does. */
export const labelIn = (kind: string): string => kind.slice(typeOfKind(kind).length);

/**
 * Of several that would serve in a role of one record, those under the label of the record that cites, as the freeze `a` is of the
 * release `a`; else those without a label; else all.
 */
export function nearest<One>(
  found: readonly One[],
  { max }: CitationRule,
  { kind }: Pick<BusinessKey, 'kind'>,
  kindOf: (one: One) => string,
): readonly One[] {
  if (max !== 1) return found;
  const under = (label: string): One[] => found.filter((one) => labelIn(kindOf(one)) === label);
  return [under(labelIn(kind)), under(''), found].find(({ length }) => length > 0) ?? [];
}

/**
 * Whether a record answers one of those that another role names: it cites the very version of a record that one of them cites. So a
 * correction answers a finding where it corrects what was found, and none that went before.
 */
export function isAnswer(
  { cites }: Pick<LedgerRecord, 'cites'>,
  named: readonly Pick<LedgerRecord, 'cites'>[],
): boolean {
  const about = new Set(named.flatMap((one) => one.cites.map(({ record }) => record)));
  return cites.some(({ record }) => about.has(record));
}

/**
 * Whether a role looks at records of a unit: one with a belt at the units that the plan at hand declares on one belt with the
 * record's own, and at its own where the role says so; any other at all.
 * @param own unit of the record that cites
 * @param plan content of its unit's quality control plan, where there is one
 */
export function isOnBelt(
  { belt }: CitationRule,
  own: string,
  unit: string,
  plan: Readonly<Record<string, unknown>> = {},
): boolean {
  if (belt === undefined) return true;
  const declared = plan['sharedBelt'];
  const others: readonly unknown[] = Array.isArray(declared) ? declared : [];
  return (belt === 'all' && unit === own) || others.includes(unit);
}

/** Whether a content says what a role asks for, word for word. */
export function saysSo(content: Readonly<Record<string, unknown>>, says: NonNullable<CitationRule['says']>): boolean {
  return Object.entries(says).every(([name, value]) => content[name] === value);
}
