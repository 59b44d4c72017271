import { z } from 'zod';
import type { RecordType } from '../records/record';
import { recordTypes } from './registry';
import type { Title } from './spec';

/** What a person fills into a field, told from what the schema takes. */
export type FieldKind =
  | 'text'
  | 'day'
  | 'month'
  | 'instant'
  | 'whole'
  | 'decimal'
  | 'uscc'
  | 'record'
  | 'number'
  | 'boolean'
  /** A statement that can only be made: a declaration. */
  | 'declaration'
  | 'choice'
  /** Fields of its own. */
  | 'group'
  /** Any number of the same. */
  | 'list'
  /** What no plain field can hold: values under names, or one of several shapes. Given as JSON where there is no form. */
  | 'other';

/** One field of a form, as the record type's schema has it. */
export interface FormField {
  readonly name: string;
  readonly title: Title;
  readonly kind: FieldKind;
  /** May be left out, as if it were not there. */
  readonly isOptional: boolean;
  /** May be null: known to be nothing. */
  readonly isNullable: boolean;
  /** Values of a choice with their words. */
  readonly choices?: Readonly<Record<string, Title>>;
  /** Of a group. */
  readonly fields?: readonly FormField[];
  /** Of a list: what each entry is. */
  readonly item?: FormField;
  /** Of values under names that whoever fills in gives: what stands under each. */
  readonly named?: FormField;
  /** Where it is one of several shapes. */
  readonly variants?: readonly FormField[];
  /** Most characters of a text. */
  readonly longest?: number;
}

/** A text that only schemas of the kind take, and one that they refuse and other texts pass. */
const probes: readonly (readonly [kind: FieldKind, taken: string, refused: string])[] = [
  ['day', '2024-02-29', '2023-02-29'],
  ['month', '2024-02', '2024-13'],
  ['instant', '2024-02-29T00:00:00Z', '2023-02-29T00:00:00Z'],
  ['uscc', '91140000MA0FAKE01X', '91140000MA0FAKE010'],
  ['record', `rec:${'0'.repeat(64)}`, 'rec:0'],
  ['whole', '7', '7.5'],
  ['decimal', '7.5', 'seven'],
];

/** A schema that takes one of these means a text, though numbers may be among what it takes: `R-S01` of a rule. */
const words = ['seven', 'R-S01', 'A1'];

function takes(schema: z.ZodType, value: unknown): boolean {
  return schema.safeParse(value).success;
}

/** Patterns and refinements are functions: what they mean is found by asking them. */
function textKind(schema: z.ZodType): FieldKind {
  const isWord = words.some((word) => takes(schema, word));
  const found = probes.find(([, taken, refused]) => takes(schema, taken) && !takes(schema, refused) && !isWord);
  return found?.[0] ?? 'text';
}

interface Unwrapped {
  readonly schema: z.ZodType;
  readonly title: Title | undefined;
  readonly words: Readonly<Record<string, Title>>;
  readonly isOptional: boolean;
  readonly isNullable: boolean;
}

/** Words for the values of a choice, as `titledChoice` gives them. */
function choiceWords(schema: z.ZodType): Readonly<Record<string, Title>> {
  return (schema.meta()?.['choices'] ?? {}) as Readonly<Record<string, Title>>;
}

function titleOf(schema: z.ZodType): Title | undefined {
  const { title, titleZh } = schema.meta() ?? {};
  return title === undefined ? undefined : { en: title, zh: typeof titleZh === 'string' ? titleZh : title };
}

function unwrap(schema: z.ZodType): Unwrapped {
  const title = titleOf(schema);
  if (!(schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault))
    return { schema, title, words: choiceWords(schema), isOptional: false, isNullable: false };
  const inner = unwrap(schema.unwrap() as z.ZodType);
  return {
    schema: inner.schema,
    title: title ?? inner.title,
    words: inner.words,
    isOptional: inner.isOptional || !(schema instanceof z.ZodNullable),
    isNullable: inner.isNullable || schema instanceof z.ZodNullable,
  };
}

type Shape = Omit<FormField, 'name' | 'title' | 'isOptional' | 'isNullable'>;

/** A choice where all values are texts. */
function choiceShape(values: readonly unknown[], words: Readonly<Record<string, Title>>): Shape {
  if (!values.every((value) => typeof value === 'string')) return { kind: 'other' };
  const choices = values.map((value) => [value, words[value] ?? { en: value, zh: value }] as const);
  return { kind: 'choice', choices: Object.fromEntries(choices) };
}

function literalShape(schema: z.ZodLiteral, words: Readonly<Record<string, Title>>): Shape {
  const values = [...schema.values];
  return values.length === 1 && values[0] === true ? { kind: 'declaration' } : choiceShape(values, words);
}

function textShape(schema: z.ZodType): Shape {
  const kind = textKind(schema);
  const longest = schema instanceof z.ZodString ? schema.maxLength : null;
  return { kind, ...(longest === null ? {} : { longest }) };
}

function shapeOf(schema: z.ZodType, words: Readonly<Record<string, Title>>): Shape {
  if (schema instanceof z.ZodObject) return { kind: 'group', fields: fieldsOf(schema) };
  if (schema instanceof z.ZodArray) return { kind: 'list', item: fieldOf('', schema.element as z.ZodType) };
  if (schema instanceof z.ZodEnum) return choiceShape(schema.options, words);
  if (schema instanceof z.ZodLiteral) return literalShape(schema, words);
  if (schema instanceof z.ZodBoolean) return { kind: 'boolean' };
  if (schema instanceof z.ZodNumber) return { kind: 'number' };
  if (schema instanceof z.ZodRecord) return { kind: 'other', named: fieldOf('', schema.valueType as z.ZodType) };
  if (schema instanceof z.ZodUnion)
    return { kind: 'other', variants: schema.options.map((option) => fieldOf('', option as z.ZodType)) };
  return schema.def.type === 'string' ? textShape(schema) : { kind: 'other' };
}

function fieldOf(name: string, given: z.ZodType): FormField {
  const { schema, title, words, isOptional, isNullable } = unwrap(given);
  return { name, title: title ?? { en: name, zh: name }, isOptional, isNullable, ...shapeOf(schema, words) };
}

function fieldsOf(schema: z.ZodObject): FormField[] {
  return Object.entries(schema.shape as Readonly<Record<string, z.ZodType>>).map(([name, field]) =>
    fieldOf(name, field),
  );
}

/** Fields of a schema; one that is no object of fields has none, and its content is given whole. */
export function formFieldsOf(schema: z.ZodType): readonly FormField[] {
  return schema instanceof z.ZodObject ? fieldsOf(schema) : [];
}

const known = new Map<RecordType, readonly FormField[]>();

/** Fields of a record type's content, in the order in which the type has them. */
export function formFields(type: RecordType): readonly FormField[] {
  const fields = known.get(type) ?? formFieldsOf(recordTypes[type].content);
  known.set(type, fields);
  return fields;
}
