import { formFields, recordTypeNames, recordTypes, type FormField } from '@carbon-ledger/core';
import { howMany, readAnswer, wanted, yesOrNo } from './answers';

type Content = Readonly<Record<string, unknown>>;

/** Every plain field of a form with the value that an example gives it, however deep. */
function* filled(fields: readonly FormField[], content: Content): Generator<readonly [FormField, unknown]> {
  for (const field of fields) {
    const value = content[field.name];
    if (value === undefined || value === null) continue;
    if (field.kind === 'group') yield* filled(field.fields ?? [], value as Content);
    else if (field.kind === 'list') yield* entries(field, value as readonly unknown[]);
    else yield [field, value];
  }
}

function* entries({ item }: FormField, values: readonly unknown[]): Generator<readonly [FormField, unknown]> {
  if (item === undefined) return;
  for (const value of values)
    if (item.kind === 'group') yield* filled(item.fields ?? [], value as Content);
    else if (item.kind === 'list') yield* entries(item, value as readonly unknown[]);
    else yield [item, value];
}

/** What a person types for a value. */
const typed = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

describe('an answer', () => {
  it.each(recordTypeNames)('gives each field of %s the value that its example has', (type) => {
    const example = recordTypes[type].example as Content;
    for (const [field, value] of filled(formFields(type), example))
      expect([field.name, field.kind, readAnswer(typed(value), field)]).toEqual([field.name, field.kind, value]);
  });

  const field = (kind: FormField['kind']): FormField => ({
    ...{ name: 'x', title: { en: 'X', zh: '某' }, kind, isOptional: false, isNullable: false },
    ...(kind === 'choice' ? { choices: { a: { en: 'A', zh: '甲' }, b: { en: 'B', zh: '乙' } } } : {}),
  });

  it.each<[FormField['kind'], string, unknown]>([
    ['number', '744', 744],
    ['number', '0', 0],
    ['number', '-3', -3],
    ['number', '1.5', undefined],
    ['number', '1234567890123456', undefined],
    ['number', '1,5', undefined],
    ['number', '1e3', undefined],
    ['number', '٣', undefined],
    ['number', '７', undefined],
    ['number', '1.', undefined],
    ['number', '--1', undefined],
    ['whole', '45000', '45000'],
    ['whole', '-20000', '-20000'],
    ['whole', '4.5', undefined],
    ['whole', '45 000', undefined],
    ['decimal', '0.7950', '0.7950'],
    ['decimal', '-0.5', '-0.5'],
    ['decimal', '.5', undefined],
    ['choice', '2', 'b'],
    ['choice', 'a', 'a'],
    ['choice', '0', undefined],
    ['choice', '3', undefined],
    ['other', '{"a":1,"a":2}', undefined],
  ])('of kind %s reads %j as %j', (kind, given, expected) => {
    expect(readAnswer(given, field(kind))).toEqual(expected);
    if (expected === undefined) expect(wanted[kind]?.en).toBeTruthy();
  });

  it.each([
    ['', 0],
    ['9', 9],
    ['9999', 9999],
    ['10000', undefined],
    ['-1', undefined],
    ['some', undefined],
  ])('says with %j how many follow: %j', (given, expected) => {
    expect(howMany(given)).toBe(expected);
  });

  it.each([
    ['y', true],
    ['是', true],
    ['NO', false],
    ['maybe', undefined],
  ])('says with %j yes or no: %j', (given, expected) => {
    expect(yesOrNo(given)).toBe(expected);
  });
});
