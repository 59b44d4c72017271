import { Decimal, parseDecimal } from '../decimal';
import { LedgerError } from '../errors';
import { namesTogether, type FormulaValue } from '../formula';
import type { Binding, Condition, ContentBinding, FigureSpec, FormulaCase } from './spec';
import type { FigureBook, RecordScope } from './scope';

/** One input of a formula, resolved: where it stands and what it says. */
export interface ResolvedInput {
  readonly variable: string;
  readonly source:
    | { readonly kind: 'figure'; readonly scope: RecordScope; readonly figure: string }
    | { readonly kind: 'parameter'; readonly scope: RecordScope; readonly parameter: string }
    | { readonly kind: 'content'; readonly scope: RecordScope; readonly field: string };
  readonly value: string;
}

/** A figure that is not (yet) there. Callers decide whether that is a fault or a reason to wait. */
export class MissingInput extends LedgerError {
  constructor(
    readonly figure: string,
    readonly role: string,
  ) {
    super('FIGURE_MISSING', `${figure} is not given in ${role === 'self' ? 'this record' : `the cited ${role}`}`, {
      details: { figure, role },
    });
  }
}

/** @param member where only the record counts whose kind has it for its label */
function scopesOf(scope: RecordScope, role: string, member?: string): readonly RecordScope[] {
  const all = role === 'self' ? [scope] : (scope.cited.get(role) ?? []);
  return member === undefined ? all : all.filter(({ record }) => record.kind.split('.')[1] === member);
}

/** The member whose record alone a binding or condition looks at. */
function memberAsked(
  { label }: { readonly label?: string | undefined },
  member: string | undefined,
): string | undefined {
  return label === undefined ? undefined : (member ?? label);
}

/** A public field as formulas and conditions see it; anything but text, numbers and booleans is no value. */
export function contentText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'boolean' || typeof value === 'number' ? String(value) : undefined;
}

function contentField(scope: RecordScope, binding: ContentBinding): { scope: RecordScope; value: string } {
  const [owner] = scopesOf(scope, binding.from ?? 'self');
  const value = contentText(owner?.record.content[binding.content]);
  if (owner === undefined || value === undefined) throw new MissingInput(binding.content, binding.from ?? 'self');
  return { scope: owner, value };
}

/** The member of a family that is computed: `coke` of `fuel.emission.coke` in `fuel.emission.*`. */
export function memberOf(family: string, name: string): string | undefined {
  return family.endsWith('.*') && name.startsWith(family.slice(0, -1)) ? name.slice(family.length - 1) : undefined;
}

/** `fuel.FC.@` for the member `coke` is `fuel.FC.coke`. */
function ofMember(name: string, member: string | undefined): string {
  return name.endsWith('.@') && member !== undefined ? `${name.slice(0, -1)}${member}` : name;
}

function withMember(binding: Binding, member: string | undefined): Binding {
  if (member === undefined) return binding;
  if ('figure' in binding) return { ...binding, figure: ofMember(binding.figure, member) };
  if ('parameter' in binding) return { ...binding, parameter: ofMember(binding.parameter, member) };
  return binding;
}

function parameterInput(
  variable: string,
  scope: RecordScope,
  binding: Extract<Binding, { parameter: string }>,
): ResolvedInput {
  const name = binding.by ? `${binding.parameter}.${contentField(scope, binding.by).value}` : binding.parameter;
  const [table] = scopesOf(scope, 'parameters');
  const values = table?.record.content['values'] as Readonly<Record<string, { value: string }>> | undefined;
  const entry = values && Object.hasOwn(values, name) ? values[name] : undefined;
  if (!table || !entry) throw new MissingInput(name, 'parameters');
  return { variable, source: { kind: 'parameter', scope: table, parameter: name }, value: entry.value };
}

/** Names of a family `daily.fc_t.*` in a record, in order; for a plain name just that name. */
export function familyMembers(figures: FigureBook, name: string): string[] {
  if (!name.endsWith('.*')) return [name];
  const prefix = name.slice(0, -1);
  figures.family?.(prefix);
  return [...figures.keys()].filter((key) => key.startsWith(prefix)).sort();
}

