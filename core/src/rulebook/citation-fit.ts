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
  return rule.same?.find((part) => !isSame[part](own, key));
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
