import { Decimal, isDecimalText } from '../../decimal';
import { formatBinding, formatCondition } from '../notation';
import type { Condition, FigureSpec } from '../spec';
import { placeOf, type LintSubject } from './subject';

/** A value that a condition may meet: a text, a number between two thresholds, whether a role is cited. */
type Value = string | boolean | Decimal;
type Domain = readonly Value[];
type Situation = ReadonlyMap<string, Value>;

const maxSituations = 4096;
const other = '(any other)';

function subjectOf(condition: Condition): string {
  return 'cited' in condition ? formatCondition({ ...condition, is: true }) : formatBinding(condition.of);
}

function holds(condition: Condition, situation: Situation): boolean {
  const value = situation.get(subjectOf(condition));
  if ('cited' in condition) return value === condition.is;
  if (condition.op === 'in') return condition.value.includes(String(value));
  if (!(value instanceof Decimal)) return condition.op === 'eq' && value === condition.value;
  const order = value.cmp(condition.value);
  const by = { eq: order === 0, lt: order < 0, le: order <= 0, gt: order > 0, ge: order >= 0 } as const;
  return by[condition.op];
}

/** Every threshold, a point between each two, and one beyond either end. */
function numbersAround(thresholds: readonly string[]): Decimal[] {
  const sorted = [...new Set(thresholds)].map((text) => new Decimal(text)).sort((a, b) => a.cmp(b));
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return [];
  const between = sorted.slice(1).map((value, index) => value.plus(sorted[index] ?? value).div(2));
  return [first.minus(1), ...sorted, ...between, last.plus(1)];
}

function choicesOf(subject: LintSubject, table: string, condition: Condition): readonly string[] | undefined {
  if (!('of' in condition) || !('content' in condition.of)) return undefined;
  const field = subject.fieldOf(table, condition.of);
  if (field?.kind === 'boolean') return ['true', 'false'];
  return field?.choices ? Object.keys(field.choices) : undefined;
}

function domainOf(subject: LintSubject, table: string, conditions: readonly Condition[]): Domain {
  const [first] = conditions;
  if (!first) return [];
  if ('cited' in first) {
    const cites = subject.profile[table]?.cites[first.cited];
    return cites && cites.min > 0 && first.label === undefined ? [true] : [true, false];
  }
  const choices = choicesOf(subject, table, first);
  if (choices) return choices;
  const values = conditions.flatMap((condition) => ('of' in condition ? condition.value : []));
  const isNumeric = conditions.some((condition) => 'op' in condition && condition.op !== 'in' && condition.op !== 'eq');
  return isNumeric && values.every(isDecimalText) ? numbersAround(values) : [...new Set(values), other];
}

/** Every situation in which the figure's conditions can find a record; undefined for too many. */
function situationsOf(subject: LintSubject, table: string, spec: FigureSpec): Situation[] | undefined {
  const bySubject = new Map<string, Condition[]>();
  for (const condition of spec.cases.flatMap(({ when }) => when ?? [])) {
    const key = subjectOf(condition);
    bySubject.set(key, [...(bySubject.get(key) ?? []), condition]);
  }
  let situations: Situation[] = [new Map()];
  for (const [key, conditions] of bySubject) {
    const domain = domainOf(subject, table, conditions);
    if (situations.length * domain.length > maxSituations) return undefined;
    situations = situations.flatMap((situation) => domain.map((value) => new Map([...situation, [key, value]])));
  }
  return situations;
}

function inWords(situation: Situation): string {
  const parts = [...situation].map(
    ([name, value]) => `${name} ${value instanceof Decimal ? value.toFixed() : String(value)}`,
  );
  return parts.join(', ');
}

function checkChoices(subject: LintSubject, table: string, spec: FigureSpec): void {
  for (const { id, when } of spec.cases) {
    when?.forEach((condition, index) => {
      const choices = choicesOf(subject, table, condition);
      const values = 'of' in condition ? [condition.value].flat() : [];
      const unknown = choices ? values.filter((value) => !choices.includes(value)) : [];
      if (unknown.length > 0) {
        const place = `${placeOf(table, spec.name)}/cases/${id}/when/${String(index)}`;
        subject.fault(
          place,
          `"${formatCondition(condition)}": ${unknown.join(', ')} is none of ${choices?.join(', ') ?? ''}`,
        );
      }
    });
  }
}

function checkFigure(subject: LintSubject, table: string, spec: FigureSpec): void {
  const place = placeOf(table, spec.name);
  const situations = situationsOf(subject, table, spec);
  if (!situations) {
    subject.note(place, 'too many situations to look at each: its cases were not checked against each other');
    return;
  }
  const chosen = situations.map((situation) =>
    spec.cases.find(({ when }) => (when ?? []).every((condition) => holds(condition, situation))),
  );
  for (const one of spec.cases) {
    if (!chosen.includes(one))
      subject.fault(
        `${place}/cases/${one.id}`,
        `${one.id} is never reached: an earlier case holds, or its conditions exclude each other`,
      );
  }
  const open = situations[chosen.indexOf(undefined)];
  if (open && !spec.stated && (spec.required || spec.cases.length === 0)) {
    const where = open.size === 0 ? 'it has no case at all' : `no case for: ${inWords(open)}`;
    subject.fault(place, `${spec.name} is neither stated nor computed: ${where}`);
  }
}

/** Cases that are never reached, and situations that no case covers. */
export function checkCases(subject: LintSubject): void {
  for (const [table, specs] of Object.entries(subject.document.figures)) {
    for (const spec of specs) {
      checkChoices(subject, table, spec);
      checkFigure(subject, table, spec);
    }
  }
}