function figureInputs(
  variable: string,
  scope: RecordScope,
  binding: Extract<Binding, { figure: string }>,
  member: string | undefined,
): ResolvedInput[] {
  const asked = memberAsked(binding, member);
  const owners = scopesOf(scope, binding.from, asked);
  if (owners.length === 0)
    throw new MissingInput(binding.figure, asked === undefined ? binding.from : `${binding.from}.${asked}`);
  return owners.flatMap((owner) =>
    familyMembers(owner.figures, binding.figure).map((figure) => {
      const value = owner.figures.get(figure);
      if (!value) throw new MissingInput(figure, binding.from);
      return { variable, source: { kind: 'figure', scope: owner, figure } as const, value: value.value };
    }),
  );
}

/** Everything that a binding stands for. @throws MissingInput */
function resolveBinding(variable: string, scope: RecordScope, written: Binding, member?: string): ResolvedInput[] {
  const binding = withMember(written, member);
  if ('figure' in binding) return figureInputs(variable, scope, binding, member);
  if ('parameter' in binding) return [parameterInput(variable, scope, binding)];
  const field = contentField(scope, binding);
  return [{ variable, source: { kind: 'content', scope: field.scope, field: binding.content }, value: field.value }];
}

const comparisons: Readonly<Record<'eq' | 'lt' | 'le' | 'gt' | 'ge', (order: number) => boolean>> = {
  eq: (order) => order === 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
};

function holds(condition: Condition, scope: RecordScope, member: string | undefined): boolean {
  if ('cited' in condition)
    return scopesOf(scope, condition.cited, memberAsked(condition, member)).length > 0 === condition.is;
  const [input] = resolveBinding('condition', scope, condition.of, member);
  if (!input) return false;
  if (condition.op === 'in') return condition.value.includes(input.value);
  if (condition.op === 'eq') return input.value === condition.value;
  return comparisons[condition.op](parseDecimal(input.value).cmp(parseDecimal(condition.value)));
}

/**
 * The first case whose conditions all hold, or undefined: then the figure is a stated one.
 * @param member of a family: the one that is asked for
 * @throws MissingInput
 */
export function selectCase(spec: FigureSpec, scope: RecordScope, member?: string): FormulaCase | undefined {
  return spec.cases.find((candidate) => (candidate.when ?? []).every((condition) => holds(condition, scope, member)));
}

/** A family that a formula takes whole, and whose it is. */
interface WholeFamily {
  readonly from: string;
  readonly figure: string;
}

function wholeFamily(binding: Binding | undefined): WholeFamily | undefined {
  return binding && 'figure' in binding && binding.figure.endsWith('.*') ? binding : undefined;
}

/** Families of the record itself that a formula takes whole. */
export function ownFamilies(formula: FormulaCase): readonly string[] {
  return Object.values(formula.inputs).flatMap((binding) => {
    const family = wholeFamily(binding);
    return family?.from === 'self' ? [family.figure] : [];
  });
}

/** Members of a family of one record; nothing for the families of several, whose lists are of no one record. */
function membersOf({ from, figure }: WholeFamily, scope: RecordScope): readonly string[] | undefined {
  const [owner, ...others] = scopesOf(scope, from);
  if (!owner || others.length > 0) return undefined;
  return familyMembers(owner.figures, figure).map((name) => memberOf(figure, name) ?? '');
}

function missingMember({ from, figure }: WholeFamily, member: string): MissingInput {
  return new MissingInput(ofMember(`${figure.slice(0, -1)}@`, member), from);
}

