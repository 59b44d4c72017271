import type { Fault } from '@carbon-ledger/core';
import type { Language } from '../language/language';
import type { Field } from './fields';

type Choices = NonNullable<Field['choices']>;

function within(field: Field, [at, ...rest]: readonly string[]): Choices | undefined {
  if (at === undefined) return field.choices;
  if (field.item !== undefined) return within(field.item, rest);
  if (field.named !== undefined) return within(field.named, rest);
  const shapes = field.variants ?? [];
  return choicesAt(field.fields ?? [], [at, ...rest]) ?? shapes.map((one) => within(one, [at, ...rest])).find(Boolean);
}

function choicesAt(fields: readonly Field[], [name, ...rest]: readonly string[]): Choices | undefined {
  const field = fields.find((one) => one.name === name);
  return field && within(field, rest);
}

const asked = /^(this takes one of |this is missing: give one of )(.+)$/s;

/** The fault of a choice with its values as the form shows them: nobody who fills in a form knows a code. */
export function titledChoices(fields: readonly Field[], fault: Fault, language: Language): Fault {
  const [, lead, codes] = asked.exec(fault.message) ?? [];
  const choices = choicesAt(fields, fault.path.split('/').slice(2));
  if (lead === undefined || codes === undefined || choices === undefined) return fault;
  const titles = codes.split(', ').map((code) => (Object.hasOwn(choices, code) ? choices[code]?.[language] : code));
  return { ...fault, message: `${lead}${titles.join(', ')}` };
}
