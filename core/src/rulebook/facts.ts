import { z } from 'zod';
import { isDay } from '../calendar';
import { isDecimalText } from '../decimal';
import type { Fault } from '../errors';
import { figureTable } from '../methodology/recompute';
import type { Binding, ContentField, FigureSpec, Methodology, RecordProfile } from '../methodology/spec';
import type { RecordScope } from '../methodology/scope';
import { citedOf } from './cited';
import { contentFault } from './content';

function fieldsOf(binding: Binding): string[] {
  if ('content' in binding) return [binding.content];
  return 'parameter' in binding && binding.by !== undefined ? [binding.by.content] : [];
}

function fieldsOfFigure({ cases }: FigureSpec): string[] {
  return cases.flatMap(({ inputs, when = [] }) => [
    ...Object.values(inputs).flatMap(fieldsOf),
    ...when.flatMap((condition) => ('of' in condition ? fieldsOf(condition.of) : [])),
  ]);
}

const known = new WeakMap<Methodology, ReadonlySet<string>>();

/** Names of the public facts that a methodology's formulas and conditions read. */
export function factsOf(methodology: Methodology): ReadonlySet<string> {
  const facts = known.get(methodology) ?? new Set(Object.values(methodology.figures).flat().flatMap(fieldsOfFigure));
  known.set(methodology, facts);
  return facts;
}

const day = z.string().refine(isDay);
const readers: Readonly<Record<ContentField['kind'], (value: unknown, field: ContentField) => string | undefined>> = {
  text: (value) => (typeof value === 'string' ? undefined : 'a text'),
  boolean: (value) => (typeof value === 'boolean' ? undefined : 'true or false'),
  day: (value) => (day.safeParse(value).success ? undefined : 'a day (2024-02-29)'),
  decimal: (value, { unit }) =>
    typeof value === 'string' && isDecimalText(value) ? undefined : `a decimal number${unit ? ` in ${unit}` : ''}`,
  choice: (value, { choices = {} }) =>
    typeof value === 'string' && Object.hasOwn(choices, value)
      ? undefined
      : `one of ${Object.keys(choices).join(', ')}`,
};

/** What the methodology's profile asks of this record beside the fields of its type, which are the type's own to judge. */
function profileFaults(
  profile: RecordProfile | undefined,
  content: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, unknown>>,
): Fault[] {
  const asked = Object.entries(profile?.content ?? {}).filter(([name]) => !Object.hasOwn(fields, name));
  return asked.flatMap(([name, field]) => {
    const value = content[name];
    if (value === undefined)
      return field.required
        ? [contentFault(name, `the methodology asks for ${field.title.en} (${field.title.zh})`)]
        : [];
    const expected = readers[field.kind](value, field);
    return expected === undefined
      ? []
      : [contentFault(name, `${field.title.en} (${field.title.zh}) must be ${expected}`)];
  });
}

/**
 * Beside the fields of its type, a record states the facts that its methodology reads or asks for, each as the methodology's
 * profile says, and no others: a statement that nothing holds to anything would stand there as if it had been looked at.
 */
export function factFaults(
  scope: RecordScope,
  content: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, unknown>>,
): Fault[] {
  const [cited] = citedOf(scope, 'methodology', 'methodology');
  if (cited === undefined) return [];
  const profile = cited.content.profile?.[figureTable(scope.record.kind, scope.record.subject.unit)];
  const facts = factsOf(cited.content);
  const unknown = Object.keys(content)
    .filter((name) => !Object.hasOwn(fields, name) && !facts.has(name) && !Object.hasOwn(profile?.content ?? {}, name))
    .map((name) => contentFault(name, `neither this type nor ${cited.scope.key} knows the field ${name}`));
  return [...unknown, ...profileFaults(profile, content, fields)];
}
