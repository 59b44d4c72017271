export type { Book, BookRecord, BrokenFigure } from './book';
export { brokenFigures } from './recompute';
export { compileRules, ruleSetFaults, type CompiledRules } from './compile';
export { generalLimit } from './parameters';
export { withParts } from './in-force';
export { learnRelations } from './learn';
export { screenBook, type BookOutcome, type Finding } from './run-book';
export { ruleSetSchema, type RuleSet, type ScreeningRule, type Severity } from './rule-set';
export {
  bookDigest,
  findingId,
  ruleSetDigest,
  screenBooks,
  type BookSource,
  type Remembered,
  type ScreeningFinding,
  type ScreeningMemory,
  type ScreeningResult,
  type ScreeningRun,
  type ScreeningScope,
} from './screening';
export { shelvedRuleSet, shelvedScreening } from './shelf';
export { explanationOf, filedResult, keysOfFindings } from './filed';
