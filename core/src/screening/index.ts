export { BookIndex, type Book, type BookRecord, type BrokenFigure } from './book';
export { assertRuleSet, compileRules, ruleSetFaults, type CompiledRules } from './compile';
export { screenBook, type BookOutcome, type Finding } from './run-book';
export { ruleSetSchema, type RuleSet, type ScreeningRule, type Severity } from './rule-set';
export { shelvedScreening, shelvedRuleSet } from './shelf';
