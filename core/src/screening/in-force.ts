import type { RuleSet, ScreeningRule } from './rule-set';

/** Rules laid over others: one of the same id takes the place of the earlier one, others follow. */
function laidOver(rules: readonly ScreeningRule[], over: readonly ScreeningRule[]): ScreeningRule[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  for (const rule of over) byId.set(rule.id, rule);
  return [...byId.values()];
}

/**
 * A rule set with parts laid over it, in their order. A record holds no more than 64 KB and the whole set is larger: what the authority
 * changes is filed as a part under a label (`rule-set.carbon`), and all other rules stay as they are. Traits of a part count where it has any.
 */
export function withParts(whole: RuleSet, parts: readonly RuleSet[]): RuleSet {
  return parts.reduce(
    (set, { rules, traits }) => ({
      ...set,
      rules: laidOver(set.rules, rules),
      traits: {
        kind: traits.kind.length > 0 ? traits.kind : set.traits.kind,
        fuel: traits.fuel.length > 0 ? traits.fuel : set.traits.fuel,
      },
    }),
    whole,
  );
}
