import {
  formatBusinessKey,
  labelOf,
  recordTypeNames,
  recordTypes,
  type DocumentRef,
  type FilingRule,
  type LedgerRecord,
  type PartyKind,
  type RecordDraft,
  type RecordType,
  type Subject,
} from '@carbon-ledger/core';
import { emptyContent, withValue, type Content } from './content';
import { fieldsOfType } from './fields';

/** What a person has filled in so far. Plain data: it is kept as a draft, and comes back as it was. */
export interface Filing {
  readonly type: RecordType;
  readonly kind: string;
  readonly version: number;
  readonly subject: Subject;
  readonly content: Content;
  /** Figures by name, as typed. */
  readonly figures: Readonly<Record<string, string>>;
  /** By role, ids of the records that are cited. */
  readonly cites: Readonly<Record<string, readonly string[]>>;
  readonly documents: readonly DocumentRef[];
  /** Where figures stand: the document's place among these, and the cell. */
  readonly sources?: RecordDraft['sources'];
}

/** Who fills in: as much of a party as filing hangs on. */
export interface Filer {
  readonly uscc: string;
  readonly kind: string;
  readonly region: string;
}

export function isRecordType(text: string): text is RecordType {
  return (recordTypeNames as readonly string[]).includes(text);
}

/** Lines of the authority table under which a kind of party may file a type at all. */
export function rulesFor(type: RecordType, kind: string): readonly FilingRule[] {
  return recordTypes[type].filed.filter(({ by }) => by === (kind as PartyKind));
}

/** Types that a kind of party files, in the order of the rulebook. */
export function typesFiledBy(kind: string): RecordType[] {
  return recordTypeNames.filter((type) => rulesFor(type, kind).length > 0);
}

/** Whether everything that the party may file of this type is about itself. */
export function isAboutItself(type: RecordType, kind: string): boolean {
  const rules = rulesFor(type, kind);
  return rules.length > 0 && rules.every(({ as }) => as === 'self');
}

/** Labels that a party may choose from; empty where the type has none, or any text will do. */
export function labelsFor(type: RecordType, kind: string): readonly string[] {
  const names = recordTypes[type].labels?.names;
  if (names === undefined || names === 'any') return [];
  const rules = rulesFor(type, kind);
  return names.filter((name) =>
    rules.some(({ labels }) => labels === undefined || labels.includes(labelOf(`${type}.${name}`) ?? '')),
  );
}

const isYear = (text: string): boolean => /^\d{4}$/.test(text);
const isMonth = (text: string): boolean => /^\d{4}-(?:0[1-9]|1[0-2])$/.test(text);

/** The unit that a type leaves no choice about. */
function fixedUnit(type: RecordType): string | undefined {
  const { unit } = recordTypes[type];
  return unit === 'none' ? '-' : unit === 'plant' ? 'PLANT' : undefined;
}

function periodOf(type: RecordType, asked: string): string {
  const { period } = recordTypes[type];
  if (period === 'none') return '-';
  if (period === 'any') return asked === '' ? '-' : asked;
  return (period === 'year' ? isYear(asked) : isMonth(asked)) ? asked : '';
}

function startKind(type: RecordType, asked: string, kind: string): string {
  if (asked === type || asked.startsWith(`${type}.`)) return asked;
  const labels = labelsFor(type, kind);
  return recordTypes[type].labels?.required === true && labels[0] !== undefined ? `${type}.${labels[0]}` : type;
}

/** Content that is named in an address: `content.decision=accept`. */
function askedContent(content: Content, asked: URLSearchParams): Content {
  let next = content;
  for (const [name, value] of asked) {
    if (name.startsWith('content.')) next = withValue(next, name.slice('content.'.length).split('.'), value);
  }
  return next;
}

function askedCites(asked: URLSearchParams): Record<string, string[]> {
  const cites: Record<string, string[]> = {};
  for (const [name, value] of asked) {
    const role = name.startsWith('cite.') ? name.slice('cite.'.length) : '';
    if (role !== '' && /^rec:[0-9a-f]{64}$/.test(value)) cites[role] = [...(cites[role] ?? []), value];
  }
  return cites;
}

/** What follows from the subject alone is filled in where nothing stands yet: its month. */
export function withDerived(filing: Filing): Filing {
  const { type, subject } = filing;
  if (subject.period === '') return filing;
  const derived = fieldsOfType(type).flatMap(({ name, kind }): [string, string][] => {
    if (filing.content[name] !== undefined && filing.content[name] !== '') return [];
    return kind === 'month' && isMonth(subject.period) ? [[name, subject.period]] : [];
  });
  return { ...filing, content: { ...filing.content, ...Object.fromEntries(derived) } };
}

