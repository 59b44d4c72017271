import { z } from 'zod';

/** The schemas that make up a schema: those of members, entries, choices, and of what wraps another. */
function partsOf(value: unknown): z.ZodType[] {
  if (value instanceof z.ZodType) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((one) => (one instanceof z.ZodType ? [one] : []));
}

/** Every member that may be left out but not be undefined, in schemas and inside them. */
function exactlyOptional(schemas: readonly z.ZodType[]): Set<z.ZodType> {
  const seen = new Set<z.ZodType>();
  const open = [...schemas];
  for (let schema = open.pop(); schema !== undefined; schema = open.pop()) {
    if (seen.has(schema)) continue;
    seen.add(schema);
    open.push(...Object.values(schema.def).flatMap(partsOf));
  }
  return new Set([...seen].filter((schema) => schema instanceof z.ZodExactOptional));
}

function asOptional(schema: z.ZodType): (value: unknown) => object {
  const optional = schema.or(z.undefined());
  return (value) => optional.safeParse(value);
}

/**
 * The generator of the document takes a member for one that may be left out if its schema takes `undefined`. One that is
 * `exactOptional` does not: it would be told as required, and clients that are made of the document would refuse what is answered.
 * @param schemas all that are looked at while the document is made
 */
export function withMembersLeftOut<Made>(schemas: readonly z.ZodType[], make: () => Made): Made {
  const members = [...exactlyOptional(schemas)].map((schema) => ({
    schema,
    own: Object.getOwnPropertyDescriptor(schema, 'safeParse'),
  }));
  try {
    for (const { schema } of members)
      Object.defineProperty(schema, 'safeParse', { value: asOptional(schema), configurable: true });
    return make();
  } finally {
    for (const { schema, own } of members) {
      if (own === undefined) Reflect.deleteProperty(schema, 'safeParse');
      else Object.defineProperty(schema, 'safeParse', own);
    }
  }
}
