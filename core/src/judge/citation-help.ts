import type { Fault } from '../errors';
import { formatBusinessKey } from '../identifiers';
import { businessKey, type Citation, type LedgerRecord, type RecordType } from '../records';
import type { CitationRule, FilingRule, RecordTypeSpec, Rulebook } from '../rulebook';
import { none } from '../rulebook/processes';
import { standingOf, type KeyStanding, type Standing } from './key-standing';

/*
 * What is told with every refusal of a citation: what would serve in its role and who files it, where the cited record stands,
 * and what is possible there. Whoever reads it knows what to cite instead, or what must happen first.
 */

/** A record whose citations are judged, by which rules, against what. */
export interface Citing extends Standing {
  readonly record: LedgerRecord;
  readonly rules: readonly CitationRule[];
}

const parts: Readonly<Record<NonNullable<CitationRule['same']>[number], string>> = {
  uscc: 'party',
  unit: 'unit',
  period: 'period',
  year: 'year',
};

function typesIn({ type }: CitationRule): readonly (RecordType | 'any')[] {
  return typeof type === 'string' ? [type] : type;
}

function filersOf(rule: CitationRule, { types }: Rulebook): FilingRule[] {
  const lines = typesIn(rule).flatMap((type) => (type === 'any' ? [] : types[type].filed));
  return [...new Map(lines.map((line) => [`${line.by} ${line.as}`, line])).values()];
}

/** What a role takes, as details of a fault. */
interface Wanted {
  readonly role: string;
  readonly types: readonly string[];
  /** Only this kind. */
  readonly kind?: string;
  /** Parts of the subject that must be those of the record that cites. */
  readonly same: NonNullable<CitationRule['same']>;
  /** Kinds of party that file it, with their relation to its subject. */
  readonly by: readonly string[];
}

function wantedIn(rule: CitationRule, rulebook: Rulebook): Wanted {
  return {
    role: rule.role,
    types: typesIn(rule),
    ...(rule.kind === undefined ? {} : { kind: rule.kind }),
    same: rule.same ?? [],
    by: filersOf(rule, rulebook).map(({ by, as }) => `${by} (${as})`),
  };
}

/** Filers that a sentence lists; more are nearly everybody. */
const MOST_FILERS = 5;

function wantedWords({ role, types, kind, same, by }: Wanted): string {
  const what = kind ?? types.join(' or ').replace('any', 'any record');
  const of = same.length === 0 ? '' : ` of the same ${same.map((part) => parts[part]).join(', ')}`;
  const filed = by.length === 0 || by.length > MOST_FILERS ? '' : `, filed by ${by.join(', ')}`;
  return `as ${role} it cites ${what}${of}${filed}`;
}

/** The type of the only record that a role takes. */
function onlyTypeIn(rule: CitationRule): RecordType | undefined {
  const [type, ...others] = typesIn(rule);
  const isOne = others.length === 0 && rule.max === 1 && rule.of !== 'units';
  return isOne && type !== 'any' ? type : undefined;
}

/** The period of what is wanted, where the rule gives it. */
function periodIn(
  { same = [], period }: CitationRule,
  { subject }: LedgerRecord,
  isYearly: boolean,
): string | undefined {
  if (period !== undefined || same.includes('period')) return period ?? subject.period;
  return same.includes('year') && isYearly ? subject.period.slice(0, 4) : undefined;
}

/** A key under which what is wanted would stand, where the rule leaves no choice. */
function keyOf(rule: CitationRule, record: LedgerRecord, { types }: Rulebook): string | undefined {
  const type = onlyTypeIn(rule);
  const { same = [] } = rule;
  if (type === undefined || !same.includes('uscc') || !same.includes('unit')) return undefined;
  const kind = rule.kind ?? plainKindOf(types[type]);
  const period = periodIn(rule, record, types[type].period === 'year');
  return kind === undefined || period === undefined
    ? undefined
    : formatBusinessKey({ ...record.subject, period }, kind);
}

/** The kind of a type that is filed under its own name; undefined where a label or number is asked. */
function plainKindOf({ type, labels, number }: RecordTypeSpec): string | undefined {
  return labels?.required === true || number === true ? undefined : type;
}

