import { formatBusinessKey, type RecordType, recordTypeNames, type Subject, typeOfKind } from '@carbon-ledger/core';
import { field, fieldPointer, type Section } from './model';
import type { FileSource, PlanRecord } from './plan';

/** A content field: a constant, or what the file says under `name`. */
type ContentEntry = { readonly value: unknown } | { readonly value: unknown; readonly source: FileSource };

export interface PlanDraft {
  readonly kind: string;
  readonly issuer: string;
  readonly subject: Subject;
  readonly pointer: string;
  readonly cites?: Readonly<Record<string, readonly string[]>>;
  readonly content?: Readonly<Record<string, ContentEntry>>;
  /** Figure name to the place that states it. */
  readonly figures?: readonly FigureEntry[];
  readonly readers?: readonly string[];
  readonly registration?: true;
}

export interface FigureEntry {
  readonly figure: string;
  readonly source: FileSource;
  readonly text: string | undefined;
}

function isRecordType(text: string): text is RecordType {
  return recordTypeNames.some((name) => name === text);
}

function recordTypeOf(kind: string): RecordType {
  const type = typeOfKind(kind);
  if (!isRecordType(type)) throw new TypeError(`${kind} is not of a record type`);
  return type;
}

function sourceOf(section: Section, name: string): FileSource {
  return { name, pointer: fieldPointer(section, name) };
}

export function constant(value: unknown): ContentEntry {
  return { value };
}

/** A content field that the file states under `name`, changed on the way if need be. */
export function stated(section: Section, name: string, convert = (text: string): unknown => text): ContentEntry {
  const text = field(section, name);
  return { value: text === undefined ? undefined : convert(text), source: sourceOf(section, name) };
}

/** A field that says null where the file says nothing. */
export function orNull(entry: ContentEntry): ContentEntry {
  return entry.value === undefined ? { ...entry, value: null } : entry;
}

/** Figures that stand under their own names in one object of the file. */
export function figuresOf(section: Section, names: readonly string[]): FigureEntry[] {
  return names.map((name) => figureOf(name, section, name));
}

export function figureOf(figure: string, section: Section, name: string): FigureEntry {
  return { figure, source: sourceOf(section, name), text: field(section, name) };
}

function present<T>(entries: readonly (readonly [string, T | undefined])[]): Record<string, T> {
  return Object.fromEntries(entries.filter((entry): entry is [string, T] => entry[1] !== undefined));
}

export function planRecord(draft: PlanDraft): PlanRecord {
  const content = Object.entries(draft.content ?? {});
  const figures = draft.figures ?? [];
  return {
    key: formatBusinessKey(draft.subject, draft.kind),
    type: recordTypeOf(draft.kind),
    kind: draft.kind,
    issuer: draft.issuer,
    subject: draft.subject,
    pointer: draft.pointer,
    cites: draft.cites ?? {},
    content: present(content.map(([name, entry]) => [name, entry.value])),
    contentSources: new Map(content.flatMap(([name, entry]) => ('source' in entry ? [[name, entry.source]] : []))),
    figures: present(figures.map(({ figure, text }) => [figure, text])),
    figureSources: new Map(figures.map(({ figure, source }) => [figure, source])),
    readers: draft.readers ?? [],
    ...(draft.registration === true ? { registration: true } : {}),
  };
}