/** A filing at its beginning: what its address asks for, and what the type leaves no choice about. */
export function beginFiling(type: RecordType, filer: Filer, asked: URLSearchParams): Filing {
  const isOwn = isAboutItself(type, filer.kind);
  return withDerived({
    type,
    kind: startKind(type, asked.get('kind') ?? '', filer.kind),
    version: 1,
    subject: {
      uscc: isOwn ? filer.uscc : (asked.get('uscc') ?? ''),
      unit: fixedUnit(type) ?? asked.get('unit') ?? (recordTypes[type].unit === 'any' ? '-' : ''),
      period: periodOf(type, asked.get('period') ?? ''),
    },
    content: askedContent(emptyContent(fieldsOfType(type)), asked),
    figures: {},
    cites: askedCites(asked),
    documents: [],
  });
}

/** A figure of the version before: its value, and the cell where it stood. */
interface StandingFigure {
  readonly name: string;
  readonly value: string;
  readonly formula?: string | undefined;
  readonly source?: NonNullable<Filing['sources']>[string] | undefined;
}

/** Figures as they are typed: one that is changed does not stand in its cell any more. */
export function changeFigures(filing: Filing, figures: Filing['figures']): Filing {
  const kept = Object.entries(filing.sources ?? {}).filter(([name]) => figures[name] === filing.figures[name]);
  return sourced({ ...filing, figures }, kept);
}

/** Other documents: what stood in a cell of one that is gone has no source any more; the others keep theirs wherever they are now. */
export function changeDocuments(filing: Filing, documents: Filing['documents']): Filing {
  const kept = Object.entries(filing.sources ?? {}).flatMap(([name, source]) => {
    const sha256 = filing.documents[source.document]?.sha256;
    const document = documents.findIndex((one) => one.sha256 === sha256);
    return document < 0 ? [] : [[name, { ...source, document }] as const];
  });
  return sourced({ ...filing, documents }, kept);
}

type Sourced = readonly (readonly [string, NonNullable<Filing['sources']>[string]])[];

function sourced(filing: Filing, kept: Sourced): Filing {
  const { sources, ...rest } = filing;
  return sources === undefined || kept.length === 0 ? rest : { ...rest, sources: Object.fromEntries(kept) };
}

/** The next version of a record, with all that stood in the one before but what is asked for. Its citations are proposed anew. */
export function nextVersionOf(
  { type, kind, version, subject, content, documents, totals }: LedgerRecord,
  figures: readonly StandingFigure[],
  asked: URLSearchParams = new URLSearchParams(),
): Filing {
  const all: readonly StandingFigure[] = Object.entries(totals).map(([name, total]) => ({ name, ...total }));
  const stated = [...all, ...figures].filter(({ formula }) => formula === undefined);
  const sources = stated.flatMap(({ name, source }) => (source === undefined ? [] : [[name, source] as const]));
  return {
    ...(sources.length === 0 ? {} : { sources: Object.fromEntries(sources) }),
    ...{ type, kind, subject, documents },
    content: askedContent(content, asked),
    version: version + 1,
    figures: Object.fromEntries(stated.map(({ name, value }) => [name, value])),
    cites: askedCites(asked),
  };
}

/** Business key of what is being filed; undefined while its subject is not complete. */
export function keyOf({ subject, kind }: Pick<Filing, 'subject' | 'kind'>): string | undefined {
  const isComplete = /^[0-9A-Z]{18}$/.test(subject.uscc) && subject.unit !== '' && subject.period !== '';
  return isComplete ? formatBusinessKey(subject, kind) : undefined;
}

/** The record as far as it is there: enough to ask its type what it cites and carries. */
export function sketchOf(filing: Filing, issuer: string, keys: ReadonlyMap<string, string> = new Map()): LedgerRecord {
  return {
    schema: 'carbon-ledger/record/v1',
    type: filing.type,
    issuer,
    subject: filing.subject,
    kind: filing.kind,
    version: filing.version,
    cites: Object.entries(filing.cites).flatMap(([role, ids]) =>
      ids.flatMap((record) => {
        const key = keys.get(record);
        return key === undefined ? [] : [{ role, record, key }];
      }),
    ),
    documents: [...filing.documents],
    totals: {},
    figuresRoot: null,
    content: { ...filing.content },
  };
}

export interface AskedFiling {
  readonly type: RecordType;
  readonly kind?: string;
  readonly uscc?: string;
  readonly unit?: string;
  readonly period?: string;
  readonly content?: Readonly<Record<string, string>>;
  readonly cites?: Readonly<Record<string, string>>;
  /** The record whose next version it is to be. */
  readonly after?: string;
}

/** Address of a form with what is known already; nothing private belongs there. */
export function filingAddress({ type, content = {}, cites = {}, ...rest }: AskedFiling): string {
  const pairs = [
    ...Object.entries(rest),
    ...Object.entries(content).map(([name, value]) => [`content.${name}`, value] as const),
    ...Object.entries(cites).map(([role, id]) => [`cite.${role}`, id] as const),
  ];
  const query = new URLSearchParams(pairs.map(([name, value]) => [name, value] as [string, string])).toString();
  return `/file/${type}${query === '' ? '' : `?${query.replaceAll('%3A', ':')}`}`;
}
