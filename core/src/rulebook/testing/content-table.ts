import { isLedgerError } from '../../errors';
import type { LedgerRecord, RecordType } from '../../records/record';
import { parseContent } from '../content-reading';
import { recordTypes } from '../registry';

type Content = Readonly<Record<string, unknown>>;

/** A content that its type refuses, and the place that every fault of it must name. */
export interface BadContent {
  readonly what: string;
  readonly content: Content;
  readonly path: string;
}

/** What a test states of a type's content, in its own words: the table of refusals follows from it. */
export interface ContentPromise {
  readonly required: readonly string[];
  /** Fields that may be left out, with a value that is right. */
  readonly optional?: Content;
  /** Fields that hold a line of text: nothing may stand there that is not seen. */
  readonly texts?: readonly string[];
  /** True where a methodology may ask for further facts, of text or of yes and no. */
  readonly isOpen?: true;
  /** Changes to the example, and the place of the fault. */
  readonly bad: readonly (readonly [what: string, change: Content, path: string])[];
}

/** Texts that are refused wherever a line of text stands: nothing, too much, and what is not seen when it is read. */
const hostileTexts: readonly (readonly [string, string])[] = [
  ['no character', ''],
  ['301 characters', '长'.repeat(301)],
  ['a line end', 'a\nb'],
  ['a null byte', 'a\u0000b'],
  ['a zero-width space', 'a\u200bb'],
  ['a direction override', 'a\u202eb'],
  ['a lone surrogate', 'a\ud800b'],
  ['a byte order mark', '\ufeffa'],
  ['an escape sequence', 'a\u001b[31mb'],
];

const anyValues: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['a boolean', true],
  ['a number', 1.5],
  ['a text', ' '],
  ['a list', []],
  ['an object', { toString: 'x' }],
];

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

/** The good content of a type, as its own documentation shows it. */
export function exampleOf(type: RecordType): Content {
  return recordTypes[type].example as Content;
}

/** A content with some members changed; those that are undefined are left out. */
export function changed(content: Content, change: Content): Content {
  return Object.fromEntries(Object.entries({ ...content, ...change }).filter(([, value]) => value !== undefined));
}

function* wrongKinds(type: RecordType, field: string, right: unknown): Generator<BadContent> {
  for (const [name, value] of anyValues) {
    if (kindOf(value) === kindOf(right)) continue;
    if (recordTypes[type].content.safeParse({ ...exampleOf(type), [field]: value }).success && value === null) continue;
    yield {
      what: `${field} that is ${name}`,
      content: { ...exampleOf(type), [field]: value },
      path: `/content/${field}`,
    };
  }
}

/** Every content that a type must refuse by what it promises of its fields. */
export function badContents(type: RecordType, promise: ContentPromise): BadContent[] {
  const example = exampleOf(type);
  const { required, optional = {}, texts = [] } = promise;
  const right = { ...example, ...optional };
  const extra = { what: 'a field that it does not know', content: { ...example, strange: 1 }, path: '/content' };
  return [
    ...required.map((field) => ({
      what: `no ${field}`,
      content: changed(example, { [field]: undefined }),
      path: `/content/${field}`,
    })),
    ...[...required, ...Object.keys(optional)].flatMap((field) => [...wrongKinds(type, field, right[field])]),
    ...texts.flatMap((field) =>
      hostileTexts.map(([name, text]) => ({
        what: `${field} with ${name}`,
        content: { ...example, [field]: text },
        path: `/content/${field}`,
      })),
    ),
    ...promise.bad.map(([what, change, path]) => ({ what, content: changed(example, change), path })),
    ...(promise.isOpen === true ? [] : [extra]),
  ];
}

/** Contents that stand at the edge of what a type takes, and are taken. */
export function goodContents(type: RecordType, { optional = {} }: ContentPromise): Content[] {
  const example = exampleOf(type);
  const each = Object.entries(optional);
  return [
    example,
    { ...example, ...optional },
    ...each.map(([field, value]) => ({ ...example, [field]: value })),
    ...each.map(([field]) => changed(example, { [field]: undefined })),
  ];
}

/** Code and place of every fault that the content alone has, each place once, in the order in which they are told. */
export function contentFaultsOf(type: RecordType, content: Content): string[] {
  try {
    parseContent({ type, content } as LedgerRecord);
    return [];
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    return [...new Set(error.faults.map(({ code, path }) => `${code} ${path}`))];
  }
}

/** All of that as one table: what is tried, the content, and what is told of it. */
export function contentTable(
  type: RecordType,
  promise: ContentPromise,
): (readonly [what: string, content: Content, told: readonly string[]])[] {
  const taken = goodContents(type, promise).map((content) => [JSON.stringify(content), content, []] as const);
  const refused = badContents(type, promise).map(
    ({ what, content, path }) => [what, content, [`BAD_RECORD ${path}`]] as const,
  );
  return [...taken, ...refused];
}