/** Families that are taken member by member must have the same members, or a value would meet another's weight. */
function assertSameMembers(formula: FormulaCase, scope: RecordScope): void {
  for (const names of namesTogether(formula.expression)) {
    const [first, ...others] = names.flatMap((name) => {
      const family = wholeFamily(formula.inputs[name]);
      const members = family && membersOf(family, scope);
      return family && members ? [{ family, members }] : [];
    });
    for (const { family, members } of others) {
      const absent = first?.members.find((member) => !members.includes(member));
      if (absent !== undefined) throw missingMember(family, absent);
      const extra = members.find((member) => first?.members.includes(member) === false);
      if (first && extra !== undefined) throw missingMember(first.family, extra);
    }
  }
}

/** All inputs of a formula case in the order of its variables. @throws MissingInput */
export function resolveInputs(formula: FormulaCase, scope: RecordScope, member?: string): ResolvedInput[] {
  assertSameMembers(formula, scope);
  return Object.entries(formula.inputs).flatMap(([variable, binding]) =>
    resolveBinding(variable, scope, binding, member),
  );
}

/** The family that a computed family takes member by member: the first in its cases. */
function familyBehind(spec: FigureSpec): string | undefined {
  const bindings = spec.cases.flatMap(({ inputs, when }) => [
    ...Object.values(inputs),
    ...(when ?? []).flatMap((condition) => ('of' in condition ? [condition.of] : [])),
  ]);
  for (const binding of bindings) {
    if ('figure' in binding && binding.from === 'self' && binding.figure.endsWith('.@'))
      return `${binding.figure.slice(0, -1)}*`;
  }
  return undefined;
}

/** The families behind a computed family, down to the one that is stated. */
function familiesBehind(spec: FigureSpec, specs: readonly FigureSpec[]): readonly string[] {
  const found: string[] = [];
  let at: FigureSpec | undefined = spec;
  while (at) {
    const behind = familyBehind(at);
    if (behind === undefined || found.includes(behind)) break;
    found.push(behind);
    at = specs.find(({ name }) => name === behind);
  }
  return found;
}

/** Whether a formula gives a member, as far as can be told: where a condition cannot be decided yet, it may. */
function isGiven(spec: FigureSpec, scope: RecordScope, member: string | undefined): boolean {
  try {
    return spec.required || spec.stated || selectCase(spec, scope, member) !== undefined;
  } catch (error) {
    if (error instanceof LedgerError) return true;
    throw error;
  }
}

/**
 * Members of a computed family that what it is computed from asks for: none of them may be left out but those, of a family that
 * is not required, that no formula gives.
 */
export function askedMembers(scope: RecordScope, spec: FigureSpec, specs: readonly FigureSpec[]): readonly string[] {
  if (!spec.name.endsWith('.*')) return [];
  const members = familiesBehind(spec, specs).flatMap((family) =>
    familyMembers(scope.figures, family).map((name) => memberOf(family, name)),
  );
  return members
    .filter((member) => isGiven(spec, scope, member))
    .map((member) => ofMember(`${spec.name.slice(0, -1)}@`, member));
}

/** Names under which a record carries a figure: of a computed family also those that its formulas ask for. */
export function figureNames(scope: RecordScope, spec: FigureSpec, specs: readonly FigureSpec[]): string[] {
  const present = familyMembers(scope.figures, spec.name);
  const asked = askedMembers(scope, spec, specs);
  return asked.length === 0 ? present : [...new Set([...present, ...asked])].sort();
}

function isListBinding(binding: Binding | undefined, count: number): boolean {
  return count !== 1 || (binding !== undefined && 'figure' in binding && binding.figure.endsWith('.*'));
}

/** The inputs as the formula's evaluator takes them. */
export function formulaInputs(formula: FormulaCase, inputs: readonly ResolvedInput[]): Record<string, FormulaValue> {
  const values: Record<string, FormulaValue> = {};
  for (const [variable, binding] of Object.entries(formula.inputs)) {
    const numbers = inputs
      .filter((input) => input.variable === variable)
      .map((input) => new Decimal(parseDecimal(input.value)));
    values[variable] = isListBinding(binding, numbers.length) ? numbers : (numbers[0] ?? []);
  }
  return values;
}
