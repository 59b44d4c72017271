import { isLedgerError } from '../../errors';
import type { FormulaNode } from '../../formula';
import { decimalPlaces } from '../../decimal';
import { ownEntry } from '../own-entry';
import type { Binding } from '../spec';
import { inferUnit, quantityOf, resultMismatch, UnitMismatch, type Inferred } from '../units/infer';
import { isShare, parseUnit } from '../units/unit';
import type { LintSubject, PlacedCase } from './subject';

function unitOfFigure(subject: LintSubject, table: string, role: string, figure: string): string | undefined {
  const of = subject.tableOf(table, role);
  if (of === undefined) return undefined;
  return subject.specOf(of, figure)?.unit ?? ownEntry(subject.profile[of]?.units, figure);
}

function unitOfContent(subject: LintSubject, table: string, role: string, field: string): string | undefined {
  const of = subject.tableOf(table, role);
  return of === undefined ? undefined : subject.profile[of]?.content[field]?.unit;
}

/** The unit that a binding's values have; undefined where it has none (text) or the name is unknown (told elsewhere). */
function unitOf(subject: LintSubject, table: string, binding: Binding): string | undefined {
  if ('figure' in binding) return unitOfFigure(subject, table, binding.from, binding.figure);
  if ('content' in binding) return unitOfContent(subject, table, binding.from ?? 'self', binding.content);
  const [name] = subject.parameterNames(binding);
  return name === undefined ? undefined : subject.folder.parameters[name]?.unit;
}

/** Parameters that a field chooses among must all be in one unit. */
function checkParameterUnits(subject: LintSubject, at: PlacedCase): void {
  for (const [variable, binding] of Object.entries(at.formula.inputs)) {
    if (!('parameter' in binding)) continue;
    const units = new Set(subject.parameterNames(binding).map((name) => subject.folder.parameters[name]?.unit));
    if (units.size > 1)
      subject.fault(`${at.place}/of/${variable}`, `${binding.parameter} is in several units: ${[...units].join(', ')}`);
  }
}

function inferredInputs(subject: LintSubject, { table, formula }: PlacedCase): Map<string, Inferred> {
  const units = new Map<string, Inferred>();
  for (const [variable, binding] of Object.entries(formula.inputs)) {
    const unit = unitOf(subject, table, binding);
    if (unit !== undefined) units.set(variable, quantityOf(parseUnit(unit), isShare(unit)));
  }
  return units;
}

function checkUnit(subject: LintSubject, at: PlacedCase): void {
  if (!at.node) return;
  try {
    const inferred = inferUnit(at.node, inferredInputs(subject, at));
    const mismatch = resultMismatch(inferred, parseUnit(at.figure.unit), at.figure.unit);
    if (mismatch !== undefined) subject.fault(`${at.place}/formula`, `${at.formula.expression} ${mismatch}`);
  } catch (error) {
    if (error instanceof UnitMismatch)
      subject.fault(`${at.place}/formula`, `${at.formula.expression} ${error.message}`);
    // A unit that cannot be read is told where it is declared.
    else if (!isLedgerError(error)) throw error;
  }
}

function declaredUnits(subject: LintSubject): [string, string][] {
  const figures = Object.entries(subject.document.figures).flatMap(([table, specs]) =>
    specs.map((spec): [string, string] => [`/methodology/figures/${table}/${spec.name}/unit`, spec.unit]),
  );
  const parameters = Object.entries(subject.folder.parameters).map(([name, { unit }]): [string, string] => [
    `/parameters/values/${name}/unit`,
    unit,
  ]);
  const profile = Object.entries(subject.profile).flatMap(([table, { content, units }]) => [
    ...Object.entries(content).map(([name, { unit }]): [string, string] => [
      `/profile/${table}/content/${name}/unit`,
      unit ?? '1',
    ]),
    ...Object.entries(units).map(([name, unit]): [string, string] => [`/profile/${table}/units/${name}`, unit]),
  ]);
  return [...figures, ...parameters, ...profile];
}

/** Units: that each can be read, and through every formula (GJ/t × t is GJ). */
export function checkUnits(subject: LintSubject): void {
  for (const [place, unit] of declaredUnits(subject)) {
    try {
      parseUnit(unit);
    } catch (error) {
      if (!isLedgerError(error)) throw error;
      subject.fault(place, error.message);
    }
  }
  for (const at of subject.cases) {
    checkParameterUnits(subject, at);
    checkUnit(subject, at);
  }
}

const endless = 1000;

/** Digits after the point that the value may have; `endless` for a quotient or a power. */
function digitsOf(node: FormulaNode, digits: ReadonlyMap<string, number>): number {
  const of = (one: FormulaNode): number => digitsOf(one, digits);
  switch (node.kind) {
    case 'number':
      return decimalPlaces(node.text);
    case 'name':
      // A fact of a plan is written with as many decimals as its filer likes.
      return digits.get(node.name) ?? endless;
    case 'negate':
      return of(node.operand);
    case 'binary':
      if (node.operator === '/') return endless;
      return node.operator === '*' ? of(node.left) + of(node.right) : Math.max(of(node.left), of(node.right));
    case 'call':
      return digitsOfCall(node, of);
  }
}

function digitsOfCall(node: Extract<FormulaNode, { kind: 'call' }>, of: (node: FormulaNode) => number): number {
  const [first, second] = node.args;
  if (node.fn === 'floor') return 0;
  if (node.fn === 'round') return second?.kind === 'number' ? Number(second.text) : endless;
  if (node.fn === 'wavg' || node.fn === 'mean' || node.fn === 'pow') return endless;
  if (node.fn === 'sumproduct') return node.args.reduce((sum, arg) => sum + of(arg), 0);
  return first ? Math.max(...node.args.map(of)) : 0;
}

function inputDigits(subject: LintSubject, { table, formula }: PlacedCase): Map<string, number> {
  const digits = new Map<string, number>();
  for (const [variable, binding] of Object.entries(formula.inputs)) {
    if ('figure' in binding) {
      const spec = subject.specOf(subject.tableOf(table, binding.from) ?? '', binding.figure);
      digits.set(variable, spec?.decimals ?? 0);
    } else if ('parameter' in binding) digits.set(variable, parameterDigits(subject, subject.parameterNames(binding)));
  }
  return digits;
}

function parameterDigits(subject: LintSubject, names: readonly string[]): number {
  const texts = [...subject.parameters.values()].flatMap(({ values }) =>
    names.flatMap((name) => values[name]?.value ?? []),
  );
  return Math.max(0, ...texts.map(decimalPlaces));
}

/** A formula says itself how it is rounded, to just as many decimals as its figure has. */
export function checkDecimals(subject: LintSubject): void {
  for (const at of subject.cases) {
    if (!at.node) continue;
    const { decimals, name } = at.figure;
    const rounding = at.node.kind === 'call' && at.node.fn === 'round' ? at.node.args[1] : undefined;
    if (rounding?.kind === 'number' && rounding.text !== String(decimals)) {
      subject.fault(`${at.place}/formula`, `rounds to ${rounding.text} decimals, but ${name} has ${String(decimals)}`);
    } else if (digitsOf(at.node, inputDigits(subject, at)) > decimals) {
      const cure = `round(${at.formula.expression}, ${String(decimals)})`;
      subject.fault(
        `${at.place}/formula`,
        `may have more than the ${String(decimals)} decimals of ${name}: write ${cure}, or floor`,
      );
    }
  }
}
