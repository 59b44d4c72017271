import { z } from 'zod';
import { daySchema, decimalSchema, instantSchema, textSchema, titled, tonnesSchema } from './content';
import { usccSchema } from '../records/fields';
import { recordTypeNames } from '../records';
import { formFields, formFieldsOf, recordTypes, type FormField } from '.';

const kindsOf = (shape: Readonly<Record<string, z.ZodType>>): Record<string, string> =>
  Object.fromEntries(formFieldsOf(z.strictObject(shape)).map(({ name, kind }) => [name, kind]));

/** What stands in a list, under a name or in one of several shapes has the title of what it stands in, or its own. */
function inner({ item, named, variants = [] }: FormField): FormField[] {
  return [item, named, ...variants].flatMap((one) => (one === undefined ? [] : [one]));
}

/** Every field that has a name of its own, those inside groups, lists and shapes too. */
function all(fields: readonly FormField[]): FormField[] {
  return fields.flatMap((field) => [
    ...(field.name === '' ? [] : [field]),
    ...all(field.fields ?? []),
    ...all(inner(field)),
  ]);
}

describe('fields of a form', () => {
  it('are of the kind that the schema takes', () => {
    expect(
      kindsOf({
        a: daySchema,
        b: decimalSchema,
        c: instantSchema,
        d: textSchema,
        e: tonnesSchema,
        f: usccSchema,
        g: z.boolean(),
        h: z.literal(true),
        i: z.enum(['x', 'y']),
        j: z.array(textSchema),
        k: z.strictObject({ x: textSchema }),
        l: z.record(z.string(), z.string()),
        m: z.string().regex(/^[0-9]{4}-(?:0[1-9]|1[0-2])$/),
        n: z.iso.date(),
        o: z.int(),
        p: z.literal(['x', 'y']),
        q: z.string().regex(/^[A-Z0-9-]{1,10}$/),
      }),
    ).toEqual({
      ...{ a: 'day', b: 'decimal', c: 'instant', d: 'text', e: 'whole', f: 'uscc', g: 'boolean', h: 'declaration' },
      ...{ i: 'choice', j: 'list', k: 'group', l: 'other', m: 'month', n: 'day', o: 'number', p: 'choice', q: 'text' },
    });
  });

  it('tell what may be left out from what may be null, wherever the title stands', () => {
    const fields = formFieldsOf(
      z.strictObject({
        needed: titled(textSchema, 'A', '甲'),
        optional: titled(daySchema.optional(), 'B', '乙'),
        nullable: titled(daySchema, 'C', '丙').nullable(),
      }),
    );
    expect(fields.map(({ isOptional, isNullable, title }) => [isOptional, isNullable, title.zh])).toEqual([
      [false, false, '甲'],
      [true, false, '乙'],
      [false, true, '丙'],
    ]);
  });

  it.each(recordTypeNames)('of %s have their titles, and fit its example', (type) => {
    const fields = formFields(type);
    const { example } = recordTypes[type];
    const untitled = all(fields).filter(({ name, title }) => title.zh === name || title.en === name);
    expect(untitled.map(({ name }) => name)).toEqual([]);
    const names = new Set(fields.map(({ name }) => name));
    const isFixed = !('catchall' in recordTypes[type].content.def && recordTypes[type].content.def.catchall);
    if (fields.length > 0 && isFixed)
      expect(Object.keys(example as object).filter((name) => !names.has(name))).toEqual([]);
  });

  it('give words for every value of a choice that is no name of its own', () => {
    const names = /^(?:CMA|CNAS|eip712-secp256k1|sm2-sm3|\d+)$/;
    const wordless = recordTypeNames.flatMap((type) =>
      all(formFields(type)).flatMap(({ name, choices = {} }) =>
        Object.entries(choices).flatMap(([value, { zh }]) =>
          zh === value && !names.test(value) ? [`${type}.${name}: ${value}`] : [],
        ),
      ),
    );
    expect(wordless).toEqual([]);
  });

  it('leave nothing to be written as JSON: what stands under names, and each of several shapes, has fields', () => {
    const everywhere = (fields: readonly FormField[]): FormField[] =>
      fields.flatMap((field) => [field, ...everywhere(field.fields ?? []), ...everywhere(inner(field))]);
    for (const type of recordTypeNames) {
      const fields = everywhere(formFields(type));
      const formless = fields.filter(
        ({ kind, named, variants }) => kind === 'other' && (named ?? variants) === undefined,
      );
      expect(formless.map(({ name }) => `${type}.${name}`)).toEqual([]);
      const untitled = fields.flatMap(({ variants = [] }) => variants.filter(({ title }) => title.zh === ''));
      expect(untitled).toEqual([]);
    }
  });

  it('go down into lists and groups', () => {
    const names = all(formFields('facility')).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['units', 'permitNo', 'facilityCode', 'capacity_MW']));
  });
});
