import type { Finding, ScreeningRule } from './rule';
import { carbonRules } from './rules/carbon';
import { documentRules } from './rules/documents';
import { fuelRules } from './rules/fuel';
import { productionRules } from './rules/production';
import { ScreeningYear, type ScreeningInput } from './year';

/** All rules, by id. */
export const screeningRules: readonly ScreeningRule[] = [
  ...fuelRules,
  ...carbonRules,
  ...productionRules,
  ...documentRules,
].sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));

/** A rule that looked at a value that was not read has nothing to say. */
function isSpoken({ touches }: Finding, { unread }: ScreeningInput): boolean {
  return !touches.some((address) => unread.has(address));
}

/** Runs every rule over a plant-year. A finding is a question to the plant, not a verdict: see the rule's severity. */
export function screenPlantYear(input: ScreeningInput): Finding[] {
  const year = new ScreeningYear(input);
  const findings = screeningRules.flatMap((rule) =>
    rule.evaluate(year).map(({ touches, got, limit, severity = rule.severity }) => ({
      rule: rule.id,
      severity,
      touches,
      got,
      limit,
    })),
  );
  return findings.filter((finding) => isSpoken(finding, input));
}

export type { Finding, ScreeningRule } from './rule';
export type { ScreeningInput } from './year';
