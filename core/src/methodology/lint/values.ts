import { withArticle } from '../../errors';
import type { FormulaNode } from '../../formula';
import { formatBinding } from '../notation';
import type { Binding, Condition } from '../spec';
import type { LintSubject, PlacedCase } from './subject';

type Call = Extract<FormulaNode, { kind: 'call' }>;

const ofLists: ReadonlySet<string> = new Set(['sum', 'mean', 'wavg', 'sumproduct']);

function takesLists({ fn, args }: Call): boolean {
  return ofLists.has(fn) || ((fn === 'min' || fn === 'max') && args.length === 1);
}

function partsOf(node: FormulaNode): readonly FormulaNode[] {
  if (node.kind === 'negate') return [node.operand];
  if (node.kind === 'binary') return [node.left, node.right];
  return node.kind === 'call' ? node.args : [];
}

/** Names that stand where one number is needed. */
function namesAsNumbers(node: FormulaNode): string[] {
  if (node.kind === 'name') return [node.name];
  const isOfLists = node.kind === 'call' && takesLists(node);
  return partsOf(node).flatMap((part) => (isOfLists && part.kind === 'name' ? [] : namesAsNumbers(part)));
}

function checkNumbers(subject: LintSubject, { table, formula, node, place }: PlacedCase): void {
  for (const name of new Set(node ? namesAsNumbers(node) : [])) {
    const binding = formula.inputs[name];
    if (binding && subject.isList(table, binding))
      subject.fault(
        `${place}/formula`,
        `${name} may be several values (${formatBinding(binding)}): take sum, mean, wavg, sumproduct, min or max of it`,
      );
  }
}

/** A text, a choice or a day is nothing to compute with. */
function checkFields(subject: LintSubject, { table, formula, place }: PlacedCase): void {
  for (const [variable, binding] of Object.entries(formula.inputs)) {
    const kind = 'content' in binding ? subject.fieldOf(table, binding)?.kind : undefined;
    if (kind !== undefined && kind !== 'decimal')
      subject.fault(`${place}/of/${variable}`, `${formatBinding(binding)} is ${withArticle(kind)}, not a number`);
  }
}

/** What a formula divides by: divisors, and the weights of a mean. */
function divisorsOf(node: FormulaNode): FormulaNode[] {
  const inner = partsOf(node).flatMap(divisorsOf);
  if (node.kind === 'binary' && node.operator === '/') return [node.right, ...inner];
  const weights = node.kind === 'call' && node.fn === 'wavg' ? node.args[1] : undefined;
  return weights ? [weights, ...inner] : inner;
}

/** Names of a divisor that is zero where any of them is; none for a difference, of which nobody can tell. */
function factorsOf(node: FormulaNode): string[] {
  if (node.kind === 'name') return [node.name];
  if (node.kind === 'negate') return factorsOf(node.operand);
  if (node.kind === 'binary' && node.operator === '*') return [...factorsOf(node.left), ...factorsOf(node.right)];
  return node.kind === 'call' && node.fn === 'sum' ? node.args.flatMap(factorsOf) : [];
}

/** Whether a condition that holds keeps a value from being zero. */
function excludesZero(condition: Condition, binding: Binding): boolean {
  if (!('of' in condition) || formatBinding(condition.of) !== formatBinding(binding)) return false;
  const { op } = condition;
  if (op === 'in') return condition.value.every((value) => Number(value) !== 0);
  const order = Math.sign(Number(condition.value));
  const kept = { gt: order >= 0, ge: order > 0, lt: order <= 0, le: order < 0, eq: order !== 0 } as const;
  return kept[op];
}

/** The weights of a mean are several: any condition that there is some of something is taken to mean them. */
function isKeptFromZero(subject: LintSubject, { table, formula }: PlacedCase, binding: Binding): boolean {
  const isList = subject.isList(table, binding);
  return (formula.when ?? []).some((condition) => {
    if (excludesZero(condition, binding)) return true;
    return isList && 'of' in condition && 'figure' in condition.of && excludesZero(condition, condition.of);
  });
}

function checkDivisors(subject: LintSubject, at: PlacedCase): void {
  const { formula, node, place } = at;
  for (const name of new Set((node ? divisorsOf(node) : []).flatMap(factorsOf))) {
    const binding = formula.inputs[name];
    if (!binding || !('figure' in binding) || isKeptFromZero(subject, at, binding)) continue;
    subject.note(
      `${place}/formula`,
      `divides by ${formatBinding(binding)}: a record in which it is 0 will be refused, unless a condition ("FIGURE > 0") excludes that and another case says what it is then`,
    );
  }
}

/** Lists where a number is needed, texts that are computed with, and divisors that may be zero (a note). */
export function checkValues(subject: LintSubject): void {
  for (const at of subject.cases) {
    checkNumbers(subject, at);
    checkFields(subject, at);
    checkDivisors(subject, at);
  }
}
