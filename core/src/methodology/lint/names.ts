import { withArticle } from '../../errors';
import { formulaNames } from '../../formula';
import { formatBinding } from '../notation';
import type { Binding, ContentBinding } from '../spec';
import type { LintSubject, PlacedCase } from './subject';

function closest(name: string, known: readonly string[]): string {
  const alike = known.find((one) => one.toLowerCase() === name.toLowerCase());
  return alike === undefined ? '' : `; did you mean ${alike}?`;
}

/** The table of a role, or a fault. */
function citedTable(subject: LintSubject, table: string, role: string, place: string): string | undefined {
  const found = subject.tableOf(table, role);
  if (found === undefined) {
    const known = Object.keys(subject.profile[table]?.cites ?? {});
    subject.fault(
      place,
      `${table} cites nothing in the role ${role}; profile/${table}/cites names ${known.join(', ') || 'none'}`,
    );
  }
  return found;
}

function checkMember(subject: LintSubject, { figure }: PlacedCase, name: string, place: string): void {
  if (name.endsWith('.@') && !figure.name.endsWith('.*'))
    subject.fault(place, `${name} stands for the member of a family, but ${figure.name} is none`);
}

function checkFigure(
  subject: LintSubject,
  at: PlacedCase,
  binding: Extract<Binding, { figure: string }>,
  place: string,
): void {
  const table = citedTable(subject, at.table, binding.from, place);
  if (table === undefined) return;
  checkMember(subject, at, binding.figure, place);
  const units = subject.profile[table]?.units ?? {};
  if (subject.specOf(table, binding.figure) || Object.hasOwn(units, binding.figure)) return;
  const known = [...subject.specs(table).map((spec) => spec.name), ...Object.keys(units)];
  subject.fault(place, `${table} has no figure ${binding.figure}${closest(binding.figure, known)}`);
}

function checkContent(subject: LintSubject, table: string, binding: ContentBinding, place: string): void {
  const of = citedTable(subject, table, binding.from ?? 'self', place);
  if (of === undefined) return;
  const fields = subject.profile[of]?.content ?? {};
  if (Object.hasOwn(fields, binding.content)) return;
  subject.fault(
    place,
    `profile/${of}/content has no ${binding.content}${closest(binding.content, Object.keys(fields))}`,
  );
}

/** What chooses a parameter has values that are known beforehand. */
function checkChooser(subject: LintSubject, table: string, by: ContentBinding, place: string): void {
  checkContent(subject, table, by, place);
  const kind = subject.fieldOf(table, by)?.kind;
  if (kind !== undefined && kind !== 'choice')
    subject.fault(place, `a parameter is chosen by a choice, and ${by.content} is ${withArticle(kind)}`);
}

/** Every choice of the field must have its parameter: `CC.I`, `CC.II` … */
function missingChoices(
  subject: LintSubject,
  at: PlacedCase,
  binding: Extract<Binding, { parameter: string }>,
): string[] {
  if (!binding.by) return [];
  const of = subject.tableOf(at.table, binding.by.from ?? 'self') ?? '';
  const choices = Object.keys(subject.profile[of]?.content[binding.by.content]?.choices ?? {});
  const excluded = new Set(allowedChoices(at, binding.by));
  return choices
    .filter((choice) => excluded.size === 0 || excluded.has(choice))
    .map((choice) => `${binding.parameter}.${choice}`)
    .filter((name) => !Object.hasOwn(subject.folder.parameters, name));
}

/** Choices to which the case's own conditions restrict a field; none for no restriction. */
function allowedChoices({ formula }: PlacedCase, by: ContentBinding): readonly string[] {
  return (formula.when ?? []).flatMap((condition) =>
    'of' in condition && condition.op === 'in' && formatBinding(condition.of) === formatBinding(by)
      ? condition.value
      : [],
  );
}

function checkParameter(
  subject: LintSubject,
  at: PlacedCase,
  binding: Extract<Binding, { parameter: string }>,
  place: string,
): void {
  if (binding.by) checkChooser(subject, at.table, binding.by, place);
  checkMember(subject, at, binding.parameter, place);
  const names = subject.parameterNames(binding);
  if (names.length === 0) {
    const known = Object.keys(subject.folder.parameters);
    subject.fault(place, `there is no parameter ${binding.parameter}${closest(binding.parameter, known)}`);
    return;
  }
  const missing = missingChoices(subject, at, binding);
  if (missing.length > 0) subject.fault(place, `these parameters are missing: ${missing.join(', ')}`);
  // A balance value is solved when all data of the year are verified: until then the table has none.
  if (binding.parameter === subject.folder.about.balance?.parameter) return;
  for (const [year, { values }] of subject.parameters) {
    const without = names.filter((name) => !Object.hasOwn(values, name));
    if (without.length > 0)
      subject.fault(`/parameters/values/${without[0] ?? ''}`, `no value for ${year}: ${without.join(', ')}`);
  }
}

function checkBinding(subject: LintSubject, at: PlacedCase, binding: Binding, place: string): void {
  if ('figure' in binding) checkFigure(subject, at, binding, place);
  else if ('parameter' in binding) checkParameter(subject, at, binding, place);
  else checkContent(subject, at.table, binding, place);
}

function checkVariables(subject: LintSubject, { formula, node, place }: PlacedCase): void {
  if (!node) return;
  const needed = formulaNames(node);
  const given = Object.keys(formula.inputs);
  for (const name of needed.filter((one) => !given.includes(one)))
    subject.fault(
      `${place}/formula`,
      `${name} has no source: say under "of" where it comes from${closest(name, given)}`,
    );
  for (const name of given.filter((one) => !needed.includes(one)))
    subject.fault(`${place}/of/${name}`, `${name} is not used by the formula`);
}

/** Names that nothing stands for: variables, figures, roles, parameters, fields. */
export function checkNames(subject: LintSubject): void {
  for (const at of subject.cases) {
    checkVariables(subject, at);
    for (const [variable, binding] of Object.entries(at.formula.inputs))
      checkBinding(subject, at, binding, `${at.place}/of/${variable}`);
    at.formula.when?.forEach((condition, index) => {
      const place = `${at.place}/when/${String(index)}`;
      if ('of' in condition) checkBinding(subject, at, condition.of, place);
      else citedTable(subject, at.table, condition.cited, place);
    });
  }
}

/** The same formula id for two formulas would make a trace say one and mean the other. */
export function checkIds(subject: LintSubject): void {
  const seen = new Map<string, string>();
  for (const { formula, place } of subject.cases) {
    const before = seen.get(formula.id);
    if (before !== undefined && before !== formula.expression)
      subject.fault(place, `the id ${formula.id} stands for two formulas: "${before}" and "${formula.expression}"`);
    seen.set(formula.id, formula.expression);
  }
}
