import type { Asking } from '../agenda';
import { isLedgerError, LedgerError, type Fault } from '../errors';
import { formatBusinessKey } from '../identifiers';
import { CitedRecords } from '../judge/context';
import { judgeRecord } from '../judge/record';
import type { Methodology } from '../methodology/spec';
import type { LedgerRecord } from '../records';
import {
  buildRecord,
  dueDay,
  figureSpecsOf,
  statedDue,
  valuesOf,
  type BuiltRecord,
  type RecordDraft,
  type Rulebook,
  type SaltSource,
} from '../rulebook';
import { OverlayView } from '../state';
import { actedOn, actingRole, currentNamed, kindOf, type ActedOn } from './acting';
import { proposeCitations, type OpenRole } from './citations';
import { computedFields } from './computed';
import { contestedCites } from './contested';
import { emptyLists, knownFigures, numbered } from './proposals';
import type { DraftRequest } from './request';
import type { DraftSource } from './source';
import { subjectOf, unsaidSubject } from './subject';

/** A figure that the record carries: stated by the filer, or computed by the rules. */
export interface AskedFigure {
  readonly name: string;
  readonly unit: string;
  readonly decimals: number;
  readonly visibility: 'public' | 'private';
  /** The filer states it; what the rules compute need not be given. */
  readonly isStated: boolean;
  readonly isRequired: boolean;
}

/** The exact record that would be signed, with what the ledger would say to it as it stands now. */
export interface Draft {
  readonly built: BuiltRecord;
  /** Why it would be refused, at the places of the record: `/content/due`, `/cites/0`, `/figures/fc_t`. */
  readonly faults: readonly Fault[];
  /** Roles that the ledger could not fill by itself. */
  readonly open: readonly OpenRole[];
  /** Figures that the record can carry. */
  readonly figures: readonly AskedFigure[];
  /** Those of them that the ledger knows, where the filer states none. */
  readonly proposed: Readonly<Record<string, string>>;
  /** The record that it acts on, with the state to which it would lead. */
  readonly on?: { readonly key: string; readonly record: string; readonly state: string; readonly to?: string };
  /** Last day in time, where the type has one. */
  readonly due?: string;
}

export interface DraftTools {
  readonly rulebook: Rulebook;
  readonly source: DraftSource;
  readonly salt: SaltSource;
  /** RFC 3339. */
  readonly now: string;
  readonly ledger: string;
  /** Who founded the ledger. */
  readonly founder: string;
}

/** Roles with what they name: as stated, and the record that is acted on where nothing is stated for its role. */
function namedCitations(request: DraftRequest, on: ActedOn | undefined): (readonly [role: string, name: string])[] {
  const { cites = {} } = request;
  const named = Object.entries(cites).flatMap(([role, names]) => names.map((name) => [role, name] as const));
  const role = actingRole(request, on);
  const isStated = role === undefined || Object.hasOwn(cites, role);
  return on === undefined || isStated ? named : [...named, [role, on.current.record]];
}

async function givenCitations(
  request: DraftRequest,
  on: ActedOn | undefined,
  source: DraftSource,
): Promise<Record<string, BuiltRecord[]>> {
  const cites: Record<string, BuiltRecord[]> = {};
  for (const [role, name] of namedCitations(request, on)) {
    const id = name.startsWith('rec:') ? name : (await currentNamed(name, source))?.record;
    const built = id === undefined ? undefined : await source.built(id);
    if (built === undefined) throw missing(role, name);
    (cites[role] ??= []).push(built);
  }
  return cites;
}

function missing(role: string, name: string): LedgerError {
  const message = `${name} is not anchored`;
  const faults = [{ path: `/cites/${role}`, code: 'CITATION_UNKNOWN', message }] as const;
  return new LedgerError('CITATION_UNKNOWN', message, { faults });
}

/** The record so far, to ask its type what it cites. */
function sketch(draft: RecordDraft, cites: Readonly<Record<string, readonly BuiltRecord[]>>): LedgerRecord {
  return buildRecord({ ...draft, cites }, () => '0'.repeat(32)).record;
}

function askedFigures(record: LedgerRecord, cited: readonly BuiltRecord[], { types }: Rulebook): AskedFigure[] {
  const methodology = cited.find((one) => one.record.type === 'methodology')?.record.content as Methodology | undefined;
  return figureSpecsOf(record, methodology, types).map(
    ({ name, unit, decimals, visibility, required, stated, cases }) => ({
      ...{ name, unit, decimals, visibility },
      isStated: stated || cases.length === 0,
      isRequired: required,
    }),
  );
}

/** The version that is followed: its salts are not used again. */
async function versionBefore({ key }: BuiltRecord, source: DraftSource): Promise<readonly BuiltRecord[]> {
  const head = await source.head(key);
  const before = head && (await source.built(head.record));
  return before === undefined ? [] : [before];
}

