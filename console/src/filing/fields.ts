import { figureTable, formFields, type FormField, type Methodology, type RecordType } from '@carbon-ledger/core';

export type Field = FormField;

/** Where a field stands in a record's content. */
export type FieldPath = readonly (string | number)[];

export function fieldsOfType(type: RecordType): readonly Field[] {
  return formFields(type);
}

/** Facts that a sector's methodology asks of the record beside the fields of its type: which kiln, how a tonne was weighed. */
export function factsAskedOf(
  {
    type,
    kind,
    subject,
  }: { readonly type: RecordType; readonly kind: string; readonly subject: { readonly unit: string } },
  methodology: Methodology | undefined,
): readonly Field[] {
  const own = new Set(formFields(type).map(({ name }) => name));
  const asked = methodology?.profile?.[figureTable(kind, subject.unit)]?.content ?? {};
  return Object.entries(asked).flatMap(([name, { title, kind: of, unit, choices, required }]) => {
    const suffix = unit === undefined ? '' : ` (${unit})`;
    const words = { zh: `${title.zh}${suffix}`, en: `${title.en}${suffix}` };
    const field: Field = { name, title: words, kind: of, isOptional: !required, isNullable: false };
    return own.has(name) ? [] : [choices === undefined ? field : { ...field, choices }];
  });
}

/** `/content/units/0/id`: the place that a fault names (RFC 6901). */
export function pointerOf(path: FieldPath): string {
  return `/content${path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;
}
