import type { z } from 'zod';

/*
 * What the schemas say of a value that does not fit, in words of our own: what belongs there, so that whoever reads it knows what to do.
 * The place of the fault names the field. A schema's own sentence comes before these.
 */

type Issue = z.core.$ZodRawIssue;

const kinds: Readonly<Record<string, string>> = {
  ...{ string: 'text', number: 'a number', int: 'a whole number', bigint: 'a whole number', boolean: 'true or false' },
  ...{ array: 'a list', tuple: 'a list', object: 'a group of fields', record: 'a group of fields', null: 'nothing' },
  ...{ date: 'a day', never: 'nothing', undefined: 'nothing' },
};
const kindOf = (name: string): string => kinds[name] ?? name;

const kindOfValue = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value);

const choices = (values: readonly unknown[]): string => values.map(String).join(', ');

/** What a missing value should be. */
export function missing(wanted: string): string {
  return `this is missing: give ${wanted}`;
}

function ofType({ input, expected }: Extract<Issue, { code: 'invalid_type' }>): string {
  if (input === undefined) return missing(kindOf(expected));
  return `this takes ${kindOf(expected)}, not ${input === null ? 'null' : kindOf(kindOfValue(input))}`;
}

function ofValue({ input, values }: Extract<Issue, { code: 'invalid_value' }>): string {
  const wanted = values.length === 1 ? choices(values) : `one of ${choices(values)}`;
  return input === undefined ? missing(wanted) : `this takes ${wanted}`;
}

const counted: Readonly<Record<string, string>> = {
  string: 'characters',
  array: 'items',
  set: 'items',
  map: 'entries',
};

function ofSize(bound: string, count: number | bigint, origin: string): string {
  const what = counted[origin];
  return `this takes ${bound} ${String(count)}${what === undefined ? '' : ` ${what}`}`;
}

const formats: Readonly<Record<string, string>> = {
  date: 'a day, 2025-03-31',
  datetime: 'an instant, 2025-03-31T08:00:00Z',
  url: 'an address of the web',
};

function ofFormat(issue: Extract<Issue, { code: 'invalid_format' }>): string {
  const { format } = issue;
  if (format === 'regex') return `this takes what fits ${String(Reflect.get(issue, 'pattern'))}`;
  return `this takes ${formats[format] ?? format}`;
}

function ofUnion(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  const options: unknown = Reflect.get(issue, 'options');
  if (!Array.isArray(options) || options.length === 0) return unfit;
  return `this takes one of ${choices(options)}`;
}

const unfit = 'this is nothing that may stand here';

const boundOf = (
  issue: { readonly exact?: boolean; readonly inclusive?: boolean },
  open: string,
  closed: string,
): string => (issue.exact === true ? 'exactly' : issue.inclusive === true ? closed : open);

/** What is said of each kind of issue; of any other that it does not fit. */
const said: { readonly [Code in NonNullable<Issue['code']>]?: (issue: Extract<Issue, { code: Code }>) => string } = {
  invalid_type: ofType,
  invalid_value: ofValue,
  too_small: (issue) => ofSize(boundOf(issue, 'more than', 'at least'), issue.minimum, issue.origin),
  too_big: (issue) => ofSize(boundOf(issue, 'less than', 'at most'), issue.maximum, issue.origin),
  invalid_format: ofFormat,
  unrecognized_keys: ({ keys }) => `there is no such field: ${keys.join(', ')}`,
  invalid_union: ofUnion,
  invalid_key: () => 'a name stands here that does not fit',
};

/** The sentence of one issue. */
export function issueWords(issue: Issue): string {
  const words = said[issue.code] as ((one: Issue) => string) | undefined;
  return words?.(issue) ?? unfit;
}
