import path from 'node:path';
import {
  formFields,
  isLedgerError,
  parseStrict,
  LedgerError,
  recordTypeNames,
  type FormField,
  type RecordType,
  type SaltSource,
  withArticle,
} from '@carbon-ledger/core';
import { routes, type BodyIn } from '@carbon-ledger/client-sdk';
import { documentRef } from '../anchoring/documents';
import { readJsonFile, readTextFile } from '../files/read-file';
import { readStrictText } from '../methodology/strict-text';

/** What `POST /v1/drafts` takes. */
export type Facts = BodyIn<'createDraft'>;

const documentRole = 'document';

export interface FactOptions {
  readonly from?: string;
  readonly on?: string;
  readonly label?: string;
  readonly subject?: string;
  readonly unit?: string;
  readonly period?: string;
  readonly set: readonly string[];
  readonly figure: readonly string[];
  readonly cite: readonly string[];
  readonly document: readonly string[];
  readonly reader: readonly string[];
}

/** @throws LedgerError USAGE */
export function parseRecordType(text: string): RecordType {
  const type = recordTypeNames.find((name) => name === text);
  if (type === undefined) throw new LedgerError('USAGE', `${text} is not one of ${recordTypeNames.join(', ')}`);
  return type;
}

const yesNo: ReadonlySet<FormField['kind'] | undefined> = new Set(['boolean', 'declaration', 'other', undefined]);

function coercedText(text: string, field: FormField | undefined): unknown {
  if (field?.isNullable === true && ['', 'null', '~'].includes(text)) return null;
  if (yesNo.has(field?.kind) && /^(?:true|false)$/.test(text)) return text === 'true';
  return field?.kind === 'number' && /^-?[0-9]{1,15}$/.test(text) ? Number(text) : text;
}

/** Text of a file or a terminal as the field means it: YAML gives texts, so that 0.7950 keeps its last digit. */
export function coerced(value: unknown, field: FormField | undefined): unknown {
  if (typeof value === 'string') return coercedText(value, field);
  if (Array.isArray(value)) return value.map((one: unknown) => coerced(one, field?.item));
  return typeof value === 'object' && value !== null ? coercedFields(value, field?.fields ?? []) : value;
}

function coercedFields(content: object, fields: readonly FormField[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(content).map(([name, value]) => [
      name,
      coerced(
        value,
        fields.find((field) => field.name === name),
      ),
    ]),
  );
}

async function readYaml(file: string): Promise<unknown> {
  try {
    return (await readStrictText(file, await readTextFile(file))).value;
  } catch (error) {
    if (!isLedgerError(error) || error.code !== 'BAD_METHODOLOGY') throw error;
    const faults = error.faults.map((fault) => ({ ...fault, code: 'USAGE' as const }));
    throw new LedgerError('USAGE', `${file} cannot be read`, { faults });
  }
}

/** The facts of a file, JSON or YAML: the members of `POST /v1/drafts` but the type, which the command names. @throws LedgerError USAGE with every fault and its place */
async function factsOf(file: string, type: RecordType): Promise<Facts> {
  const isJson = path.extname(file).toLowerCase() === '.json';
  const value: unknown = isJson ? await readJsonFile(file) : await readYaml(file);
  const content: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'content') : undefined;
  const own =
    typeof content === 'object' && content !== null ? { content: coercedFields(content, formFields(type)) } : {};
  const read = routes.createDraft.body.safeParse({ type, ...(value as object), ...own });
  if (read.success && read.data.type === type) return read.data;
  const issues = read.success
    ? [{ path: ['type'], message: `the command files ${withArticle(type)}` }]
    : read.error.issues;
  const faults = issues.map(({ path: place, message }) => ({
    path: `/${place.join('/')}`,
    code: 'USAGE' as const,
    message,
  }));
  throw new LedgerError('USAGE', `${file} does not say what is to be filed`, { faults });
}

/** Reads `name=value`. @throws LedgerError USAGE */
function parsePair(text: string, option: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new LedgerError('USAGE', `${option} ${text}: write NAME=VALUE`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** `siteCheck.place=…` sets a field of a group. */
function setField(content: Record<string, unknown>, name: string, value: unknown): void {
  const [first = '', ...rest] = name.split('.');
  if (rest.length === 0) {
    content[first] = value;
    return;
  }
  const inner = { ...(content[first] as Record<string, unknown> | undefined) };
  setField(inner, rest.join('.'), value);
  content[first] = inner;
}

/** `@FILE` is what stands in that JSON file; what begins as JSON is read as such. */
function valueOf(value: string, text: string): unknown {
  if (value.startsWith('@')) return readJsonFile(value.slice(1));
  return /^[[{"]/.test(value) ? parseJson(value, text) : value;
}

async function setContent(
  type: RecordType,
  given: Facts['content'],
  pairs: readonly string[],
): Promise<Record<string, unknown>> {
  const content: Record<string, unknown> = { ...given };
  for (const text of pairs) {
    const [name, value] = parsePair(text, '--set');
    setField(content, name, await valueOf(value, text));
  }
  return coercedFields(content, formFields(type));
}

function parseJson(value: string, text: string): unknown {
  try {
    return parseStrict(value);
  } catch (error) {
    const why = isLedgerError(error) ? `: ${error.message}` : '';
    throw new LedgerError('USAGE', `--set ${text}: this is no JSON${why}`);
  }
}

function citesOf(given: Facts['cites'], texts: readonly string[]): Record<string, string[]> {
  const cites: Record<string, string[]> = Object.fromEntries(
    Object.entries(given ?? {}).map(([role, names]) => [role, [...names]]),
  );
  for (const text of texts) {
    const [role, name] = parsePair(text, '--cite');
    (cites[role] ??= []).push(name);
  }
  return cites;
}

function subjectOf(given: Facts['subject'], { subject, unit, period }: FactOptions): NonNullable<Facts['subject']> {
  return {
    ...given,
    ...(subject === undefined ? {} : { uscc: subject }),
    ...(unit === undefined ? {} : { unit }),
    ...(period === undefined ? {} : { period }),
  };
}

/** The same, its documents that are tables committed cell by cell too: a single cell can then be named or shown later. */
export async function withCells(facts: Facts, files: FactOptions['document'], salts: SaltSource): Promise<Facts> {
  const { documents = [] } = facts;
  const others = documents.slice(0, documents.length - files.length);
  const own = await Promise.all(files.map((file) => documentRef(file, documentRole, salts)));
  return { ...facts, documents: [...others, ...own] };
}

/** Everything that the command line and its file state; what they leave out is asked for or proposed. */
export async function statedFacts(type: RecordType, options: FactOptions): Promise<Facts> {
  const given: Facts = options.from === undefined ? { type } : await factsOf(options.from, type);
  const documents = await Promise.all(options.document.map((file) => documentRef(file, documentRole)));
  const figures = Object.fromEntries(options.figure.map((text) => parsePair(text, '--figure')));
  const kind = options.label === undefined ? given.kind : `${type}.${options.label}`;
  const on = options.on ?? given.on;
  return {
    type,
    ...(kind === undefined ? {} : { kind }),
    ...(on === undefined ? {} : { on }),
    subject: subjectOf(given.subject, options),
    content: await setContent(type, given.content, options.set),
    figures: { ...given.figures, ...figures },
    cites: citesOf(given.cites, options.cite),
    documents: [...(given.documents ?? []), ...documents],
    readers: [...(given.readers ?? []), ...options.reader],
  };
}
