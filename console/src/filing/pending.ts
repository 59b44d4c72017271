import { isMeant, nearest, type BuiltRecord, type BusinessKey, type CitationRule } from '@carbon-ledger/core';

type Cited = Readonly<Record<string, readonly BuiltRecord[]>>;

function fits({ record }: BuiltRecord, rule: CitationRule, own: BusinessKey): boolean {
  return rule.type !== 'any' && isMeant(rule, own, { ...record.subject, kind: record.kind });
}

function joined(standing: readonly BuiltRecord[], own: readonly BuiltRecord[], most: number): readonly BuiltRecord[] {
  if (most === 1) return own.slice(-1);
  const keys = new Set(own.map(({ key }) => key));
  return [...standing.filter(({ key }) => !keys.has(key)), ...own];
}

/**
 * What is cited, with records of the same submission in the place of what stands under their keys: the report of a plant rests on
 * those of its units, which are filed along with it.
 */
export function withPending(
  cited: Cited,
  rules: readonly CitationRule[],
  filed: BusinessKey,
  pending: readonly BuiltRecord[],
): Cited {
  const own = rules.flatMap((rule) => {
    const found = nearest(
      pending.filter((one) => fits(one, rule, filed)),
      rule,
      filed,
      ({ record }) => record.kind,
    );
    return found.length === 0 ? [] : [[rule.role, joined(cited[rule.role] ?? [], found, rule.max)] as const];
  });
  return { ...cited, ...Object.fromEntries(own) };
}
