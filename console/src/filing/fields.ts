import { formFields, type FormField, type RecordType } from '@carbon-ledger/core';

export type Field = FormField;

/** Where a field stands in a record's content. */
export type FieldPath = readonly (string | number)[];

export function fieldsOfType(type: RecordType): readonly Field[] {
  return formFields(type);
}

/** `/content/units/0/id`: the place that a fault names (RFC 6901). */
export function pointerOf(path: FieldPath): string {
  return `/content${path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;
}