/** Whether a fault tells where a record stands. */
const isToldOfState = ({ details }: Fault): boolean => details?.['state'] !== undefined;

interface Help {
  readonly wanted?: Wanted | undefined;
  /** Key of the only record that could serve. */
  readonly serves?: string | undefined;
  readonly standing?: KeyStanding | undefined;
}

function helped(fault: Fault, { wanted, serves, standing }: Help): Fault {
  const words = [
    fault.message,
    ...(wanted === undefined ? [] : [wantedWords(wanted)]),
    ...(standing === undefined ? [] : [standing.words]),
  ];
  const details = {
    ...fault.details,
    ...(wanted === undefined ? {} : { wanted }),
    ...(serves === undefined ? {} : { serves }),
    ...(standing === undefined ? {} : { state: standing.state, allowed: standing.allowed }),
  };
  return { ...fault, message: words.join('; '), details };
}

function wantedOf(role: unknown, { rules, rulebook }: Citing): Wanted | undefined {
  const rule = rules.find((one) => one.role === role);
  return rule && wantedIn(rule, rulebook);
}

/** Of one citation: what its role takes, and where the cited record stands. */
async function ofCitation(fault: Fault, { role, key }: Citation, citing: Citing): Promise<Fault> {
  const wanted = wantedOf(role, citing);
  const roles = citing.rules.map((rule) => rule.role);
  const told = wanted === undefined ? { ...fault, details: { ...fault.details, roles } } : fault;
  const message =
    wanted === undefined ? `${fault.message}; its roles are: ${roles.join(', ') || 'none'}` : fault.message;
  return helped({ ...told, message }, { wanted, standing: await standingOf(key, citing) });
}

/** Of a role as a whole, or of a record that is named: where only one record could serve, where that one stands. */
async function ofCitations(fault: Fault, citing: Citing): Promise<Fault> {
  const { role, key } = fault.details ?? {};
  const rule = citing.rules.find((one) => one.role === role);
  const serves = rule && fault.code === 'CITATION_MISSING' ? keyOf(rule, citing.record, citing.rulebook) : undefined;
  const cited = citing.record.cites.find((one) => fault.message.includes(one.key));
  const named = typeof key === 'string' ? key : (serves ?? cited?.key);
  const standing = named === undefined ? undefined : await standingOf(named, citing);
  return helped(fault, { wanted: wantedOf(role, citing), serves, standing });
}

/** Who may not act on a record, or follow one, is told where it stands and what may be done there, and by whom. */
async function ofFiler(fault: Fault, citing: Citing): Promise<Fault> {
  const { record, rules } = citing;
  const acting = new Set(rules.filter(({ acts }) => acts === true).map(({ role }) => role));
  const acted = record.cites.find(({ role }) => acting.has(role))?.key;
  const standing = await standingOf(acted ?? businessKey(record), citing);
  if (standing === undefined || (acted === undefined && standing.state === none)) return fault;
  const details = { ...fault.details, state: standing.state, steps: standing.allowed };
  return { ...fault, message: `${fault.message}; ${standing.words}`, details };
}

/** What helps with one fault, by what it is about. */
async function helpWith(fault: Fault, citing: Citing): Promise<Fault> {
  if (fault.code === 'NOT_ALLOWED_TO_FILE') return isToldOfState(fault) ? fault : ofFiler(fault, citing);
  // A conflict of states tells all of it already.
  if (fault.details?.['allowed'] !== undefined) return fault;
  const [, index] = /^\/cites\/([0-9]+)$/.exec(fault.path) ?? [];
  const citation = citing.record.cites[Number(index ?? -1)];
  if (citation !== undefined) return ofCitation(fault, citation, citing);
  return fault.path === '/cites' ? ofCitations(fault, citing) : fault;
}

/** Faults with what helps wherever one is about citations or filers. */
export async function withCitationHelp(faults: readonly Fault[], citing: Citing): Promise<Fault[]> {
  const told: Fault[] = [];
  for (const fault of faults) told.push(await helpWith(fault, citing));
  return told;
}