/** What the contract would say, as the ledger stands now. Private figures that are not open here cannot be looked at. */
async function judged(
  built: BuiltRecord,
  cited: readonly BuiltRecord[],
  asking: Asking,
  tools: DraftTools,
): Promise<readonly Fault[]> {
  const context = new CitedRecords({ records: [], figures: {} });
  const { rulebook, source, now, ledger, founder } = tools;
  for (const { record, figures, id } of [...cited, ...(await versionBefore(built, source))])
    context.add(record, figures, id);
  const view = new OverlayView(source);
  try {
    const tx = { time: now, ledger, founder };
    return await judgeRecord(built, { view, context, tx, filer: asking.party, rulebook });
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    return error.faults.length > 0 ? error.faults : [{ path: '', code: error.code, message: error.message }];
  }
}

/** What is stated, with what follows from the step. */
function contentOf({ content }: DraftRequest, on: ActedOn | undefined): Record<string, unknown> {
  return { ...on?.step?.file.content, ...content };
}

/** What is stated, and the version that comes next under its key. */
async function baseOf(
  request: DraftRequest,
  on: ActedOn | undefined,
  { rulebook, source }: DraftTools,
): Promise<RecordDraft & { readonly kind: string }> {
  const { type, issuer, documents = [], readers = [] } = request;
  const subject = subjectOf(request, on, rulebook.types[type]);
  const kind = await numbered(kindOf(request, on), { subject, on }, rulebook, source);
  const head = await source.head(formatBusinessKey(subject, kind));
  const content = contentOf(request, on);
  return { type, issuer, subject, kind, content, version: (head?.version ?? 0) + 1, documents, readers };
}

/** Citations and fields beside what is stated: what the ledger can tell by itself. */
async function completed(
  request: DraftRequest,
  base: RecordDraft & { readonly kind: string },
  on: ActedOn | undefined,
  tools: DraftTools,
): Promise<Awaited<ReturnType<typeof proposeCitations>> & { readonly content: RecordDraft['content'] }> {
  const { rulebook, source } = tools;
  const lists = emptyLists(rulebook.types[base.type].content);
  const stated = { ...base, content: { ...lists, ...base.content } };
  const named = await givenCitations(request, on, source);
  const given = { ...named, ...(isContest(base.type) ? await contestedCites(on, named, tools) : {}) };
  const { cites, open } = await proposeCitations(sketch(stated, given), given, rulebook, source);
  const { content: said, subject } = stated;
  const computed = await computedFields(base.type, {
    record: { subject, content: said, kind: base.kind },
    cites,
    rulebook,
    source,
  });
  const values = valuesOf(cites['parameters']?.[0]?.record);
  const due = statedDue(rulebook.types[base.type], base, {}, values);
  return { cites, open, content: { ...lists, ...due, ...computed, ...base.content } };
}

/** The day that the parameters which are cited set for the first version. */
function dayOf(
  base: RecordDraft & { readonly kind: string },
  { parameters = [] }: Readonly<Record<string, readonly BuiltRecord[]>>,
  { types }: Rulebook,
): string | undefined {
  const days = parameters.flatMap(({ record }) => dueDay(types[base.type], base, valuesOf(record)) ?? []);
  // Of several sectors the first day.
  return days.sort()[0];
}

const isContest = (type: RecordDraft['type']): boolean => type === 'objection' || type === 'decision';

/**
 * Drafts a record from plain facts: version, citations, computed figures and days are proposed, and every fault is told
 * that the ledger would refuse it for. Nothing is decided: the contract decides on what is signed.
 * @throws LedgerError CITATION_UNKNOWN, NOT_FOUND (what it is to act on), FIGURE_UNKNOWN
 */
export async function draftRecord(request: DraftRequest, asking: Asking, tools: DraftTools): Promise<Draft> {
  const { rulebook, source, salt } = tools;
  const on = await actedOn(request, rulebook, asking, source);
  if (request.on !== undefined && on === undefined) throw new LedgerError('NOT_FOUND', `${request.on} is not anchored`);
  const base = await baseOf(request, on, tools);
  const { cites, open, content } = await completed(request, base, on, tools);
  const cited = Object.values(cites).flat();
  const stated = request.figures ?? {};
  const asked = askedFigures(sketch({ ...base, content }, cites), cited, rulebook);
  const proposed = await knownFigures(base.subject, asked, stated, source);
  const built = buildRecord({ ...base, content, cites, figures: { ...stated, ...proposed } }, salt);
  const due = dayOf(base, cites, rulebook);
  return {
    ...{ built, open },
    // What it is about comes first: whatever else would be said is said of another party.
    faults: unsaidSubject(request, on, asking, rulebook) ?? (await judged(built, cited, asking, tools)),
    ...{ figures: asked, proposed },
    ...(on === undefined ? {} : { on: actedView(on) }),
    ...(due === undefined ? {} : { due }),
  };
}

function actedView({ current, step }: ActedOn): NonNullable<Draft['on']> {
  const { key, record, state } = current;
  return { key, record, state, ...(step === undefined ? {} : { to: step.to }) };
}
