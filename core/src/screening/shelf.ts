import shelf from './rule-set.json';
import { compileRules, type CompiledRules } from './compile';
import { ruleSetSchema, type RuleSet } from './rule-set';

let known: { readonly ruleSet: RuleSet; readonly compiled: CompiledRules } | undefined;

function shelved(): { readonly ruleSet: RuleSet; readonly compiled: CompiledRules } {
  if (known) return known;
  const ruleSet = ruleSetSchema.parse(shelf);
  known = { ruleSet, compiled: compileRules(ruleSet) };
  return known;
}

/** The rule set that comes with the program, from the folder `rules/`: what an authority files, and what a file is screened by where no ledger says otherwise. */
export function shelvedRuleSet(): RuleSet {
  return shelved().ruleSet;
}

/** The same, ready to run. */
export function shelvedScreening(): CompiledRules {
  return shelved().compiled;
}
