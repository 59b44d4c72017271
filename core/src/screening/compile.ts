import { isLedgerError, type Fault } from '../errors';
import { formulaNames, parseFormula } from '../formula';
import { learntNames } from './learnt-names';
import { parseCondition, parseInput, wideWindows, type Condition, type Input } from './notation';
import { predicates } from './predicates';
import type { Check, FormulaCheck, InputText, PredicateCheck, RuleSet, ScreeningRule } from './rule-set';

/** A variable of a check: read, computed, or a window over one of these. */
interface Variable {
  readonly input?: Input;
  readonly otherwise?: string;
  readonly formula?: string;
}

export interface CompiledFormula {
  readonly kind: 'formula';
  readonly check: FormulaCheck;
  readonly variables: ReadonlyMap<string, Variable>;
  /** Names of the wide windows' columns: what one row of a group is made of. */
  readonly columns: readonly string[];
}

export interface CompiledPredicate {
  readonly kind: 'predicate';
  readonly check: PredicateCheck;
}

export type CompiledCheck = (CompiledFormula | CompiledPredicate) & {
  readonly rule: ScreeningRule;
  readonly index: number;
  readonly conditions: readonly Condition[];
  readonly needs: readonly Condition[];
  readonly only: readonly Condition[];
  readonly touches: readonly Input[];
  /** It looks beyond the enterprise's own book. */
  readonly isWide: boolean;
};

export interface CompiledRules {
  readonly ruleSet: RuleSet;
  readonly checks: readonly CompiledCheck[];
}

function variableOf(text: InputText): Variable {
  return typeof text === 'string'
    ? { input: parseInput(text) }
    : { input: parseInput(text.from), otherwise: text.else };
}

function variablesOf(check: FormulaCheck): Map<string, Variable> {
  const inputs = Object.entries(check.inputs).map(([name, text]) => [name, variableOf(text)] as const);
  const lets = Object.entries(check.let ?? {}).map(([name, formula]) => [name, { formula }] as const);
  return new Map<string, Variable>([...inputs, ...lets]);
}

function isWideInput({ input }: Variable): boolean {
  return input?.from === 'series' && wideWindows.includes(input.over);
}

function columnsOf(variables: ReadonlyMap<string, Variable>): string[] {
  const columns = [...variables.values()].flatMap(({ input }) => (input?.from === 'series' ? [input.of] : []));
  return [...new Set(columns)].sort();
}

function isPredicate(check: Check): check is PredicateCheck {
  return 'predicate' in check;
}

function compileCheck(rule: ScreeningRule, check: Check, index: number): CompiledCheck {
  const shared = {
    rule,
    index,
    conditions: (check.when ?? []).map(parseCondition),
    needs: (check.needs ?? []).map(parseCondition),
    only: (check.only ?? []).map(parseCondition),
    touches: (check.touches ?? []).map(parseInput),
  };
  if (isPredicate(check))
    return { ...shared, kind: 'predicate', check, isWide: predicates[check.predicate]?.isWide === true };
  const variables = variablesOf(check);
  const isWide = [...variables.values()].some(isWideInput);
  return { ...shared, kind: 'formula', check, variables, columns: columnsOf(variables), isWide };
}

/** @throws LedgerError BAD_FORMULA where a rule cannot be read */
export function compileRules(ruleSet: RuleSet): CompiledRules {
  const checks = ruleSet.rules.flatMap((rule) => rule.checks.map((check, index) => compileCheck(rule, check, index)));
  return { ruleSet, checks };
}

function formulasOf(check: FormulaCheck): string[] {
  const bands = check.bands.flatMap(({ low, high }) => [low, high]);
  return [check.value, ...Object.values(check.let ?? {}), ...bands].filter((text) => text !== undefined);
}

function namesOf(rule: ScreeningRule, check: FormulaCheck): string[] {
  const learnt = rule.learn === undefined ? [] : learntNames(rule.learn);
  const limits = new Set([...Object.keys(rule.parameters ?? {}), ...learnt]);
  return [...limits, ...Object.keys(check.inputs), ...Object.keys(check.let ?? {})];
}

function fault(path: string, message: string): Fault {
  return { path, code: 'BAD_FORMULA', message };
}

function told(path: string, look: () => Fault[]): Fault[] {
  try {
    return look();
  } catch (error) {
    if (isLedgerError(error)) return [fault(path, error.message)];
    throw error;
  }
}

function formulaFaults(rule: ScreeningRule, check: FormulaCheck, path: string): Fault[] {
  const known = namesOf(rule, check);
  const twice = known.filter((name, index) => known.indexOf(name) !== index);
  return [
    ...twice.map((name) => fault(path, `${name} stands for two things`)),
    ...formulasOf(check).flatMap((text) =>
      told(path, () => {
        const missing = formulaNames(parseFormula(text, 'screening')).filter((name) => !known.includes(name));
        return missing.map((name) => fault(path, `${JSON.stringify(text)}: ${name} is neither input nor parameter`));
      }),
    ),
    ...[...variablesOf(check).values()].flatMap(({ input }) =>
      input?.from === 'series' && !known.includes(input.of) ? [fault(path, `${input.of} is no variable`)] : [],
    ),
  ];
}

function predicateFaults(check: PredicateCheck, path: string): Fault[] {
  const known = predicates[check.predicate];
  if (!known) return [fault(path, `${check.predicate} is no predicate`)];
  const missing = known.takes.filter((name) => !Object.hasOwn(check.with, name));
  const extra = Object.keys(check.with).filter((name) => !known.takes.includes(name) && !known.mayTake.includes(name));
  return [
    ...missing.map((name) => fault(path, `${check.predicate} needs ${name}`)),
    ...extra.map((name) => fault(path, `${check.predicate} takes no ${name}`)),
  ];
}

function checkFaults(rule: ScreeningRule, check: Check, path: string): Fault[] {
  return told(path, () => {
    compileCheck(rule, check, 0);
    return isPredicate(check) ? predicateFaults(check, path) : formulaFaults(rule, check, path);
  });
}

/** What is learnt belongs to values of the first check. */
function learnFaults({ learn, checks }: ScreeningRule, path: string): Fault[] {
  const [first] = checks;
  if (learn === undefined || first === undefined) return [];
  if (isPredicate(first)) return [fault(path, 'what is learnt belongs to a formula')];
  const known = [...Object.keys(first.inputs), ...Object.keys(first.let ?? {})];
  return [learn.y, ...learn.x].flatMap((name) => (known.includes(name) ? [] : [fault(path, `${name} is no variable`)]));
}

/** What the schema cannot see: names without meaning, formulas that cannot be read, ids that stand twice. */
export function ruleSetFaults({ rules }: RuleSet): Fault[] {
  const ids = rules.map(({ id }) => id);
  return rules.flatMap((rule, at) => [
    ...(ids.indexOf(rule.id) === at ? [] : [fault(`/rules/${String(at)}/id`, `${rule.id} stands there twice`)]),
    ...learnFaults(rule, `/rules/${String(at)}/learn`),
    ...rule.checks.flatMap((check, index) => checkFaults(rule, check, `/rules/${String(at)}/checks/${String(index)}`)),
  ]);
}
